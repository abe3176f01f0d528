"""How a value stands in an MQSC command: bare, or in quotes that it cannot break out of.

MQSC folds unquoted text to upper case and takes letters, digits and `. / _ %` unquoted; a quote inside
quotes is doubled (facts commands 2.3). A line feed would end the command, so no value may hold one.
"""

from __future__ import annotations

import re

from wizard.errors import UsageError

_REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_BARE = re.compile(r"[A-Z0-9./_%]+", re.ASCII)
_WORD = re.compile(r"\*?[A-Z0-9][A-Z0-9._/%]*", re.ASCII)
_KEYWORD = re.compile(r"[A-Z][A-Z0-9]*", re.ASCII)


class UnquotableValue(UsageError):
    """A value cannot be written in MQSC; the message never repeats the value, which may be a secret."""


def refuse_control_characters(text: str) -> str:
    """The text itself; raises UnquotableValue where it holds a line feed or another control character."""
    found = _REFUSED.search(text)
    if found is None:
        return text
    character = found.group()
    name = {"\n": "a line feed", "\r": "a carriage return", "\t": "a tab"}.get(
        character, f"the control character U+{ord(character):04X}"
    )
    raise UnquotableValue(
        f"A value holds {name} at character {found.start() + 1}",
        "MQ commands are lines of text; what follows a line end would be read as another command.",
        "Write the value on one line, without control characters.",
    )


def quote(text: str) -> str:
    """The text in single quotes, quotes inside doubled; raises UnquotableValue on control characters."""
    return "'" + refuse_control_characters(text).replace("'", "''") + "'"


def quote_if_needed(text: str) -> str:
    """The text bare where MQSC reads it back unchanged, else in quotes; raises UnquotableValue."""
    return text if _BARE.fullmatch(text) else quote(text)


def bare_word(text: str) -> str:
    """A number or a word of a fixed set, unquoted; raises UnquotableValue for what is neither."""
    if _WORD.fullmatch(text):
        return text
    raise UnquotableValue(
        "A value that must be a single word in capitals or a number is something else",
        "MQ takes such a value unquoted, so nothing else may stand there.",
        "Use one of the words that the attribute allows.",
    )


def keyword_word(text: str) -> str:
    """An attribute's or command's keyword; raises UnquotableValue for anything else."""
    if _KEYWORD.fullmatch(text):
        return text
    raise UnquotableValue(
        "An attribute's name is not a word of capitals and digits",
        "Every MQSC keyword is one.",
        "Use the attribute's MQSC name, for example DESCR.",
    )
