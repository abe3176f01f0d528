"""Who gets in, and why: a connection through every step that a queue manager takes, in its order (facts TLS 5.1, 5.2).

Used by review, plan, proof, explanation and diagnosis. `answer` gives the steps and the end, the other ends that open
facts allow, and what would change the answer; `end_of` only the end, for many connections.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wizard.access import steps_login, steps_rules, steps_tls
from wizard.access.guard import Guard, Standing
from wizard.access.passage import LONGEST_USER, Passage
from wizard.access.values import Alternative, Answer, Connection, End, Question, Reading, Refusal

Taken = Callable[[Passage], Refusal | None]

_BEGINNING: tuple[Taken, ...] = (
    steps_tls.listener,
    steps_tls.handshake,
    steps_tls.definition,
    steps_tls.wanted_tls,
    steps_rules.first_exit,
)
_CLIENT: tuple[Taken, ...] = (
    *_BEGINNING,
    steps_login.credentials,
    steps_login.early,
    steps_rules.mapping,
    steps_rules.parameters_exit,
    steps_login.authentication,
    steps_login.adoption,
    steps_rules.blocking,
    steps_login.rule_check,
    steps_rules.authority,
)
_QUEUE_MANAGER: tuple[Taken, ...] = (*_BEGINNING, steps_rules.mapping, steps_rules.authority)

_END: tuple[Taken, ...] = (steps_login.adoption, steps_rules.blocking, steps_login.rule_check, steps_rules.authority)
_BEFORE_WITH_MQCSP: tuple[Taken, ...] = (
    *_BEGINNING,
    steps_login.credentials,
    steps_rules.blocking,
    steps_rules.parameters_exit,
    steps_login.early,
    steps_rules.mapping,
    steps_login.authentication,
    *_END,
)
"""Before IT25839, where the client sent an MQCSP: blocking and exit come before mapping."""

_BEFORE_WITHOUT: tuple[Taken, ...] = (
    *_BEGINNING,
    steps_rules.mapping,
    steps_rules.blocking,
    steps_rules.parameters_exit,
    steps_login.credentials,
    steps_login.authentication,
    *_END,
)
"""Before IT25839, where it sent none: the MQCSP is made last."""

FIX = "whether the level has the fix for APAR IT25839, by which rules come before the security exit"


def order(passage: Passage) -> tuple[Taken, ...]:
    """The steps of a connection; they depend on APAR IT25839 only where the channel has a security exit."""
    if not passage.client:
        return _QUEUE_MANAGER
    channel = passage.channel
    if channel is None or not channel.text("SCYEXIT").strip():
        return _CLIENT
    fixed = passage.reading.exits_see_mapped_user
    if fixed is None:
        fixed = passage.guard.exits_see_mapped_user
    if fixed is None:
        fixed = True
        passage.questions.append(Question(FIX, replace(passage.reading, exits_see_mapped_user=False)))
    if fixed:
        return _CLIENT
    return _BEFORE_WITHOUT if passage.connection.old or not passage.connection.login else _BEFORE_WITH_MQCSP


def _through(guard: Guard, connection: Connection, reading: Reading, *, detailed: bool) -> tuple[Passage, End]:
    passage = Passage(guard, connection, reading, detailed)
    passage.user = connection.user[:LONGEST_USER]
    for taken in order(passage):
        refusal = taken(passage)
        if refusal is not None:
            return passage, End(refusal=refusal)
    user = passage.user
    privileged = guard.users.standing(user) is Standing.PRIVILEGED
    return passage, End(user, rights=guard.rights(user), privileged=privileged)


def end_of(guard: Guard, connection: Connection) -> End:
    """What a connection comes to, open questions read the likelier way."""
    return _through(guard, connection, Reading(), detailed=False)[1]


def answer(guard: Guard, connection: Connection, others: Sequence[tuple[str, Connection]] = ()) -> Answer:
    """The whole answer. `others` are neighbouring connections by what tells them apart; those that end otherwise are
    named as changes.
    """
    passage, end = _through(guard, connection, Reading(), detailed=True)
    alternatives = []
    for question in passage.questions:
        other = _through(guard, connection, question.reading, detailed=False)[1]
        if not other.same(end):
            alternatives.append(Alternative(question.what, other))
    changes = [Alternative(what, other) for what, near in others if not (other := end_of(guard, near)).same(end)]
    return Answer(
        queue_manager=guard.name,
        connection=connection,
        steps=tuple(passage.steps),
        end=end,
        alternatives=tuple(alternatives),
        recalled=tuple(passage.recalled),
        changes=tuple(changes),
        rule=passage.rule,
    )
