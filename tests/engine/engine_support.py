"""Starts mqwizard as a process of its own, in a folder with a recipe, a sandbox and a state folder.

The processes are forked from one that has loaded mqwizard already, so that a test pays for what mqwizard does and not
for loading it. A `disturbance` is called in the new process before mqwizard begins: this is where a test puts itself
between mqwizard and what it uses, since mqwizard itself knows nothing of tests.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path

PATIENCE = 120.0
"""Seconds that a test waits for the end of a run at the most."""

LOADED = (
    "engine_support",
    "wizard.cli.headless",
    "wizard.cli.main",
    "wizard.engine.conduct",
    "wizard.engine.prove",
    "wizard.run.execute",
    "wizard.run.facts",
    "wizard.recipe.reader",
    "wizard.pki.ca",
    "wizard.pki.store",
    "wizard.sandbox.install",
    "wizard.kits.files",
    "pexpect",
    "ruamel.yaml",
    "ssl",
)

Disturbance = Callable[[], None]

TWO_WAY = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1:
    address: mqhost.example.com
    listener: 1414
    queues: [Q1]
clients:
  app1:
    connects_to: QM1
    tls: mutual
    address: 127.*
    queues: {Q1: [put, get]}
trust: ca
"""
"""The main job: two-way TLS with an own CA, an address rule, one client."""


@dataclass(frozen=True)
class Ended:
    """How a run ended and what it said; `status` is negative for the signal that killed it."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass
class Run:
    """A run under way."""

    process: BaseProcess
    stem: Path

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def end(self, seconds: float = PATIENCE) -> Ended:
        """Wait for its end; a run that does not end in time is killed and fails the test."""
        self.process.join(seconds)
        if self.process.exitcode is None:
            self.process.kill()
            self.process.join()
            raise AssertionError(f"mqwizard did not end within {seconds:g} s\n{self.said()}")
        return Ended(self.process.exitcode, self._read("out"), self._read("err"))

    def said(self) -> str:
        """What it has said so far."""
        return self._read("out") + self._read("err")

    def _read(self, stream: str) -> str:
        path = self.stem.with_suffix(f".{stream}")
        return path.read_text(encoding="utf-8") if path.exists() else ""


@dataclass
class Place:
    """A folder with a recipe; runs on it use its sandbox and its state folder."""

    folder: Path
    recipe: str = TWO_WAY
    arguments: tuple[str, ...] = ()
    runs: int = field(default=0)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "r.yaml").write_text(self.recipe, encoding="utf-8")

    @property
    def sandbox(self) -> Path:
        return self.folder / "sb"

    @property
    def state(self) -> Path:
        return self.folder / "st"

    def command_line(self, *more: str) -> tuple[str, ...]:
        words = ("--recipe", "r.yaml", "--sandbox", "sb", "--yes")
        state = () if "--state" in more else ("--state", "st")
        return (*words, *state, *self.arguments, *more)

    def start(
        self, *more: str, disturbance: Disturbance | None = None, environment: Mapping[str, str] | None = None
    ) -> Run:
        """Start mqwizard; `more` are further words of its command line."""
        self.runs += 1
        stem = self.folder.with_name(f"{self.folder.name}-said-{self.runs:02d}")
        process = _context().Process(
            target=_begin,
            args=(self.folder, self.command_line(*more), stem, disturbance, dict(environment or {})),
        )
        process.start()
        return Run(process, stem)

    def run(
        self, *more: str, disturbance: Disturbance | None = None, environment: Mapping[str, str] | None = None
    ) -> Ended:
        """Run mqwizard to its end."""
        return self.start(*more, disturbance=disturbance, environment=environment).end()

    def make_sandbox(self) -> None:
        """Make the sandbox before the first run does, so that a test can look at an empty machine."""
        from wizard.sandbox.install import prepare

        release = dict(pairwise(self.arguments)).get("--mq-version")
        prepare(self.sandbox, release)

    def command(self, *words: str, stdin: str = "") -> str:
        """What a command of the sandbox prints."""
        path = f"{self.sandbox / 'bin'}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            words,
            input=stdin,
            capture_output=True,
            text=True,
            env={**os.environ, "PATH": path},
            check=False,
            timeout=60,
        )
        return done.stdout

    def mqsc(self, *commands: str, queue_manager: str = "QM1") -> str:
        """What runmqsc answers."""
        return self.command("runmqsc", "-e", queue_manager, stdin="".join(f"{one}\n" for one in commands))

    def processes(self) -> dict[int, str]:
        """Every process whose command line names this folder → that command line."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
                except OSError:
                    continue
                if f"{self.folder}/" in words:
                    found[int(entry.name)] = words
        return found

    def clean_up(self) -> None:
        """End what still works here."""
        for pid in self.processes():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue


@contextmanager
def place_at(folder: Path, recipe: str = TWO_WAY, *arguments: str) -> Iterator[Place]:
    """A place, cleaned up at the end of the block."""
    made = Place(folder, recipe, arguments)
    try:
        yield made
    finally:
        made.clean_up()


@cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(LOADED))
    return context


def _begin(
    folder: Path,
    words: tuple[str, ...],
    stem: Path,
    disturbance: Disturbance | None,
    environment: Mapping[str, str],
) -> None:
    """Become mqwizard, as the console script would."""
    os.setsid()
    os.chdir(folder)
    os.umask(0o022)
    os.environ.update(environment)
    _redirect(0, os.open(os.devnull, os.O_RDONLY))
    for number, stream in ((1, "out"), (2, "err")):
        _redirect(number, os.open(stem.with_suffix(f".{stream}"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - lasts as long as the process
    if disturbance is not None:
        disturbance()
    from wizard.cli.main import main

    sys.exit(main(words, lambda _options, _words: 2))


def _redirect(number: int, descriptor: int) -> None:
    os.dup2(descriptor, number)
    os.close(descriptor)
