"""The simulated commands, one module each with `main(argv, folder) -> exit status`.

A launcher in the sandbox's bin folder calls `run`, which sees to what all commands share: signals, output,
latency, faults. Modules load only what they need: a command starts as often as a person types one.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.sandbox.errors import REFUSED_STATUS, MqError, SandboxError

if TYPE_CHECKING:
    from typing_extensions import Buffer

PER_MQSC_COMMAND = "runmqsc"
"""The one command that applies latency and faults by itself, to each MQSC command."""


def run(name: str, launcher: str) -> int:
    """Run the command `name` of the sandbox whose bin folder holds `launcher`; its exit status."""
    folder = Path(os.path.realpath(launcher)).parent.parent
    # A killed terminal ends a simulated command as it ends the real one: at once and without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    sys.stdout, sys.stderr = _said_to(1), _said_to(2)
    try:
        status = _disturbed(name, folder)
        if status is None:
            status = import_module(f"wizard.sandbox.commands.{name}").main(sys.argv[1:], folder)
    except SandboxError as error:
        sys.stdout.flush()
        sys.stderr.write(f"mqwizard sandbox: {error}\n")
        return REFUSED_STATUS
    except OSError as error:
        sys.stderr.write(f"mqwizard sandbox: {name}: {error}\n")
        return REFUSED_STATUS
    except MqError as failure:
        sys.stdout.flush()
        from wizard.sandbox.recalled import recalled

        getattr(sys, recalled("lifecycle.stream")).write(f"{failure.text}\n")
        return failure.status
    sys.stdout.flush()
    return int(status)


class _Deaf(io.FileIO):
    """Output that nobody may read any longer: as a C program, a command works on when its terminal is gone."""

    def write(self, data: Buffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return memoryview(data).nbytes


def _said_to(descriptor: int) -> io.TextIOWrapper:
    raw = _Deaf(descriptor, "w", closefd=False)
    by_line = raw.isatty() or descriptor == 2
    return io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding="utf-8",
        errors="surrogateescape",
        line_buffering=by_line,
    )


def _disturbed(name: str, folder: Path) -> int | None:
    """Apply SANDBOX_LATENCY and SANDBOX_FAULTS: the exit status when a fault ends the command here."""
    if not (os.environ.get("SANDBOX_FAULTS") or os.environ.get("SANDBOX_LATENCY")):
        return None
    from wizard.sandbox import faults
    from wizard.sandbox.state import State

    faults.check()
    if name == PER_MQSC_COMMAND:
        return None
    faults.pause()
    state = State(folder)
    action = faults.at(state, name, " ".join(sys.argv[1:]))
    state.close()
    return faults.act(action) if action else None
