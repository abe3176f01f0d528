"""IP address patterns of channel authentication records (facts 4.4).

A pattern has whole parts: a number, `*`, or a range `1-8`; one `*` may stand for several parts: the last one of
`192.0.*`, the only one of `192.*.2`. Used by
SET CHLAUTH, which checks them, and by the rules, which compare and rank them. What is no IP pattern may be a host name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from wizard.sandbox.mqsc.refusals import failed

_HOST = re.compile(r"[A-Za-z0-9*]([A-Za-z0-9._*-]*[A-Za-z0-9*])?", re.ASCII)

Range = tuple[int, int]


class Pattern(NamedTuple):
    """The parts of an IP pattern as number ranges, all of them, trailing stars spelled out."""

    parts: tuple[Range, ...]

    def matches(self, address: str) -> bool:
        """Whether a numeric address is one of these; an IPv4 address in IPv6 form counts as IPv4."""
        numbers = numeric(address)
        return len(numbers) == len(self.parts) and all(
            low <= number <= high for (low, high), number in zip(self.parts, numbers, strict=True)
        )

    @property
    def width(self) -> tuple[int, ...]:
        """How many numbers each part admits, first part first: smaller is more specific (recalled)."""
        return tuple(high - low for low, high in self.parts)


def numeric(address: str) -> tuple[int, ...]:
    """The parts of an IPv4 or IPv6 address; empty when it is neither."""
    import ipaddress

    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ()
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is None:
            packed = parsed.packed
            return tuple(int.from_bytes(packed[at : at + 2], "big") for at in range(0, 16, 2))
        parsed = parsed.ipv4_mapped
    return tuple(parsed.packed)


def is_ip_pattern(text: str) -> bool:
    """Whether a text is meant as an IP pattern and not as a host name."""
    return ":" in text or re.fullmatch(r"[0-9.*-]+", text) is not None


def is_host_name(text: str) -> bool:
    """Whether a text can be a host name pattern, in which `*` stands for any characters."""
    return not is_ip_pattern(text) and _HOST.fullmatch(text) is not None


def pattern(text: str) -> tuple[Pattern, ...]:
    """Read an IP pattern; a lone `*` is one for each family. Raises CommandFailedError when it is not valid."""
    if text == "*":
        return Pattern(((0, 255),) * 4), Pattern(((0, 65535),) * 8)
    if ":" in text:
        return (_read(_spelled_out(text), 8, 16, 65535),)
    return (_read(text.split("."), 4, 10, 255),)


def _spelled_out(text: str) -> list[str]:
    """The parts of an IPv6 pattern, `::` replaced by zeros; `::` with a trailing star is not valid."""
    if text.count("::") > 1 or ("::" in text and text.endswith("*")):
        raise failed("address.wrong")
    if "::" not in text:
        return text.split(":")
    left, _, right = text.partition("::")
    head = left.split(":") if left else []
    tail = right.split(":") if right else []
    if len(head) + len(tail) > 7:
        raise failed("address.wrong")
    return [*head, *["0"] * (8 - len(head) - len(tail)), *tail]


def _read(texts: list[str], count: int, base: int, highest: int) -> Pattern:
    if len(texts) > count or texts[-2:] == ["*", "*"]:
        raise failed("address.wrong")
    if len(texts) < count:
        texts = _filled(texts, count)
    return Pattern(tuple(_part(text, base, highest) for text in texts))


def _filled(texts: list[str], count: int) -> list[str]:
    """All parts of a pattern that is short of some: its last star, or its only one, stands for what is missing."""
    if texts[-1] != "*" and texts.count("*") != 1:
        raise failed("address.wrong")
    at = len(texts) - 1 if texts[-1] == "*" else texts.index("*")
    return [*texts[:at], *["*"] * (count - len(texts)), *texts[at:]]


def _part(text: str, base: int, highest: int) -> Range:
    if text == "*":
        return 0, highest
    digits = "[0-9]{1,3}" if base == 10 else "[0-9A-Fa-f]{1,4}"
    found = re.fullmatch(rf"({digits})(?:-({digits}))?", text)
    if found is None:
        raise failed("address.wrong")
    low = int(found[1], base)
    high = int(found[2], base) if found[2] else low
    if high > highest:
        raise failed("address.wrong")
    if found[2] and low >= high:
        raise failed("address.range")
    return low, high


def conflict(left: Pattern, right: Pattern) -> bool:
    """Whether two patterns overlap without one lying inside the other."""
    if len(left.parts) != len(right.parts):
        return False
    pairs = list(zip(left.parts, right.parts, strict=True))
    if any(a[1] < b[0] or b[1] < a[0] for a, b in pairs):
        return False
    is_left_inside = all(b[0] <= a[0] and a[1] <= b[1] for a, b in pairs)
    is_right_inside = all(a[0] <= b[0] and b[1] <= a[1] for a, b in pairs)
    return not (is_left_inside or is_right_inside)
