"""The machine that a run works on: its MQ commands, its queue managers' sessions, its recipe's folder.

Used by facts, execute and proof. One object of this type lasts for a whole run, so that a queue manager is
asked, changed and proven in one runmqsc session.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from wizard.errors import MqWizardError, OperationFailed
from wizard.mq.secret_text import Secretful
from wizard.run.call import Call, Finished
from wizard.run.driver import Driver, OnStart
from wizard.run.installation import Installation
from wizard.run.keyring import Keyring
from wizard.run.secrets import Secret
from wizard.run.session import MqscSession, Reply
from wizard.run.sessions import ask

if TYPE_CHECKING:
    from wizard.pki.ca import CertificateAuthority

QUICK_SECONDS = 60.0
"""Time limit of a command that only shows something."""

MAKE_STORES = frozenset({"runmqakm", "runmqktool"})
"""Commands whose files hold keys: they are made for their owner alone, and opened to the group afterwards."""

PRIVATE = 0o077

PASSWORD_PROMPT = "assword"  # noqa: S105 - a prompt, no password
"""What every prompt for a password holds, whatever else it says; runmqakm's own words are recalled only."""


T = TypeVar("T")


@dataclass(frozen=True)
class Request:
    """One command to run: words, lines for its terminal, answers to its prompts, settings, folder, time limit."""

    argv: tuple[str, ...]
    answers: tuple[str | Secret, ...] = ()
    prompts: tuple[tuple[str, Secret], ...] = ()
    folder: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    seconds: float = QUICK_SECONDS


@dataclass
class Machine:
    """This host with its IBM MQ, or a sandbox that stands for one."""

    driver: Driver
    keyring: Keyring
    installation: Installation
    base: Path
    """The recipe's folder: relative paths start here."""
    host: str
    mqm: int
    """The number of the group mqm."""
    sandboxed: bool = False
    listen_address: str = ""
    """Where listeners of all addresses really listen; empty for every address of the host."""
    authorities: dict[Path, CertificateAuthority] = field(default_factory=dict)
    """Our own authorities that were opened in this run, by folder."""
    _sessions: dict[str, MqscSession] = field(default_factory=dict)

    def run(self, request: Request) -> Finished:
        """Run one command to its end; how it ended is for the caller to judge."""
        (ended,) = self.run_all([request])
        if isinstance(ended, MqWizardError):
            raise ended
        return ended

    def run_all(self, requests: Sequence[Request]) -> list[Finished | MqWizardError]:
        """Run several commands side by side; for each its end, or why it came to none."""
        return self.driver.run_all([self._call(request) for request in requests])

    def together(self, talks: Sequence[Generator[Request, Finished, T]]) -> list[T]:
        """The result of each talk, carried on side by side: what they ask for next runs at the same time.

        Raises the error of a command that came to no end.
        """
        results: dict[int, T] = {}
        answers: dict[int, Finished | None] = dict.fromkeys(range(len(talks)))
        while answers:
            asked: dict[int, Request] = {}
            for place, answer in answers.items():
                try:
                    asked[place] = next(talks[place]) if answer is None else talks[place].send(answer)
                except StopIteration as end:
                    results[place] = end.value
            answers = {}
            for place, ended in zip(asked, self.run_all(list(asked.values())), strict=True):
                if isinstance(ended, MqWizardError):
                    raise ended
                answers[place] = ended
        return [results[place] for place in range(len(talks))]

    def _call(self, request: Request) -> Call:
        return Call(
            self._resolved(request.argv),
            timeout=request.seconds,
            stdin_lines=request.answers,
            prompts=request.prompts,
            extra_environment=request.environment,
            cwd=self.path(request.folder) if request.folder else self.base,
            umask=PRIVATE if request.argv[0] in MAKE_STORES else None,
        )

    def output(self, *argv: str) -> str:
        """What a command that only shows something prints; OperationFailed where it does not exit with 0."""
        finished = self.run(Request(argv))
        if finished.exit_status != 0:
            raise OperationFailed(
                f"{argv[0]} ended with {finished.ending}.",
                finished.shown.strip(),
                "Run it by hand; the reason it gives must go first.",
            )
        return finished.output

    def ask(
        self,
        commands: Mapping[str, Iterable[str | Secretful]],
        heard: Mapping[str, Callable[[Reply], None]] | None = None,
    ) -> dict[str, list[Reply]]:
        """Send MQSC commands to several queue managers side by side; the replies of each, in order.

        Where `heard` has a function for a queue manager, it is told of each reply as it comes.

        Raises ConnectionLost where a session ends in the middle, OperationFailed where one cannot begin.
        """
        sessions = {name: self._session(name) for name in commands}
        for session in sessions.values():
            session.ready()
        return ask(sessions, commands, heard)

    def note_processes(self, started: OnStart) -> None:
        """Tell of every session that is open, and from now on of each process that starts."""
        for session in self._sessions.values():
            started(*session.process)
        self.driver.started = started

    def session_processes(self) -> frozenset[int]:
        """The process numbers of our own sessions, which are no strangers' connections."""
        return frozenset(session.process[0] for session in self._sessions.values())

    def end_session(self, queue_manager: str) -> None:
        """Leave a queue manager's session; the next question opens another."""
        session = self._sessions.pop(queue_manager, None)
        if session is not None:
            session.close()

    def close(self) -> None:
        """Leave every session."""
        for name in list(self._sessions):
            self.end_session(name)

    def path(self, name: str | Path) -> Path:
        """A path of the topology on this machine."""
        return self.base / name

    def _session(self, name: str) -> MqscSession:
        if name not in self._sessions:
            self._sessions[name] = MqscSession(self.driver, name, runmqsc=self.installation.command("runmqsc"))
        return self._sessions[name]

    def _resolved(self, argv: tuple[str, ...]) -> tuple[str, ...]:
        first = argv[0]
        if "/" not in first and self.installation.has(first):
            return (self.installation.command(first), *argv[1:])
        return argv
