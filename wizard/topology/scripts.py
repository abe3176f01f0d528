"""MQSC scripts that a recipe takes in: each command becomes something wanted on a queue manager, or is refused.

Texts come in, so that nothing here reads a file. Each problem has the file and the line of its command.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from wizard.errors import Problem, RecipeError
from wizard.mq import chlauth
from wizard.mq.lint import Severity, lint
from wizard.mq.objects import MqObject
from wizard.mq.reader import MqscCommand, read
from wizard.mq.releases import Release
from wizard.recipe.schema import Recipe
from wizard.topology.commands import RefusedCommandError, action, object_of, rights
from wizard.topology.values import ScriptCommand


@dataclass(frozen=True)
class Ordered:
    """One object, rule or right that a script asks for, and where."""

    wanted: MqObject
    file: str
    line: int

    @property
    def origin(self) -> str:
        return f"{self.file}:{self.line}"

    def problem(self, what: str, remedy: str) -> Problem:
        return Problem(self.file, self.line, 1, what, remedy)


@dataclass
class Scripted:
    """What the scripts of one queue manager add up to, in their order; the last word on an object counts."""

    defined: dict[tuple[str, ...], Ordered] = field(default_factory=dict)
    altered: dict[tuple[str, ...], Ordered] = field(default_factory=dict)
    rules: dict[tuple[str, ...], Ordered] = field(default_factory=dict)
    rights: list[Ordered] = field(default_factory=list)
    own: list[Ordered] = field(default_factory=list)
    commands: list[ScriptCommand] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    """For each script with any, what the lint warns of."""


_SETTLED = frozenset({"refresh-ssl", "refresh-connauth", "listener-control"})
"""Warnings of what a plan does of its own accord."""


def scripts_of(recipe: Recipe, releases: Mapping[str, Release], texts: Mapping[str, str]) -> dict[str, Scripted]:
    """What the recipe's scripts want of each queue manager; `releases` names those there are.

    Raises RecipeError with every command that MQ would refuse or that a recipe does not take in.
    """
    problems: list[Problem] = []
    found = {name: Scripted() for name in releases}
    for index, file in enumerate(recipe.mqsc):
        owner = _owner(file, list(releases))
        if not owner:
            what = f"Nothing says which queue manager {file} is for."
            remedy = f"Name it after its queue manager, such as {next(iter(releases))}.mqsc, or its folder."
            problems.append(recipe.problem(("mqsc", index), what, remedy))
        elif file not in texts:
            problems.append(recipe.problem(("mqsc", index), f"{file} has not been read.", "Put it beside the recipe."))
        else:
            problems += _taken(file, texts[file], owner, releases[owner], found[owner])
    if problems:
        raise RecipeError(problems)
    return found


def _owner(file: str, names: list[str]) -> str:
    """The queue manager that a script is for: the only one, or the one that its name or its folder names."""
    if len(names) == 1:
        return names[0]
    *folders, last = file.split("/")
    said = [last.removesuffix(".mqsc"), *reversed(folders)]
    return next((word for word in said if word in names), "")


def _taken(file: str, text: str, owner: str, release: Release, into: Scripted) -> list[Problem]:
    """Add what a script asks for; the problems of its commands by line."""
    found = lint(text, file, release, replayed=False)
    wrong = [one for one in found if one.severity is Severity.ERROR]
    doubtful = [one for one in found if one.severity is Severity.WARNING and one.rule not in _SETTLED]
    if doubtful:
        lines = ", ".join(f"line {one.line} {one.rule}" for one in doubtful)
        into.warnings.append(f"{file}: mqwizard lint warns of {lines}.")
    problems = [Problem(file, one.line, 1, one.what, one.remedy) for one in wrong]
    known = {one.line for one in wrong}
    for command in read(text, file):
        if isinstance(command, MqscCommand) and command.line not in known:
            try:
                _take(command, file, owner, into)
            except RefusedCommandError as refused:
                problems.append(Problem(file, command.line, 1, refused.what, refused.remedy))
    return sorted(problems, key=lambda problem: problem.line)


def _take(command: MqscCommand, file: str, owner: str, into: Scripted) -> None:
    """Add what one command asks for; RefusedCommandError for what a recipe does not take in."""
    line = command.line
    if command.object == "AUTHREC" and command.verb == "SET":
        into.rights += [Ordered(right, file, line) for right in rights(command)]
        return
    wanted = object_of(command, owner)
    if wanted is None:
        name, what = action(command, owner)
        if all((known.action, known.name) != (what, name) for known in into.commands):
            into.commands.append(ScriptCommand(what, name, f"{file}:{line}"))
        return
    ordered = Ordered(wanted, file, line)
    if command.verb == "SET":
        into.rules[chlauth.identity(wanted)] = ordered
    elif command.object == "QMGR":
        into.own.append(ordered)
    elif command.verb == "DEFINE":
        into.altered.pop(wanted.key, None)
        into.defined[wanted.key] = _like(command, ordered, into.defined.values())
    else:
        _alter(ordered, into)


def _like(command: MqscCommand, ordered: Ordered, defined: Iterable[Ordered]) -> Ordered:
    """The definition with what it has from the object that LIKE names, which the scripts must define."""
    if not command.has("LIKE"):
        return ordered
    name, wanted = command.value("LIKE"), ordered.wanted
    model = next((one.wanted for one in defined if (one.wanted.kind, one.wanted.name) == (wanted.kind, name)), None)
    if model is None:
        raise RefusedCommandError(
            f"LIKE({name}) names an object that no script defines before.", "Write out the attributes that it has."
        )
    return replace(ordered, wanted=with_attributes(wanted, {**model.attributes, **wanted.attributes}))


def _alter(ordered: Ordered, into: Scripted) -> None:
    wanted = ordered.wanted
    where = into.defined if wanted.key in into.defined else into.altered
    known = where.get(wanted.key)
    if known is None:
        where[wanted.key] = ordered
    else:
        both = with_attributes(known.wanted, {**known.wanted.attributes, **wanted.attributes})
        where[wanted.key] = replace(known, wanted=both)


def with_attributes(wanted: MqObject, attributes: Mapping[str, str | tuple[str, ...]]) -> MqObject:
    """The same object with these attributes."""
    return MqObject(wanted.kind, wanted.name, attributes)


def every(scripted: Scripted) -> Iterator[Ordered]:
    """Everything that the scripts ask for and that has a place in a plan of its own."""
    yield from (*scripted.defined.values(), *scripted.altered.values(), *scripted.rules.values())
    yield from (*scripted.rights, *scripted.own)
