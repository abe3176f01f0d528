"""One connection on its way in: what is known of it so far, and the steps it has taken. Used by the steps alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from wizard.access.guard import Guard, Standing
from wizard.access.recalled import Recalled
from wizard.access.rules import Partner, Rule
from wizard.access.values import Compared, Connection, Password, Question, Reading, Refusal, Step, Verdict
from wizard.mq.objects import MqObject

LONGEST_USER = 12
"""Characters of a user id that are used; an adopted one is cut (facts TLS 5.3)."""


@dataclass
class Passage:
    """A connection under way. Steps add to it; a refusal ends it."""

    guard: Guard
    connection: Connection
    reading: Reading
    detailed: bool = True
    """Whether every rule that was looked at is told of; without, thousands of connections take seconds."""
    steps: list[Step] = field(default_factory=list)
    recalled: dict[Recalled, None] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    user: str = ""
    """The user that the connection would run as, as far as it has come."""
    authenticated: str = ""
    """The user whose password was found right."""
    adopted: bool = False
    login: str = ""
    """The user of the MQCSP, sent or made."""
    rule: Rule | None = None

    @property
    def channel(self) -> MqObject | None:
        return self.guard.channels.get(self.connection.channel)

    @property
    def client(self) -> bool:
        """Whether a client connects, not a queue manager."""
        return not self.connection.queue_manager

    @property
    def password(self) -> Password:
        """The password that goes with `login`."""
        return self.connection.password if self.login else Password.NONE

    @property
    def flowed(self) -> str:
        """The user that a USERMAP rule is compared with (facts TLS 5.3)."""
        return self.authenticated if self.adopted else self.connection.user[:LONGEST_USER]

    def partner(self) -> Partner:
        """The partner as mapping rules see it now."""
        shown = self.connection.certificate
        return Partner(
            address=self.connection.address,
            host_name=self.connection.host_name if self.guard.reverse_dns else "",
            client_user=self.flowed if self.client else None,
            queue_manager=None if self.client else self.connection.queue_manager,
            subject=shown.subject if shown else None,
            issuer=shown.issuer if shown else None,
            any_case=self.guard.any_case,
        )

    def passed(self, title: str, said: str, compared: tuple[Compared, ...] = ()) -> None:
        """The step is taken."""
        self.steps.append(Step(title, said, Verdict.PASSED, self.user, compared))

    def skipped(self, title: str, said: str) -> None:
        """The step does not apply."""
        self.steps.append(Step(title, said, Verdict.SKIPPED, self.user))

    def refused(self, title: str, refusal: Refusal, compared: tuple[Compared, ...] = ()) -> Refusal:
        """The step ends the connection."""
        self.steps.append(Step(title, refusal.why, Verdict.REFUSED, self.user, compared))
        return refusal

    def rests_on(self, *facts: Recalled) -> None:
        """Note that what was just decided rests on recalled facts."""
        self.recalled.update(dict.fromkeys(facts))

    def privileged(self, user: str) -> bool:
        """Whether a user administers MQ; one of whom nothing is known is taken for ordinary, and that is noted."""
        standing = self.guard.users.standing(user)
        if standing is Standing.UNKNOWN_USER:
            self.rests_on(Recalled.PRIVILEGED)
            return True
        if standing is not Standing.NOT_KNOWN:
            return standing is Standing.PRIVILEGED
        if user in self.reading.privileged:
            return self.reading.privileged[user]
        what = f"whether {user} exists and is no administrator on the queue manager's system"
        reading = Reading(
            rule=self.reading.rule,
            early_adopt=self.reading.early_adopt,
            exits_see_mapped_user=self.reading.exits_see_mapped_user,
            privileged={**self.reading.privileged, user: True},
        )
        self.questions.append(Question(what, reading))
        return False
