"""Checks the value of one attribute and brings it into the form that is stored.

Used by DEFINE, ALTER and SET. A value that does not fit its type is a syntax error; a bad name, CipherSpec or
distinguished name has a message of its own.
"""

from __future__ import annotations

import re

from wizard.sandbox.mqsc.attributes import Attribute
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed
from wizard.sandbox.mqsc.syntax import Value, Word

Stored = str | list[str]

_NAME = re.compile(r"[A-Za-z0-9._/%]*+", re.ASCII)
MOST_LIST_VALUES = 256


def read(context: Context, attribute: Attribute, word: Word) -> Stored:
    """The stored form of a word's value; raises SyntaxRefusedError or CommandFailedError."""
    if word.values is None:
        raise SyntaxRefusedError(word.end)
    if not attribute.is_list:
        return _one(context, attribute, only(word), word)
    if len(word.values) > MOST_LIST_VALUES:
        raise SyntaxRefusedError(word.value_end)
    texts = [_one(context, attribute, value, word) for value in word.values]
    return [text for text in texts if text]


def only(word: Word) -> Value:
    """The one value of a word; a list of values is a syntax error, as is none."""
    if word.values is None or len(word.values) != 1:
        raise SyntaxRefusedError(word.value_end)
    return word.values[0]


def _one(context: Context, attribute: Attribute, value: Value, word: Word) -> str:
    kind = attribute.type
    if kind in ("one", "number"):
        text = value.text
        fits = text in attribute.words or (kind == "number" and _in_range(attribute, text))
        if not fits:
            raise SyntaxRefusedError(word.value_end)
        return text if text in attribute.words else str(int(text))
    text = value.text.rstrip(" ")
    if len(text.encode("utf-8", "surrogateescape")) > attribute.length:
        raise SyntaxRefusedError(word.value_end)
    if kind == "name" and not _NAME.fullmatch(text):
        raise failed("name.wrong")
    if kind == "cipher":
        _check_cipher(context, text)
    elif kind == "dn":
        _check_pattern(text)
    return text


def _in_range(attribute: Attribute, text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,10}", text) is not None and attribute.low <= int(text) <= attribute.high


def _check_cipher(context: Context, text: str) -> None:
    if text:
        from wizard.sandbox.mqsc.ciphers import is_usable

        if not is_usable(context, text):
            raise failed("channel.cipher")


def _check_pattern(text: str) -> None:
    if text:
        from wizard.sandbox.mqsc.dn import BadNameError, pattern

        try:
            pattern(text)
        except BadNameError:
            raise failed("peer.name") from None


def object_name(word: Word, length: int, *, generic: bool = False) -> str:
    """The name in a word such as QLOCAL(A.B); a wildcard is allowed in a generic name only."""
    text = only(word).text.rstrip(" ")
    if len(text) > length:
        raise SyntaxRefusedError(word.value_end)
    if not text or not _NAME.fullmatch(text[:-1] if generic and text.endswith("*") else text):
        raise failed("name.wrong")
    return text
