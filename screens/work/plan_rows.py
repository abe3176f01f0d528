"""A plan as the lines of a list: a heading for each section, a line for each operation, more where one is opened.

Pure. The lines say what `wizard.plan.text` says; nothing is worked out for operations that are not opened, so that a
plan of ten thousand comes up at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from screens.work.lines import Line, wrapped
from wizard.plan.operations import Operation, Plan, State
from wizard.plan.text import command_lines, operation_line

NAME = 10
ROLE_OF = {State.REFUSE: "bad", State.KEEP: "quiet", State.WAIT: "now", State.UNKNOWN: "now"}


class PlanRows:
    """The lines of one plan; the texts of its operations are made once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._texts = [operation_line(operation)[2:] for operation in plan.operations]
        self._haystacks: list[str] | None = None

    def matching(self, wanted: str) -> Sequence[int]:
        """The numbers of the operations whose line, section or resource holds every word that is wanted."""
        words = wanted.lower().split()
        if not words:
            return range(len(self._texts))
        if self._haystacks is None:
            operations = zip(self.plan.operations, self._texts, strict=True)
            self._haystacks = [f"{one.section}\0{one.resource}\0{text}".lower() for one, text in operations]
        found: Sequence[int] = range(len(self._texts))
        for word in words:
            found = [number for number in found if word in self._haystacks[number]]
        return found

    def lines(self, numbers: Sequence[int], opened: Collection[int], width: int) -> list[Line]:
        """The lines of these operations under their headings, the opened ones with why, commands and undo below."""
        operations = self.plan.operations
        lines: list[Line] = []
        for section, group in groupby(numbers, key=lambda number: operations[number].section):
            if lines:
                lines.append(Line(""))
            word = self.plan.sections.get(section, "")
            lines.append(Line(f"{section} ({word})" if word else section, "heading"))
            for number in group:
                lines.append(Line(self._texts[number], ROLE_OF.get(operations[number].state, ""), number))
                if number in opened:
                    lines += (Line(text, "detail", number) for text in details(operations[number], width))
        return lines

    def notes(self, width: int) -> Iterator[Line]:
        """What a reader should know besides."""
        for note in self.plan.notes:
            yield Line("")
            yield from (Line(text, "quiet") for text in wrapped(note, width))


def details(operation: Operation, width: int) -> Iterator[str]:
    """What an opened operation says: why, what changes, the exact commands, what undo does, which consent it took."""
    yield from _part("why", operation.reason or "the recipe names it", width)
    for change in operation.changes:
        yield from _part("changes", f"{change.attribute}: {change.old or 'not set'} → {change.new}", width)
    if operation.drift:
        yield from _part("drift", "changed by hand, or by somebody else", width)
    if operation.consent:
        yield from _part("consent", str(operation.consent), width)
    name = "commands"
    for command in command_lines(operation) or ["none"]:
        indent = " " * (len(command) - len(command.lstrip()))
        yield from wrapped(command.strip(), width, first=_lead(name) + indent, rest=f"{_lead('')}{indent}    ")
        name = ""
    yield from _part("undo", operation.undo or "nothing to undo", width)


def _part(name: str, text: str, width: int) -> Iterator[str]:
    yield from wrapped(text, width, first=_lead(name), rest=_lead(""))


def _lead(name: str) -> str:
    return f"           {name:<{NAME}}"
