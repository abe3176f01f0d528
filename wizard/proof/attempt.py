"""One attempt of a client to put or get a message, made with IBM's own sample programs and a kit as it is delivered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from wizard.run.machine import Machine, Request
from wizard.run.secrets import Secret

SECONDS = 90.0

SOURCED = '. ./settings.sh && exec "$@"'
"""The kit's settings are sourced as its page tells the application's people to."""

_REASON = re.compile(r"(MQ\w+) ended with reason code (\d+)")


@dataclass(frozen=True)
class Attempt:
    """How an attempt ended: the reason code that stopped it (0 where none did) and in which call."""

    reason: int
    call: str
    output: str
    messages: tuple[str, ...] = ()
    """Message ids that the queue manager logged meanwhile."""

    @property
    def worked(self) -> bool:
        return self.reason == 0 and "Sample AMQS" in self.output and " end" in self.output

    @property
    def seen(self) -> str:
        """What was seen, in a few words: `AMQ9777, client 2035`."""
        client = f"client {self.reason}" if self.reason else "it got in" if self.worked else "no clear answer"
        return ", ".join((*dict.fromkeys(self.messages), client))


@dataclass(frozen=True)
class Target:
    """Where a client puts: a kit's folder, a queue, a queue manager; with a password where it logs in with one."""

    kit: Path
    queue: str
    queue_manager: str
    password: Secret | None = None
    environment: tuple[tuple[str, str], ...] = ()


def put(machine: Machine, target: Target, text: str) -> Attempt:
    """Try to put one message with amqsputc."""
    if target.password:
        prompts = (("Enter password: ", target.password), ("target queue is", Secret(text)), ("\n", Secret("")))
        return _attempt(machine, target, "amqsputc", prompts=prompts)
    return _attempt(machine, target, "amqsputc", answers=(text, ""))


def get(machine: Machine, target: Target) -> Attempt:
    """Try to get every message with amqsgetc."""
    prompts = (("Enter password: ", target.password),) if target.password else ()
    return _attempt(machine, target, "amqsgetc", prompts=prompts)


def _attempt(
    machine: Machine,
    target: Target,
    program: str,
    *,
    answers: tuple[str, ...] = (),
    prompts: tuple[tuple[str, Secret], ...] = (),
) -> Attempt:
    words = (machine.installation.command(program), target.queue, target.queue_manager)
    finished = machine.run(
        Request(
            argv=("sh", "-c", SOURCED, program, *words),
            answers=answers,
            prompts=prompts,
            environment={"KIT": str(target.kit), **dict(target.environment)},
            folder=str(target.kit),
            seconds=SECONDS,
        )
    )
    found = _REASON.search(finished.output)
    reason, call = (int(found[2]), found[1]) if found else (0, "")
    return Attempt(reason, call, finished.shown)
