"""Slowness and failures on demand, for tests of how a driver copes.

`SANDBOX_LATENCY=ms` makes each command (runmqsc: each MQSC command) take that long. `SANDBOX_FAULTS` is a
list of items `command:text:occurrence=action`, separated by `;` or newlines: at the n-th time (`*`: every
time) that the command meets the text, in whatever case and spacing, the action happens instead of the work.
For runmqsc the text is one MQSC command, for all others their arguments. Each item counts by itself, across
processes, as long as the sandbox lives.

| action | effect |
|---|---|
| hang | sleeps until killed |
| kill | the process kills itself with SIGKILL |
| garbage | bytes that are no valid UTF-8, then exit 0 |
| AMQnnnnX | that message; runmqsc ends as the message would make it end |
| exit:N | ends at once with that exit status |
| slow:ms | waits, then works as usual |
| full | the disk is full |
| refuse | the user is not authorised |
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from typing import NamedTuple

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

FAULTS = "SANDBOX_FAULTS"
LATENCY = "SANDBOX_LATENCY"

GARBAGE = b"\x00\xff\xfe\xc3\x28\x1b[2J\x80AMQ\xf0\x28\x8c\xbc\r\n\x9f\x92\x96 \xed\xa0\x80 1 : \xfe\n"

MESSAGES = {
    "AMQ8145E": "Connection broken.",
    "AMQ7077E": "You are not authorized to perform the requested operation.",
    "AMQ8146E": "IBM MQ queue manager not available.",
    "AMQ8101S": "IBM MQ error (893) has occurred.",
    "AMQ8135E": "Not authorized.",
}

ITEM = re.compile(
    r"(?P<command>[a-z][a-z0-9]*):(?P<text>.*):(?P<occurrence>[1-9][0-9]*|\*)"
    r"=(?P<action>hang|kill|garbage|full|refuse|AMQ[0-9]{4}[IWEST]|exit:[0-9]{1,3}|slow:[0-9]{1,7})"
)


class Fault(NamedTuple):
    """One item of SANDBOX_FAULTS; `item` is its text, under which it is counted."""

    command: str
    text: str
    occurrence: str
    action: str
    item: str


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def listed(value: str) -> list[Fault]:
    """The items of a SANDBOX_FAULTS value; a malformed one raises SandboxError."""
    found = []
    for item in (part.strip() for part in re.split(r"[;\n]", value)):
        if not item:
            continue
        match = ITEM.fullmatch(item)
        if match is None or (match["action"].startswith("exit:") and int(match["action"][5:]) > 255):
            raise SandboxError(
                f"{FAULTS} is malformed: {item!r}",
                "An item is command:text:occurrence=action, with occurrence a number from 1 or *.",
                "Actions: hang kill garbage full refuse AMQnnnnX exit:0..255 slow:milliseconds.",
            )
        found.append(Fault(match["command"], _squeezed(match["text"]), match["occurrence"], match["action"], item))
    return found


def check() -> None:
    """Raise SandboxError when SANDBOX_FAULTS or SANDBOX_LATENCY is malformed."""
    listed(os.environ.get(FAULTS, ""))
    latency()


def latency() -> float:
    """SANDBOX_LATENCY in seconds, 0 when it is not set."""
    value = os.environ.get(LATENCY, "") or "0"
    if not (value.isascii() and value.isdigit()):
        raise SandboxError(f"{LATENCY} is malformed: {value!r}", remedy="It is a number of milliseconds.")
    return int(value) / 1000


def pause() -> None:
    """Sleep as long as SANDBOX_LATENCY says."""
    seconds = latency()
    if seconds:
        time.sleep(seconds)


def at(state: State, command: str, text: str) -> str | None:
    """The action that SANDBOX_FAULTS wants for this occurrence, or None.

    Counts the occurrence for every item that the text meets; when several are due, the first listed one acts.
    """
    value = os.environ.get(FAULTS, "")
    if not value:
        return None
    squeezed = _squeezed(text)
    met = [fault for fault in listed(value) if fault.command == command and fault.text in squeezed]
    if not met:
        return None
    due: list[str] = []
    with state.change() as db:
        for fault in met:
            db.execute(
                "INSERT INTO fault VALUES (?, 1) ON CONFLICT (text) DO UPDATE SET seen = seen + 1",
                (fault.item,),
            )
            seen = db.execute("SELECT seen FROM fault WHERE text = ?", (fault.item,)).fetchone()["seen"]
            if fault.occurrence in ("*", str(seen)):
                due.append(fault.action)
    return due[0] if due else None


def message(action: str) -> str:
    """The text of an AMQnnnnX, `full` or `refuse` action, with its message id."""
    if action == "full":
        return recalled("fault.full.text")
    if action == "refuse":
        return "AMQ7077E: " + MESSAGES["AMQ7077E"]
    return f"{action}: {MESSAGES.get(action, 'The sandbox was told to fail here.')}"


def act(action: str) -> int | None:
    """Do the action in place of a simple command: its exit status, or None when the command goes on.

    `hang` and `kill` do not return.
    """
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "hang":
        while True:
            time.sleep(3600)
    if action.startswith("slow:"):
        time.sleep(int(action[5:]) / 1000)
        return None
    if action.startswith("exit:"):
        return int(action[5:])
    if action == "garbage":
        sys.stdout.flush()
        os.write(1, GARBAGE)
        return 0
    sys.stdout.write(message(action) + "\n")
    return recalled_status("lifecycle.rc.authority" if action == "refuse" else "fault.rc.unexpected")
