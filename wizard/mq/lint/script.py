"""What the rules of the lint look at: a script's commands, and what they add up to.

A channel that is defined and then altered is one thing with the attributes of both; a channel authentication record
that is set twice is the one set last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from wizard.errors import Problem
from wizard.mq import chlauth
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject
from wizard.mq.reader import MqscCommand, to_object
from wizard.mq.releases import Release


class Severity(StrEnum):
    """How bad a finding is.

    MQ refuses an error or it cannot work; a warning is taken and is unsafe, or does not do what was meant; a note is
    worth knowing.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Hit(NamedTuple):
    """What a rule found at a line."""

    rule: str
    line: int
    what: str
    remedy: str = ""


@dataclass(frozen=True)
class Statement:
    """One command, and the object it speaks of where it defines, alters or sets one."""

    command: MqscCommand
    wanted: MqObject | None

    @property
    def line(self) -> int:
        return self.command.line

    @property
    def called(self) -> str:
        """Verb, object and name, for sentences."""
        name = f"({self.command.name})" if self.command.name else ""
        return f"{self.command.verb} {self.command.object}{name}".strip()

    def is_(self, verb: str, kind: str) -> bool:
        return (self.command.verb, self.command.object) == (verb, kind)

    def text(self, keyword: str) -> str:
        """The value of a keyword of the command, an empty text where it has none."""
        value = self.command.value(keyword)
        return value if isinstance(value, str) else ",".join(value or ())


@dataclass(frozen=True)
class Thing:
    """An object as the whole script leaves it.

    `whole` says that nothing of it comes from elsewhere, so that an attribute that is not named has its default.
    """

    wanted: MqObject
    line: int
    whole: bool
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.wanted.name

    @property
    def chltype(self) -> str:
        return self.wanted.text("CHLTYPE")

    def at(self, keyword: str) -> int:
        """The line that says what the attribute is; the definition's where none does."""
        return self.lines.get(keyword, self.line)

    def text(self, keyword: str) -> str:
        return self.wanted.text(keyword).strip()

    def lacks(self, keyword: str) -> bool:
        """Whether the attribute is surely blank: said to be, or never said by a whole definition."""
        return not self.text(keyword) and (self.whole or keyword in self.wanted.attributes)


@dataclass(frozen=True)
class Record:
    """A channel authentication record that is in force after the script."""

    wanted: MqObject
    line: int

    @property
    def profile(self) -> str:
        return self.wanted.name

    @property
    def type(self) -> str:
        return self.wanted.text("TYPE")

    @property
    def maps(self) -> bool:
        return self.type.endswith("MAP")

    @property
    def source(self) -> str:
        return self.wanted.text("USERSRC") or "MAP"

    @property
    def lets_in(self) -> bool:
        return self.maps and self.source != "NOACCESS"

    @property
    def back_stop(self) -> bool:
        """Whether it refuses everybody whom no other record lets in."""
        everybody = self.type == "ADDRESSMAP" and self.wanted.text("ADDRESS") == chlauth.EVERY_ADDRESS
        return everybody and self.source == "NOACCESS" and self.wanted.text("WARN") != "YES"

    def covers(self, channel: str) -> bool:
        return chlauth.profile_matches(self.profile, channel)


@dataclass(frozen=True)
class Script:
    """A script as it was read."""

    text: str
    release: Release
    items: tuple[MqscCommand | Problem, ...]
    replayed: bool

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(Statement(item, to_object(item)) for item in self.items if isinstance(item, MqscCommand))

    @cached_property
    def things(self) -> dict[tuple[str, ...], Thing]:
        """Every object that is defined or altered, by its key, as the last command leaves it."""
        found: dict[tuple[str, ...], Thing] = {}
        for one in self.statements:
            wanted, verb = one.wanted, one.command.verb
            if wanted is None or verb == "SET":
                continue
            lines = dict.fromkeys(wanted.attributes, one.line)
            former = found.get(wanted.key)
            if verb == "DEFINE" or former is None:
                whole = verb == "DEFINE" and not one.command.has("LIKE")
                found[wanted.key] = Thing(wanted, one.line, whole, lines)
                continue
            both = MqObject(former.wanted.kind, wanted.name, {**former.wanted.attributes, **wanted.attributes})
            found[wanted.key] = Thing(both, former.line, former.whole, {**former.lines, **lines})
        return found

    def of(self, *kinds: Kind) -> Iterator[Thing]:
        """The objects of these kinds."""
        return (thing for thing in self.things.values() if thing.wanted.kind in kinds)

    @cached_property
    def channels(self) -> tuple[Thing, ...]:
        """Every channel; a client-connection channel may have the name of another one."""
        return tuple(self.of(Kind.CHANNEL))

    @cached_property
    def queues(self) -> dict[str, Thing]:
        return {thing.name: thing for thing in self.of(*QUEUE_KINDS)}

    @cached_property
    def queue_manager(self) -> Thing | None:
        """What ALTER QMGR sets, all such commands together."""
        return next(self.of(Kind.QMGR), None)

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The channel authentication records in force at the end."""
        found: dict[tuple[str, ...], Record] = {}
        for one in self.statements:
            if one.wanted is None or not one.is_("SET", "CHLAUTH"):
                continue
            action = one.text("ACTION")
            if action == "REMOVEALL":
                found = {key: record for key, record in found.items() if record.profile != one.wanted.name}
            elif action == "REMOVE":
                found.pop(chlauth.identity(one.wanted), None)
            else:
                found[chlauth.identity(one.wanted)] = Record(one.wanted, one.line)
        return tuple(found.values())

    @cached_property
    def _by_profile(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        for record in self.records:
            found.setdefault(record.profile, []).append(record)
        return found

    @cached_property
    def _generic(self) -> tuple[str, ...]:
        return tuple(profile for profile in self._by_profile if "*" in profile)

    def covering(self, channel: str) -> list[Record]:
        """The records whose profile matches a channel, in their order."""
        profiles = [profile for profile in self._generic if chlauth.profile_matches(profile, channel)]
        named = [] if "*" in channel else [channel]
        found = [record for profile in (*profiles, *named) for record in self._by_profile.get(profile, ())]
        return sorted(found, key=lambda record: record.line)
