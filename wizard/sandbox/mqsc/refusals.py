"""How a command ends that is not carried out: as a syntax error, or as a valid command that failed.

Raised anywhere below `engine.execute`, which turns them into replies.
"""

from __future__ import annotations

from wizard.sandbox.mqsc.texts import message


class SyntaxRefusedError(Exception):
    """The command is not MQSC: `end` is where its text stops making sense, `hint` what MQ adds."""

    def __init__(self, end: int, hint: tuple[str, ...] = ()) -> None:
        super().__init__(end)
        self.end = end
        self.hint = hint


class CommandFailedError(Exception):
    """A valid command that could not be carried out; `lines` is MQ's reply."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines)
        self.lines = lines


class ConnectionBrokenError(Exception):
    """The queue manager went away in the middle of a session."""


def failed(key: str, **inserts: str) -> CommandFailedError:
    """The failure whose text `texts` holds under this key."""
    return CommandFailedError(message(key, **inserts))


def not_simulated(what: str) -> CommandFailedError:
    """The loud refusal of what the sandbox does not know how to do."""
    return CommandFailedError(f"SANDBOX: {what} is not simulated; nothing was done.")
