"""Reads the arguments of MQ commands, which mix flags of one letter and of two: `-p1414`, `-lf 4096`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from wizard.sandbox.errors import MqError, SandboxError
from wizard.sandbox.recalled import recalled_status


class Flags(NamedTuple):
    """What a command takes: its usage text, flags without and with a value, and flags not simulated."""

    usage: str
    bare: frozenset[str]
    valued: frozenset[str]
    left_out: frozenset[str] = frozenset()
    status: str = "lifecycle.rc.invalid"

    def refusal(self) -> MqError:
        """The end of a command that was called wrongly."""
        return MqError(f"Usage: {self.usage}", recalled_status(self.status))


class Given(NamedTuple):
    """The flags that were given, each with its values in order, and what is no flag."""

    values: Mapping[str, list[str]]
    operands: list[str]

    def has(self, flag: str) -> bool:
        return flag in self.values

    def last(self, flag: str, default: str = "") -> str:
        """The value of a flag; the last one where it is repeated."""
        return self.values[flag][-1] if flag in self.values else default


def parsed(argv: list[str], flags: Flags) -> Given:
    """Tell flags from operands, which come last; the usage text for anything that does not fit."""
    values: dict[str, list[str]] = {}
    rest = list(argv)
    while rest and rest[0].startswith("-") and len(rest[0]) > 1:
        word = rest.pop(0)[1:]
        flag, attached = _split(word, flags)
        if flag in flags.left_out:
            raise SandboxError(f"The sandbox does not simulate the flag -{flag}: {flags.usage.split()[0]} -{word}")
        if flag in flags.bare:
            values.setdefault(flag, [])
            continue
        if not attached and not rest:
            raise flags.refusal()
        values.setdefault(flag, []).append(attached or rest.pop(0))
    if any(word.startswith("-") for word in rest):
        raise flags.refusal()
    return Given(values, rest)


def _split(word: str, flags: Flags) -> tuple[str, str]:
    if word in flags.bare or word in flags.valued or word in flags.left_out:
        return word, ""
    for flag in sorted(flags.valued, key=len, reverse=True):
        if word.startswith(flag):
            return flag, word[len(flag) :]
    raise flags.refusal()


def number(text: str, lowest: int, highest: int, flags: Flags) -> str:
    """The text when it is a whole number in the range; else the usage text."""
    if text.isascii() and text.isdigit() and lowest <= int(text) <= highest:
        return str(int(text))
    raise flags.refusal()
