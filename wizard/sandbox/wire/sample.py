"""What amqsputc and amqsgetc have in common: arguments, password, connect, open, close, and MQ's
texts (facts 7).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from wizard.sandbox import terminal
from wizard.sandbox.recalled import recalled_status
from wizard.sandbox.state import State
from wizard.sandbox.wire import messages
from wizard.sandbox.wire.client import CallError, ConnectError, Connection, Program, connect, fail
from wizard.sandbox.wire.client_settings import ClientSettings
from wizard.sandbox.wire.definitions import chosen
from wizard.sandbox.wire.failure import FailureError
from wizard.sandbox.wire.identity import Credentials

USER_ID = "MQSAMP_USER_ID"
MISSING_QUEUE_STATUS = 99


class Sample(NamedTuple):
    """One sample: its command, the name it prints, and how it opens its queue."""

    command: str
    shown: str
    purpose: str
    mode: str


def run(sample: Sample, argv: list[str], folder: Path, work: Callable[[Connection, int], None]) -> int:
    """The whole sample; `work` does with the open queue what it is for."""
    _say(f"Sample {sample.shown} start")
    if not argv:
        _say("Required parameter missing - queue name")
        return MISSING_QUEUE_STATUS
    try:
        connection = _connected(sample, folder, argv[1] if len(argv) > 1 else "")
    except ConnectError as error:
        if error.message == "AMQ9795E":
            _say_message(error)
        _say(f"MQCONNX ended with reason code {error.reason}")
        return error.reason & 255
    status = _with_queue(sample, connection, argv[0], work)
    _disconnect(connection)
    _say(f"Sample {sample.shown} end")
    return status


def _connected(sample: Sample, folder: Path, qmgr: str) -> Connection:
    state = State(folder)
    version = state.meta("version")
    state.close()
    program = Program(folder, sample.command, version, os.environ, _credentials())
    settings = ClientSettings(folder, version, os.environ)
    try:
        found = settings.definitions()
    except FailureError as failure:
        raise fail(program, failure) from failure
    fitting = found if settings.any_queue_manager() else chosen(found, qmgr)
    return connect(program, qmgr, fitting, settings.keys())


def _credentials() -> Credentials | None:
    user = os.environ.get(USER_ID, "")
    if not user:
        return None
    sys.stdout.write("Enter password: ")
    sys.stdout.flush()
    password = terminal.read_password()
    if not sys.stdin.isatty():
        sys.stdout.write("\n")
    return Credentials(user, password)


def _with_queue(sample: Sample, connection: Connection, queue: str, work: Callable[[Connection, int], None]) -> int:
    if sample.mode == "put":
        _say(f"target queue is {queue}")
    try:
        handle = connection.open(queue, sample.mode)
    except CallError as error:
        _say(f"MQOPEN ended with reason code {error.reason}")
        _say(f"unable to open queue for {sample.purpose}")
        return recalled_status("amqs.rc.open")
    work(connection, handle)
    try:
        connection.close(handle)
    except CallError as error:
        _say(f"MQCLOSE ended with reason code {error.reason}")
    return 0


def _disconnect(connection: Connection) -> None:
    try:
        connection.disconnect()
    except CallError as error:
        _say(f"MQDISC ended with reason code {error.reason}")


def _say_message(error: ConnectError) -> None:
    """The one message that a sample prints itself, on two lines as seen."""
    text, _ = messages.text(error.message, error.values)
    _say(f"{error.message}: {text}".replace(", error", ",\nerror"))


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
