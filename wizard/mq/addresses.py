"""IP address patterns of channel authentication records: which are valid, what they match, which may stand
side by side.

Rules: facts TLS 4.4. A star is a whole part; where a pattern has fewer parts than an address, its last
star, or its only one, stands for all that are missing. There are no network masks.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass

from wizard.errors import UsageError

_HOST_NAME = re.compile(r"(?=.{1,264}\Z)[A-Za-z0-9*]([A-Za-z0-9*.-]*[A-Za-z0-9*])?\.?", re.ASCII)
_IPV4_LIKE = re.compile(r"[0-9.*/-]+", re.ASCII)
_DECIMAL = re.compile(r"\d{1,3}", re.ASCII)
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,4}", re.ASCII)


class AddressProblem(UsageError):
    """An address that MQ would refuse in a channel authentication record."""


@dataclass(frozen=True)
class _Version:
    """How addresses of one IP version are written."""

    separator: str
    parts: int
    highest: int
    number: re.Pattern[str]
    base: int
    example: str


_IPV4 = _Version(".", 4, 255, _DECIMAL, 10, "192.0.2.7, 192.0.2.*, 192.0.* or 192.0.2.1-8")
_IPV6 = _Version(":", 8, 0xFFFF, _HEXADECIMAL, 16, "2001:DB8::1, 2001:DB8:* or 2001:DB8:0:0:0:0:0:1-8")

Interval = tuple[int, int]


@dataclass(frozen=True)
class AddressPattern:
    """A valid pattern: for each part of an address the lowest and the highest number. `*` alone covers both
    versions.
    """

    text: str
    version: int
    parts: tuple[Interval, ...]

    @classmethod
    def parse(cls, text: str) -> AddressPattern:
        """The pattern in a text; raises AddressProblem where MQ would refuse it."""
        written = text.strip()
        if written == "*":
            return cls(written, 0, ())
        version = _IPV6 if ":" in written else _IPV4
        if "/" in written:
            raise AddressProblem(f"{written!r} has a network mask", "MQ has none.", f"Write it as {version.example}.")
        return cls(written, 6 if version is _IPV6 else 4, _intervals(written, version))

    def beside(self) -> tuple[str, ...]:
        """Up to two addresses just outside the pattern, above and below the last part that it narrows."""
        version = _IPV6 if self.version == 6 else _IPV4
        narrowed = [at for at, span in enumerate(self.parts) if span != (0, version.highest)]
        if not narrowed:
            return ()
        at = narrowed[-1]
        low, high = self.parts[at]
        found = []
        for number in (high + 1, low - 1):
            if 0 <= number <= version.highest:
                numbers = [number if place == at else span[0] for place, span in enumerate(self.parts)]
                found.append(version.separator.join(f"{one:x}" if version is _IPV6 else str(one) for one in numbers))
        return tuple(found)

    def matches(self, address: str) -> bool:
        """Whether the pattern covers an IP address; False for what is no address.

        An IPv4 address written inside IPv6 (::FFFF:192.0.2.1) counts as itself.
        """
        return self.covers(numbers_of(address))

    def covers(self, forms: Mapping[int, tuple[int, ...]]) -> bool:
        """Whether the pattern covers the address that `numbers_of` made these numbers from; for many patterns."""
        if not self.version:
            return bool(forms)
        numbers = forms.get(self.version)
        if numbers is None:
            return False
        for place, number in enumerate(numbers):
            low, high = self.parts[place]
            if number < low or number > high:
                return False
        return True

    @property
    def size(self) -> int:
        """How many addresses the pattern covers; the smaller, the more specific."""
        if not self.version:
            return 2**128 + 2**32
        product = 1
        for low, high in self.parts:
            product *= high - low + 1
        return product

    @property
    def single(self) -> bool:
        """Whether it covers exactly one address."""
        return self.size == 1

    def within(self, other: AddressPattern) -> bool:
        """Whether the other pattern covers all that this one does."""
        if not other.version:
            return True
        if self.version != other.version:
            return False
        return all(b[0] <= a[0] and a[1] <= b[1] for a, b in zip(self.parts, other.parts, strict=True))

    def conflicts_with(self, other: AddressPattern) -> bool:
        """Whether MQ refuses both under one profile: they overlap and neither lies inside the other (reason
        3343).
        """
        if self.version != other.version or not self.version:
            return False
        apart = any(a[1] < b[0] or b[1] < a[0] for a, b in zip(self.parts, other.parts, strict=True))
        return not apart and not self.within(other) and not other.within(self)


def numbers_of(address: str) -> Mapping[int, tuple[int, ...]]:
    """The numbers of an IP address by IP version, two of them for an IPv4 address inside IPv6; none for what is no
    address.
    """
    try:
        found = ipaddress.ip_address(address.strip())
    except ValueError:
        return {}
    forms: dict[int, tuple[int, ...]] = {found.version: _numbers(found)}
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        forms[4] = _numbers(found.ipv4_mapped)
    return forms


def _numbers(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> tuple[int, ...]:
    packed = address.packed
    if len(packed) == 4:
        return tuple(packed)
    return tuple(int.from_bytes(packed[place : place + 2], "big") for place in range(0, 16, 2))


def _intervals(text: str, version: _Version) -> tuple[Interval, ...]:
    parts = _unabbreviated(text, version)
    if parts[-2:] == ["*", "*"]:
        raise _refused(text, "It ends in two stars.", version)
    if len(parts) < version.parts:
        parts = _filled(text, parts, version)
    if len(parts) != version.parts:
        raise _refused(text, f"It has {len(parts)} parts and an address has {version.parts}.", version)
    return tuple(_interval(text, part, version) for part in parts)


def _unabbreviated(text: str, version: _Version) -> list[str]:
    """The parts, with `::` of an IPv6 address written out as zeros."""
    if "::" not in text:
        return text.split(version.separator)
    if text.endswith("*"):
        raise _refused(text, "It has :: and ends in a star.", version)
    before, _, after = text.partition("::")
    if "::" in after:
        raise _refused(text, "It has :: twice.", version)
    head = before.split(":") if before else []
    tail = after.split(":") if after else []
    return head + ["0"] * max(version.parts - len(head) - len(tail), 1) + tail


def _filled(text: str, parts: list[str], version: _Version) -> list[str]:
    """The parts, with one star repeated until there are enough."""
    stars = [index for index, part in enumerate(parts) if part == "*"]
    if not stars or (len(stars) > 1 and parts[-1] != "*"):
        raise _refused(text, f"It has {len(parts)} parts and an address has {version.parts}.", version)
    at = stars[-1]
    return parts[:at] + ["*"] * (version.parts - len(parts) + 1) + parts[at + 1 :]


def _interval(text: str, part: str, version: _Version) -> Interval:
    if part == "*":
        return 0, version.highest
    bounds = part.split("-")
    if len(bounds) > 2 or not all(version.number.fullmatch(bound) for bound in bounds):
        raise _refused(text, f"{part!r} is neither a number, a range nor a star.", version)
    low, high = int(bounds[0], version.base), int(bounds[-1], version.base)
    if low > high:
        raise _refused(text, f"The range {part} goes backwards.", version)
    if high > version.highest:
        raise _refused(text, f"{part} is more than {version.highest:{'d' if version.base == 10 else 'X'}}.", version)
    return low, high


def _refused(text: str, means: str, version: _Version) -> AddressProblem:
    return AddressProblem(f"{text!r} is not an address pattern of MQ", means, f"Write it like {version.example}.")


def is_host_name(text: str) -> bool:
    """Whether the text is a host name, perhaps with stars, and nothing that is meant as an IP address."""
    return ":" not in text and not _IPV4_LIKE.fullmatch(text) and bool(_HOST_NAME.fullmatch(text))


def address_problem(text: str, *, host_names: bool = True) -> AddressProblem | None:
    """Why MQ would refuse an address of a record, or None; `host_names` says whether names are taken (not
    in ADDRLIST).
    """
    if is_host_name(text.strip()):
        if host_names:
            return None
        return AddressProblem(
            f"{text!r} is a host name", "Only IP addresses are blocked at the listener.", "Give its IP address."
        )
    try:
        AddressPattern.parse(text)
    except AddressProblem as problem:
        return problem
    return None
