"""The rows of facts_refusals.yaml: what IBM MQ refuses, limits or says, and how each is tried against the sandbox.

A row has a `fact` (file, section, a short quote) and its `tag`: OBS seen, DOC and D documented, H from headers, R and
REC recalled. It either says `out_of_scope` with the reason, or `how` it is tried and what to `expect`. A recalled fact
names the entry of the sandbox's table of recalled facts that its value comes from.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

PLACE = Path(__file__).with_name("facts_refusals.yaml")
TAGS = {"OBS", "DOC", "TPL", "D", "H", "R", "REC"}
RECALLED_TAGS = {"R", "REC"}
DRIVERS = ("mqsc", "session", "commands", "keys", "connect", "names")
FIELDS = {"fact", "tag", "how", "expect", "out_of_scope"}
SECTIONS = ("commands ", "tls ", "pkcs12 ")
NAMES = re.compile(r"\{names:([0-9]+)\}")
REPEATED = re.compile(r"\{([^{}*]+)\*([0-9]+)\}")


class Row(NamedTuple):
    """One row; `line` is where it stands."""

    line: int
    fact: str
    tag: str
    how: dict[str, Any]
    expect: dict[str, Any]
    out_of_scope: str

    @property
    def driver(self) -> str:
        """How the row is tried; empty when nothing of it can be."""
        return next((name for name in DRIVERS if name in self.how), "")

    @property
    def id(self) -> str:
        """The row as pytest names it."""
        return f"{self.line}: {self.fact[:50]}"

    def problems(self) -> list[str]:
        """What is wrong with the row itself."""
        found = [] if self.fact.startswith(SECTIONS) else ["the fact names no section"]
        if self.tag not in TAGS:
            found.append(f"unknown tag {self.tag!r}")
        if self.out_of_scope:
            return found if not (self.how or self.expect) else [*found, "is out of scope and tried"]
        if len([name for name in DRIVERS if name in self.how]) != 1:
            found.append("neither runs nor says out_of_scope")
        if not self.expect:
            found.append("expects nothing")
        if self.tag in RECALLED_TAGS and not self.expect.get("recalled") and not self.expect.get("assumes"):
            found.append("is recalled and names no entry of the table of recalled facts")
        return found


@cache
def rows() -> tuple[Row, ...]:
    """All rows, in the order of the file."""
    loaded = YAML(typ="rt").load(PLACE.read_text(encoding="utf-8"))
    return tuple(_row(loaded, number) for number in range(len(loaded)))


def driven_by(driver: str) -> list[Row]:
    """The rows that are tried in one way."""
    return [row for row in rows() if row.driver == driver]


def _row(loaded: Any, number: int) -> Row:
    entry = plain(loaded[number])
    unknown = set(entry) - FIELDS
    assert not unknown, (loaded.lc.item(number), unknown)
    return Row(
        loaded.lc.item(number)[0] + 1,
        str(entry.get("fact", "")),
        str(entry.get("tag", "")),
        entry.get("how") or {},
        entry.get("expect") or {},
        str(entry.get("out_of_scope", "")),
    )


def plain(value: Any) -> Any:
    """The YAML reader's containers as ordinary ones."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value


def listed(value: Any) -> list[Any]:
    """One value or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def filled(value: Any, **inserts: str) -> Any:
    """Put inserts such as `{each}` into every text of a value; `{x*65}` is 65 times x, `{names:3}` three names."""
    if isinstance(value, str):
        for name, text in inserts.items():
            value = value.replace("{" + name + "}", text)
        value = NAMES.sub(lambda found: ",".join(f"'u{number}'" for number in range(int(found[1]))), value)
        return REPEATED.sub(lambda found: found[1] * int(found[2]), value)
    if isinstance(value, dict):
        return {filled(key, **inserts): filled(one, **inserts) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, **inserts) for one in value]
    return value


def versions(row: Row) -> list[str]:
    """The releases that a row is tried on."""
    return [str(one) for one in listed(row.how.get("release"))] or ["9.4.0.0"]


def attempts(row: Row) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """How and expectation, once for each value of `each`, which may be a mapping of inserts."""
    inserts = [one if isinstance(one, dict) else {"each": str(one)} for one in listed(row.how.get("each")) or [""]]
    return [(filled(row.how, **one), filled(row.expect, **one)) for one in inserts]
