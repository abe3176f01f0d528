"""What an attribute may be: the small language of the attribute tables, and their reader.

A table is text, one attribute a line in the order in which DISPLAY shows them: keyword, default (`-` for blank, `.` for
none), type, and perhaps `since RELEASE`. Types:

| type | value |
|---|---|
| `one A B` | one of these words |
| `number LOW HIGH [or WORD]` | a whole number in this range, or a word |
| `name N` | an MQ object name of at most N characters |
| `text N` | any text of at most N bytes |
| `flag` | a bare word that also has a NO form; stored as YES or NO |
| `negative X` | where DISPLAY shows the NO form of the flag X |
| `cipher`, `dn N`, `secret N` | a CipherSpec, a distinguished name pattern, a password |
| `list TYPE` | several values of that type |
| `shown` | cannot be set |
"""

from __future__ import annotations

from typing import NamedTuple

from wizard.sandbox.installation import numbers


class Attribute(NamedTuple):
    """One attribute of one kind of object."""

    keyword: str
    default: str
    type: str
    words: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    length: int = 0
    is_list: bool = False
    since: tuple[int, ...] = ()

    @property
    def can_be_set(self) -> bool:
        return self.type not in ("shown", "negative", "bare")


Table = dict[str, Attribute]


def words(text: str) -> tuple[str, ...]:
    """Keywords written one after the other."""
    return tuple(text.split())


def attribute(line: str) -> Attribute:
    """Read one line of a table."""
    definition, _, since = line.partition(" since ")
    keyword, default, kind, *rest = definition.split()
    is_list = kind == "list"
    if is_list:
        kind, *rest = rest
    found = Attribute(
        keyword,
        "" if default in ("-", ".") else default,
        kind,
        is_list=is_list,
        since=numbers(since.strip()) if since else (),
    )
    if kind in ("one", "negative"):
        return found._replace(words=tuple(rest))
    if kind == "number":
        return found._replace(low=int(rest[0]), high=int(rest[1]), words=tuple(rest[3:]))
    return found._replace(length=int(rest[0])) if rest else found


def table(text: str, version: tuple[int, ...]) -> Table:
    """Read a table as a release knows it."""
    found = (attribute(line) for line in text.strip().splitlines())
    return {entry.keyword: entry for entry in found if entry.since <= version}
