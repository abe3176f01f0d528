"""What there is to say about one attribute of one kind of MQ object, and short ways to write it down.

The tables `attributes_queue`, `attributes_channel` and their sisters are made of these rows; `attributes`
is the door to them. Lengths, bounds, choices and defaults are those of the Multiplatforms, from IBM's
command reference and captured displays of 9.4.2; defaults and bounds without a captured display are
recalled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypedDict, Unpack

from wizard.mq.objects import Value
from wizard.mq.releases import Release

MOST = 999_999_999
"""The largest number most integer attributes take."""

LONGEST_MESSAGE = 104_857_600
"""100 MB: no message of MQ is longer."""

_FIRST = Release(9, 0)


class Type(StrEnum):
    """How a value is written, compared and shown."""

    NAME = "name"
    TEXT = "text"
    ENUM = "word"
    INTEGER = "number"
    LIST = "list"
    FLAG = "yes or no"
    DN = "distinguished name"
    CIPHER = "CipherSpec"
    CONNAME = "connection name"


@dataclass(frozen=True)
class Attribute:
    """One attribute of one kind of object.

    `length` is the longest value, in characters (of each element for a list); `low` and `high` bound a
    number; `choices` are the words allowed (for a number: the words allowed beside numbers). `default` is
    what DEFINE gives where nothing is said, None where there is none. `chltypes` are the sub-types that
    have the attribute: CHLTYPE of a channel, AUTHTYPE of an authentication information object, TYPE of a
    channel authentication record; empty means all of them. A read-only attribute is shown by DISPLAY and
    refused by DEFINE. A secret one is shown masked and never compared.
    """

    keyword: str
    type: Type
    length: int = 0
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()
    default: Value | None = None
    since: Release = _FIRST
    chltypes: frozenset[str] = frozenset()
    read_only: bool = False
    secret: bool = False
    description: str = ""

    @property
    def allowed(self) -> str:
        """What may stand in the attribute, in words, for a help line or a remedy."""
        words = ", ".join(self.choices)
        if self.type is Type.FLAG:
            return "YES or NO"
        if self.type is Type.INTEGER:
            numbers = f"a number from {self.low} to {self.high}"
            return f"{numbers}, or {words}" if words else numbers
        if self.choices:
            return f"one or more of {words}" if self.type is Type.LIST else f"one of {words}"
        if self.length:
            each = "names, each" if self.type is Type.LIST else f"a {self.type}"
            return f"{each} of at most {self.length} characters"
        return f"a {self.type}"


class Extras(TypedDict, total=False):
    """What few attributes have."""

    since: Release
    chltypes: frozenset[str]
    secret: bool


def of(subtypes: str) -> frozenset[str]:
    """A set of sub-types, written with blanks between them."""
    return frozenset(subtypes.split())


def name(keyword: str, length: int, description: str, **extras: Unpack[Extras]) -> Attribute:
    """An attribute that names an MQ object; blank unless said."""
    return Attribute(keyword, Type.NAME, length=length, default="", description=description, **extras)


def text(keyword: str, length: int, description: str, default: str = "", **extras: Unpack[Extras]) -> Attribute:
    """An attribute that holds any text."""
    return Attribute(keyword, Type.TEXT, length=length, default=default, description=description, **extras)


def choice(keyword: str, choices: str, default: str | None, description: str, **extras: Unpack[Extras]) -> Attribute:
    """An attribute that holds one of a few words, written with blanks between them."""
    words = tuple(choices.split())
    return Attribute(keyword, Type.ENUM, choices=words, default=default, description=description, **extras)


def enabled(keyword: str, default: str, description: str, **extras: Unpack[Extras]) -> Attribute:
    """An attribute that is ENABLED or DISABLED."""
    return choice(keyword, "ENABLED DISABLED", default, description, **extras)


def number(
    keyword: str, bounds: tuple[int, int], default: str | None, description: str, **extras: Unpack[Extras]
) -> Attribute:
    """An attribute that holds a number within bounds."""
    low, high = bounds
    return Attribute(keyword, Type.INTEGER, low=low, high=high, default=default, description=description, **extras)


def number_or(words: str, attribute: Attribute) -> Attribute:
    """The same attribute of numbers, which also takes one of these words."""
    return replace(attribute, choices=tuple(words.split()))


def flag(keyword: str, default: str, description: str) -> Attribute:
    """An attribute written as a bare keyword, X or NOX, and held as X with YES or NO."""
    return Attribute(keyword, Type.FLAG, choices=("YES", "NO"), default=default, description=description)


def words(keyword: str, choices: str, default: str, description: str, **extras: Unpack[Extras]) -> Attribute:
    """An attribute that holds several of a few words."""
    held = tuple(default.split())
    return Attribute(
        keyword, Type.LIST, choices=tuple(choices.split()), default=held, description=description, **extras
    )


def several(keyword: str, length: int, description: str, **extras: Unpack[Extras]) -> Attribute:
    """An attribute that holds a list of names or texts; empty unless said."""
    return Attribute(keyword, Type.LIST, length=length, default=(), description=description, **extras)


def shown(keyword: str, description: str, chltypes: frozenset[str] = frozenset()) -> Attribute:
    """An attribute that MQ keeps itself: displayed, never set."""
    return Attribute(keyword, Type.TEXT, chltypes=chltypes, read_only=True, description=description)


ALTERED = (
    shown("ALTDATE", "The day on which the definition was last changed."),
    shown("ALTTIME", "The time at which the definition was last changed."),
)
"""What every object has."""
