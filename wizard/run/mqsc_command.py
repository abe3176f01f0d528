"""One MQSC command on its way through a session: as it is sent, as it is shown, and what came back.

Used by `session` and `feed`; `Reply` by everyone who asks a queue manager something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from wizard.errors import OperationFailed
from wizard.mq.messages import Outcome, ids, judge
from wizard.mq.mqsc_lines import physical_lines
from wizard.mq.secret_text import Secretful, masked, revealed, secrets_in
from wizard.run.secrets import SecretStore
from wizard.run.terminal import printable, typable

Command = str | Secretful


@dataclass(frozen=True)
class Reply:
    """What runmqsc answered to one command. `text` is for parsing; the rest holds no secret."""

    command: str
    text: str = field(repr=False)
    shown: str
    outcome: Outcome

    @property
    def ids(self) -> tuple[str, ...]:
        """The message ids in the reply, in order, without severity letters."""
        return tuple(ids(self.shown))


@dataclass
class Prepared:
    """A command ready to send: its bytes, the line breaks in them, and whether a secret is among them."""

    shown: str
    data: bytes
    continuations: int
    secret: bool

    def reply(self, text: str, store: SecretStore) -> Reply:
        """The reply to this command, judged."""
        shown = self.without_secrets(text, store)
        return Reply(self.shown, text, shown, judge(shown))

    def without_secrets(self, text: str, store: SecretStore) -> str:
        """A reply fit to show. A syntax error repeats the command, cut anywhere, so only messages stay."""
        if self.secret:
            text = "\n".join(line for line in text.splitlines() if re.match(r"AMQ\d{4}", line))
        return printable(store.redact(text))


def prepare(command: Command, store: SecretStore) -> Prepared:
    """A command as it is sent: secrets looked up in the store, lines short enough.

    Raises what looking up raises, UnquotableValue for a secret that MQSC cannot carry, and OperationFailed
    for a text that is no single command.
    """
    text = revealed(command, lambda reference: store.resolve(reference.name).reveal()).strip()
    shown = masked(command).strip()
    if not text or text.startswith("*") or not typable(text):
        raise OperationFailed(
            f"This is no MQSC command that can be sent: {shown!r}.",
            "A comment, an empty line or a control character would leave the session without a reply.",
            "This is a mistake in mqwizard; please report it.",
        )
    lines = physical_lines(text)
    data = "".join(f"{line}\n" for line in lines).encode()
    return Prepared(shown, data, len(lines) - 1, bool(secrets_in(command)))
