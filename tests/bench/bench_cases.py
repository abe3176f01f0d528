"""What is measured, and its targets. Each case gives its rows; each number is a median of whole processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench_place import MQWIZARD, PYTHON, Place, place
from bench_process import interleaved, median, took
from bench_recipes import definitions, many_queues, one_client_each
from bench_row import Row, ratio_row, seconds
from bench_screens import screens
from bench_transcript import same_questions, sessions

CANONICAL = "two-way-tls-own-ca"
MOST_MEMORY = 500.0
"""Megabytes that the plan for 1,000 queue managers may hold."""


def start(rounds: int) -> Iterator[Row]:
    """The version and the canonical dry run without MQ, each beside a Python that does nothing."""
    with place() as here:

        def timed(*words: str | Path) -> Callable[[int], float]:
            return lambda _: took(words, environment=here.environment, folder=here.folder).seconds

        found = interleaved(
            4 * rounds + 1,
            {
                "nothing": timed(PYTHON, "-c", "pass"),
                "version": timed(MQWIZARD, "--version"),
                "dry run": timed(MQWIZARD, "--recipe", CANONICAL, "--dry-run"),
            },
        )
    nothing = median(found["nothing"][1:])
    yield ratio_row("--version / python -c pass", median(found["version"][1:]), nothing, most=3)
    yield ratio_row("dry run / python -c pass", median(found["dry run"][1:]), nothing, most=25, towards=15)


def plan(rounds: int) -> Iterator[Row]:
    """The plan for 1,000 queue managers with a client each beside one for 100."""
    memory: list[float] = []
    with place() as here:
        for number in (100, 1000):
            here.write(f"plan{number}.yaml", one_client_each(range(number)))

        def planned(number: int, _: int) -> float:
            used = here.mqwizard("--recipe", f"plan{number}.yaml", "--dry-run")
            memory.append(used.megabytes)
            return used.seconds

        found = interleaved(rounds, {str(number): partial(planned, number) for number in (100, 1000)})
    yield ratio_row("plan of 1,000 / 100 queue managers", median(found["1000"]), median(found["100"]), most=12)
    most = max(memory)
    yield Row("memory of that plan", f"{most:.0f} MB", "", "", f"< {MOST_MEMORY:.0f} MB", most < MOST_MEMORY)


def queues(rounds: int) -> Iterator[Row]:
    """2,000 new queues minus 1,000, on a queue manager that is ours, beside one runmqsc that is fed the same MQSC."""
    with place() as here:

        def ours(number: int, turn: int) -> float:
            name, recipe = f"OURS.{number}.{turn}", f"queues-{number}-{turn}.yaml"
            here.write(recipe, many_queues(name, 1))
            here.carried_out(recipe)
            here.write(recipe, many_queues(name, number + 1))
            return here.carried_out(recipe).seconds

        def shell(number: int, turn: int) -> float:
            name = f"SHELL.{number}.{turn}"
            here.command("crtmqm", name)
            here.command("strmqm", name)
            return here.command("runmqsc", name, stdin=here.write("queues.mqsc", definitions(number))).seconds

        sides = {
            f"{side.__name__} {number}": partial(side, number) for number in (1000, 2000) for side in (ours, shell)
        }
        found = interleaved(rounds, sides)
    differences = {
        side: median([two - one for one, two in zip(found[f"{side} 1000"], found[f"{side} 2000"], strict=True)])
        for side in ("ours", "shell")
    }
    yield ratio_row("2,000 - 1,000 queues / runmqsc", differences["ours"], differences["shell"], most=2, towards=1.2)


def again(rounds: int) -> Iterator[Row]:
    """The second run, which changes nothing, beside a shell script that shows the same objects and stores."""
    for what, text in (
        ("the canonical recipe", None),
        ("five queue managers", one_client_each(range(1, 6), queues=10)),
        ("2,000 queues", many_queues("QM1", 2000)),
    ):
        with place() as here:
            recipe = CANONICAL if text is None else str(here.write("again.yaml", text))
            yield from _second_run(here, recipe, what, rounds)


def _second_run(here: Place, recipe: str, what: str, rounds: int) -> Iterator[Row]:
    here.carried_out(recipe)
    here.carried_out(recipe)
    script = same_questions(here)
    managers = len(list((here.sandbox / "var" / "mqm" / "qmgrs").iterdir()))
    started = sessions(here)
    found = interleaved(
        rounds,
        {"ours": lambda _: here.carried_out(recipe).seconds, "shell": lambda _: here.script(script).seconds},
    )
    ours, shell = median(found["ours"]), median(found["shell"])
    most = 1.5 * shell + 0.6
    target = f"≤ 1.5 × + 0.6 s = {seconds(most)}"
    yield Row(f"second run, {what}", seconds(ours), seconds(shell), f"{ours / shell:.2f}", target, ours <= most)
    one_each = started == managers
    yield Row("  runmqsc started by it", str(started), str(managers), "", "one a queue manager", one_each)


def together(rounds: int) -> Iterator[Row]:
    """Five queue managers in one recipe beside five recipes one after the other; an own CA stands in both."""
    numbers = range(1, 6)

    def at_once(_: int) -> float:
        with place() as here:
            here.write("five.yaml", one_client_each(numbers, queues=10))
            return here.carried_out("five.yaml").seconds

    def in_turn(_: int) -> float:
        with place() as here:
            for number in numbers:
                here.write(f"one{number}.yaml", one_client_each([number], queues=10))
            return sum(here.carried_out(f"one{number}.yaml").seconds for number in numbers)

    found = interleaved(rounds, {"at once": at_once, "in turn": in_turn})
    yield ratio_row(
        "five queue managers at once / in turn", median(found["at once"]), median(found["in turn"]), most=0.7
    )


def demo(_: int) -> Iterator[Row]:
    """What `make demo` runs once everything is installed: the canonical recipe with its proof. Without a target."""
    with place() as here:
        words = ("--recipe", CANONICAL, "--sandbox", here.sandbox, "--state", here.folder / "state", "--yes")
        used = here.mqwizard(*words)
    yield Row("make demo, without the installation", seconds(used.seconds), "", "", "", None)


CASES: dict[str, Callable[[int], Iterator[Row]]] = {
    case.__name__: case for case in (start, plan, queues, again, together, screens, demo)
}
