"""Reads what DISPLAY commands of runmqsc print.

A reply is a block for each object: an id line at column 1, then lines of one or two attributes, the second
at column 44. Values are not quoted, may hold blanks and parentheses, and are never wrapped; a list goes on
in lines that begin with a comma (facts commands 2.7).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from wizard.mq.attribute_tables import LONG_TEXTS, SUBTYPE_KEYWORDS, canonical_keyword, flag
from wizard.mq.attribute_values import normalise
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject, Value

_ID_LINE = re.compile(r"(AMQ\d{4})([A-Z]?): ?(.*)", re.ASCII)
_ECHO = re.compile(r" {0,6}\d* {0,6}: ", re.ASCII)
_ATTRIBUTE = re.compile(r"([A-Z][A-Z0-9]*)\((.*)\)", re.ASCII | re.DOTALL)
_BARE = re.compile(r"[A-Z][A-Z0-9]*", re.ASCII)
_BEGINNING = re.compile(r"[A-Z][A-Z0-9]*\(", re.ASCII)
_SUMMARY = re.compile(r"(No|One|\d+) (valid )?(MQSC )?commands? |All valid MQSC commands ")
_LAYOUT = re.compile(r" {3}[^ ]")
_SECOND = 43
"""Where the second attribute of a line begins, counted from 0."""

_NAME_KEYWORDS: Mapping[Kind, str] = {
    Kind.QMGR: "QMNAME",
    Kind.AUTHREC: "PROFILE",
    Kind.SUB: "SUB",
}


@dataclass(frozen=True)
class Block:
    """One message of a reply and the attributes below it, in the order shown; `unread` are lines that are
    neither.
    """

    message_id: str
    attributes: Mapping[str, Value] = field(default_factory=dict)
    text: str = ""
    unread: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", MappingProxyType(dict(self.attributes)))


def blocks(reply_lines: Iterable[str]) -> list[Block]:
    """The messages of a reply with their attributes; echoed commands, empty lines and the summary are
    passed over.

    A line that is none of these is kept in its block's `unread`. A keyword without parentheses is YES, and
    NO where it is the NO form of SHARE, TRIGGER or HARDENBO. A blank value is an empty text.
    """
    found: list[Block] = []
    message_id, message, body = "", "", list[str]()
    for raw in reply_lines:
        line = raw.rstrip("\r\n")
        head = _ID_LINE.fullmatch(line)
        if head:
            if message_id:
                found.append(_block(message_id, message, body))
            message_id, message, body = head.group(1), head.group(3), []
        elif message_id and line.strip() and not _ECHO.match(line) and not _SUMMARY.match(line):
            body.append(line)
    if message_id:
        found.append(_block(message_id, message, body))
    return found


def _block(message_id: str, message: str, body: Sequence[str]) -> Block:
    lines = [(_split(line), is_list, line) for line, is_list in _joined_lists(body)]
    keywords = Counter(_keyword(text) for split, _, _ in lines for text in split)
    found: dict[str, Value] = {}
    unread = []
    for split, is_list, line in lines:
        texts = [line.strip()] if _is_one_text(split, keywords) else split
        if not texts:
            unread.append(line)
        for text in texts:
            keyword, value = _attribute(text, is_list=is_list and text is texts[-1])
            found[keyword] = value
    return Block(message_id, found, message, tuple(unread))


def _is_one_text(split: Sequence[str], keywords: Mapping[str, int]) -> bool:
    """Whether a line that looks like two attributes is one long text, written so that it looks like two.

    No keyword stands twice in a block, so the second one is none where it comes again and the first one may hold any
    text.
    """
    return len(split) == 2 and keywords[_keyword(split[1])] > 1 and _keyword(split[0]) in LONG_TEXTS


def _joined_lists(body: Sequence[str]) -> list[tuple[str, bool]]:
    """The lines with a list's further lines joined to its first one, and whether that was done."""
    joined: list[tuple[str, bool]] = []
    for line in body:
        if joined and line.lstrip().startswith(","):
            joined[-1] = (joined[-1][0].rstrip() + line.strip(), True)
        else:
            joined.append((line, False))
    return joined


def _split(line: str) -> list[str]:
    """The one or two attributes of a line; none where it holds something else."""
    if not line.startswith(" "):
        return []
    whole = line.strip()
    first, second = line[:_SECOND].strip(), line[_SECOND:].strip()
    if line[_SECOND - 3 : _SECOND] == "   " and _is_attribute(first) and _is_attribute(second):
        return [first, second]
    if not _LAYOUT.match(line):
        return _unaligned(whole)
    return [whole] if _is_attribute(whole) else []


def _is_attribute(text: str) -> bool:
    return bool(_ATTRIBUTE.fullmatch(text) or _BARE.fullmatch(text))


def _keyword(text: str) -> str:
    return text.partition("(")[0]


def _unaligned(text: str) -> list[str]:
    """The attributes of a line that does not keep to the columns, by balanced parentheses; none where they do not
    balance.
    """
    found = []
    rest = text
    while rest:
        begins = _BEGINNING.match(rest)
        bare = _BARE.match(rest)
        end = _end_of_value(rest, begins.end() - 1) if begins else bare.end() if bare else 0
        if not end or rest[end : end + 1] not in ("", " "):
            return []
        found.append(rest[:end])
        rest = rest[end:].lstrip()
    return found


def _end_of_value(text: str, opening: int) -> int:
    """The place after the parenthesis that closes the one at `opening`; 0 where there is none."""
    depth = 0
    for index in range(opening, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return index + 1
    return 0


def _attribute(text: str, *, is_list: bool) -> tuple[str, Value]:
    match = _ATTRIBUTE.fullmatch(text)
    if match is None:
        return flag(text) or (text, "YES")
    keyword, value = match.group(1), match.group(2).rstrip(" ")
    if is_list:
        return keyword, tuple(element.strip() for element in value.split(","))
    return keyword, value


def objects(reply_lines: Iterable[str], kind: Kind) -> list[MqObject]:
    """The objects of a kind that a DISPLAY reply shows, with their values in normal form.

    For a kind of queue it gives queues of every kind, as DISPLAY QUEUE shows them mixed. The profile of an
    authority record on the queue manager is SELF. Messages without attributes, such as "not found", give
    nothing.
    """
    found = (_object(block, kind) for block in blocks(reply_lines) if block.attributes)
    return [obj for obj in found if obj is not None]


def _object(block: Block, kind: Kind) -> MqObject | None:
    values = dict(block.attributes)
    if kind in QUEUE_KINDS:
        shown = values.pop("TYPE", "")
        if shown not in set(QUEUE_KINDS):
            return None
        kind = Kind(str(shown))
        name = values.pop("QUEUE", "")
    else:
        keyword = _NAME_KEYWORDS.get(kind, kind.value)
        if keyword not in values:
            return None
        name = values.pop(keyword)
    if kind is Kind.AUTHREC and values.get("OBJTYPE") == "QMGR":
        name = "SELF"
    subtype = values.get(SUBTYPE_KEYWORDS.get(kind, ""), "")
    chltype = subtype if isinstance(subtype, str) else ""
    normal = {canonical_keyword(keyword): normalise(kind, keyword, value, chltype) for keyword, value in values.items()}
    return MqObject(kind, name if isinstance(name, str) else ",".join(name), normal)
