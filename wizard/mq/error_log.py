"""Reads MQ's error logs: AMQERR01.LOG in the text layouts of 7.x to 9.x, its JSON form, and a container's console.

An entry is told by its message id and its inserts, which are the same in every language. Layouts: facts commands 8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SEPARATOR = re.compile(r"^----- .{0,60}-{5,}\s*$", re.MULTILINE)
_MESSAGE = re.compile(r"^\s*((?:AMQ\d{4}|CSQX\d{3})[A-Z]?)\s?:\s*(.*)$", re.MULTILINE | re.ASCII)
_CONSOLE = re.compile(r"^(\S+Z?)\s+((?:AMQ\d{4})[A-Z]?):?\s+(.*)$", re.ASCII)
_INSERT = re.compile(r"^\s*CommentInsert(\d)\((.*)\)\s*$", re.MULTILINE)
_CONSOLE_INSERT = re.compile(r"\bCommentInsert(\d)\((.*?)\)(?=, (?:Comment|Arith)Insert\d\(|\]\s*$)")
_NUMBER = re.compile(r"\bArithInsert(\d)\((-?\d+)\)")
_FIELD = re.compile(r"\b(QMgr|VRMF|Host|Program|Time) ?\(([^)]*)\)")
_QUOTED = re.compile(r"['‘’\"“”„«»]([^'‘’\"“”„«»\n]{1,300})['‘’\"“”„«»]")


@dataclass(frozen=True)
class LogEntry:
    """One entry: its id without severity letter, when and where, its inserts, its text in whatever language."""

    message_id: str
    text: str = ""
    time: str = ""
    queue_manager: str = ""
    inserts: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What the message is about: its inserts, or in the old layout what stands in quotes."""
        return self.inserts or tuple(_QUOTED.findall(self.text))


def entries(text: str) -> tuple[LogEntry, ...]:
    """The entries of a log in their order; what is none is passed over."""
    lines = text.replace("\r\n", "\n")
    first = next((line for line in lines.splitlines() if line.strip()), "").lstrip()
    if first.startswith("{"):
        return tuple(_from_json(lines))
    if _SEPARATOR.search(lines):
        return tuple(found for part in _SEPARATOR.split(lines) if (found := _from_text(part)))
    console = tuple(_from_console(lines))
    if console:
        return console
    found = _from_text(lines)
    return (found,) if found else ()


def bare(message_id: str) -> str:
    """The id without its severity letter."""
    return message_id.rstrip("EWISTC") if message_id[-1:].isalpha() else message_id


def _from_text(part: str) -> LogEntry | None:
    head = _MESSAGE.search(part)
    if head is None:
        return None
    fields = dict(_FIELD.findall(part[: head.start()]))
    return LogEntry(
        message_id=bare(head[1]),
        text=part[head.start(2) :].strip(),
        time=fields.get("Time", ""),
        queue_manager=fields.get("QMgr", "").strip(),
        inserts=_ordered(_INSERT.findall(part[: head.start()])),
        numbers=tuple(int(number) for _, number in _NUMBER.findall(part[: head.start()])),
    )


def _ordered(found: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The inserts by their numbers; one that is left out, being empty, is an empty text."""
    by_number = {int(number): value for number, value in found}
    return tuple(by_number.get(number, "") for number in range(1, max(by_number, default=0) + 1))


def _from_json(lines: str) -> Iterator[LogEntry]:
    for line in lines.splitlines():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        message_id = str(found.get("ibm_messageId", "")) if isinstance(found, dict) else ""
        if not message_id:
            continue
        inserts = [(str(place), str(found.get(f"ibm_commentInsert{place}", ""))) for place in range(1, 6)]
        yield LogEntry(
            message_id=bare(message_id),
            text=str(found.get("message", "")),
            time=str(found.get("ibm_datetime", "")),
            queue_manager=str(found.get("ibm_serverName", "")),
            inserts=_ordered([one for one in inserts if one[1]]),
            numbers=tuple(
                int(found[key]) for key in ("ibm_arithInsert1", "ibm_arithInsert2") if str(found.get(key, "")).isdigit()
            ),
        )


def _from_console(lines: str) -> Iterator[LogEntry]:
    """A container's console: time, id, text, and the inserts in brackets, a line for each entry."""
    for line in lines.splitlines():
        head = _CONSOLE.match(line)
        if head:
            yield LogEntry(
                message_id=bare(head[2]),
                text=head[3],
                time=head[1],
                inserts=_ordered(_CONSOLE_INSERT.findall(head[3])),
                numbers=tuple(int(number) for _, number in _NUMBER.findall(head[3])),
            )
