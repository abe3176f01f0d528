"""What a DISPLAY asks for: which names, which attributes, which objects (WHERE).

Used by every DISPLAY command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed
from wizard.sandbox.mqsc.syntax import Word

NUMERIC = {
    "EQ": lambda order: order == 0,
    "NE": lambda order: order != 0,
    "GT": lambda order: order > 0,
    "LT": lambda order: order < 0,
    "GE": lambda order: order >= 0,
    "LE": lambda order: order <= 0,
}
GENERIC = ("LK", "NL")
LISTED = ("CT", "EX", "CTG", "EXG")


class Condition(NamedTuple):
    """A WHERE condition."""

    keyword: str
    operator: str
    value: str

    def holds(self, attributes: Mapping[str, Any]) -> bool:
        """Whether an object with these attributes is wanted; one without the attribute is not."""
        if self.keyword not in attributes:
            return False
        found = attributes[self.keyword]
        values = found if isinstance(found, list) else [str(found)]
        if self.operator in LISTED:
            is_generic = self.operator.endswith("G")
            holds = any(matches(self.value, value) if is_generic else value == self.value for value in values)
            return holds == self.operator.startswith("CT")
        text = ",".join(values)
        if self.operator in GENERIC:
            return matches(self.value, text) == (self.operator == "LK")
        return bool(NUMERIC[self.operator](_order(text, self.value)))


def _order(left: str, right: str) -> int:
    if re.fullmatch(r"-?\d+", left) and re.fullmatch(r"-?\d+", right):
        return (int(left) > int(right)) - (int(left) < int(right))
    return (left > right) - (left < right)


def matches(generic: str, name: str) -> bool:
    """Whether a name fits a generic value, which may end with an asterisk."""
    return name.startswith(generic[:-1]) if generic.endswith("*") else name == generic


def condition(parameters: Parameters, known: Iterable[str]) -> Condition | None:
    """The WHERE of a command; an unknown attribute is a syntax error, a bad operator an error of its own."""
    word = parameters.take("WHERE")
    if word is None:
        return None
    if word.values is None or len(word.values) != 3:
        raise SyntaxRefusedError(word.value_end)
    keyword, operator, value = word.values
    if keyword.text.upper() not in known:
        raise SyntaxRefusedError(word.value_end)
    if operator.text.upper() not in (*NUMERIC, *GENERIC, *LISTED):
        raise failed("filter.wrong")
    return Condition(keyword.text.upper(), operator.text.upper(), value.text.rstrip(" "))


def requested(parameters: Parameters, known: Iterable[str], groups: Mapping[str, Iterable[str]]) -> set[str] | None:
    """The attributes asked for by name or by group, None for all of them; empty when none is named.

    An attribute that the object does not have is a syntax error for the whole command.
    """
    is_all = parameters.flag("ALL") or False
    names: set[str] = set()
    allowed = set(known)
    for keyword, word in parameters:
        if word.values is not None or keyword not in allowed | set(groups):
            raise SyntaxRefusedError(word.end)
        names.update(groups.get(keyword, (keyword,)))
        parameters.take(keyword)
    return None if is_all else names


def name_word(parameters: Parameters) -> Word:
    """The noun with the name in its parentheses; a DISPLAY without a name is a syntax error."""
    if parameters.noun.values is None:
        raise SyntaxRefusedError(parameters.noun.end)
    return parameters.noun
