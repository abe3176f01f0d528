"""What MQ's message ids mean for a command that was sent: did it work, and if not, why and what to do.

Judged by ids alone: the severity letter says little (a syntax error is AMQ8405I), texts are translated, and runmqsc's
exit code covers a whole session (facts commands 0 and 2.1).
"""

from __future__ import annotations

import re
from enum import StrEnum

from wizard.mq.message_table import ALREADY, DONE, FAILED, MEANINGS
from wizard.mq.message_type import Meaning

__all__ = ["Meaning", "Outcome", "ids", "judge", "meaning", "outcome"]

_AT_LINE_START = re.compile(r"^(AMQ\d{4})[A-Z]?(?::|$)", re.MULTILINE | re.ASCII)
_AT_ALL = re.compile(r"\b(AMQ\d{4}|CSQX\d{3})[A-Z]?\b", re.ASCII)


class Outcome(StrEnum):
    """How a command came out, from best to worst."""

    DONE = "done"
    ALREADY = "already so"
    NOT_FOUND = "not found"
    EXISTS = "exists already"
    IN_USE = "in use"
    SYNTAX = "syntax error"
    WRONG_VALUE = "value refused"
    NOT_AUTHORISED = "not authorised"
    FAILED = "failed"
    UNKNOWN = "not understood"
    NOT_RUNNING = "queue manager not running"
    LOST = "connection lost"

    @property
    def succeeded(self) -> bool:
        """Whether what was asked for is now so: done, or so before."""
        return self in (Outcome.DONE, Outcome.ALREADY)


_BADNESS = {outcome: place for place, outcome in enumerate(Outcome)}


def ids(text: str) -> list[str]:
    """The message ids at the beginnings of lines, without severity letters, in their order.

    An id inside a line, such as one in a description that DISPLAY shows, is not one of MQ's messages.
    """
    return _AT_LINE_START.findall(text.replace("\r", ""))


def mentioned(text: str) -> list[str]:
    """Every message id anywhere in a text, for logs and errors of clients."""
    return _AT_ALL.findall(text)


def outcome(message_id: str) -> Outcome:
    """What one message says about the command; an id that is not known is UNKNOWN, which counts as failure."""
    if message_id in DONE:
        return Outcome.DONE
    if message_id in ALREADY:
        return Outcome.ALREADY
    kind = FAILED.get(message_id)
    return Outcome(kind) if kind else Outcome.UNKNOWN


def judge(reply_text: str) -> Outcome:
    """How a command came out, from its whole reply: the worst of what its messages say.

    A reply without any message id is UNKNOWN.
    """
    found = [outcome(message_id) for message_id in ids(reply_text)]
    return max(found, key=_BADNESS.__getitem__, default=Outcome.UNKNOWN)


def meaning(message_id: str) -> Meaning:
    """What a message means here and what to do; for one that is not known, where to ask.

    The id may carry its severity letter.
    """
    match = _AT_ALL.fullmatch(message_id.strip())
    bare = match.group(1) if match else message_id.strip()
    return MEANINGS.get(bare) or Meaning(
        f"MQ says {bare}, which mqwizard does not know.",
        f"Run: mqrc {bare}",
    )
