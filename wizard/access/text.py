"""An answer as people read it: numbered steps, the rules as they stand, the end, and what would change it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from wizard.access.steps_rules import named
from wizard.access.values import Answer, Compared, Connection, End, Password, Step, Verdict

WIDTH = 100
TITLE_WIDTH = 28
SHOWN_RULES = 12
"""Rules shown below a step; the others are counted."""


def answer_text(answer: Answer) -> str:
    """The whole answer."""
    return "\n".join(_lines(answer)) + "\n"


def asked(connection: Connection) -> str:
    """Who wants in, in a few words."""
    who = [f"from {connection.address}" + (f" ({connection.host_name})" if connection.host_name else "")]
    if connection.queue_manager:
        who.insert(0, f"queue manager {connection.queue_manager}")
    else:
        who.insert(0, f"a client of user {connection.user or '(blank)'}")
    if connection.login:
        word = {
            Password.NONE: "without a password",
            Password.RIGHT: "and its password",
            Password.WRONG: "and a wrong one",
        }
        who.append(f"login {connection.login} {word[connection.password]}")
    if connection.certificate:
        who.append(f"certificate {connection.certificate.subject}")
    if connection.cipher is not None:
        who.append(f"CipherSpec {connection.cipher}" if connection.cipher else "no TLS")
    return ", ".join(who)


def _lines(answer: Answer) -> Iterator[str]:
    yield from _wrapped(f"{answer.connection.channel} of {answer.queue_manager}: {asked(answer.connection)}", "")
    yield ""
    user = answer.steps[0].user if answer.steps else ""
    for number, step in enumerate(answer.steps, 1):
        yield from _step(number, step, user)
        user = step.user
    yield ""
    yield from _end(answer.end)
    for other in answer.alternatives:
        yield ""
        yield from _wrapped(f"Open: {other.depends}. The other way round: {other.end.sentence}.", "  ")
    if answer.changes:
        yield ""
        yield "What would change the answer"
        yield from (line for near in answer.changes for line in _wrapped(f"{near.depends}: {near.end.sentence}", "  "))
    if answer.recalled:
        yield ""
        yield "Rests on what no page of IBM at hand confirms"
        yield from (line for fact in answer.recalled for line in _wrapped(str(fact), "  "))


def _step(number: int, step: Step, before: str) -> Iterator[str]:
    lead = f"{number:>2} {step.title:<{TITLE_WIDTH}} {step.verdict:<8} "
    yield from textwrap.wrap(step.said, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)) or [
        lead.rstrip()
    ]
    for one in step.compared[:SHOWN_RULES]:
        yield from _rule(one)
    left = len(step.compared) - SHOWN_RULES
    if left > 0:
        yield f"       and {left} more rules that are not used"
    if step.user != before and step.verdict is Verdict.PASSED:
        yield f"       user: {before or '(blank)'} → {step.user or '(blank)'}"


def _rule(compared: Compared) -> Iterator[str]:
    mark = "used  " if compared.used else "not   "
    yield from textwrap.wrap(named(compared.rule), WIDTH, initial_indent=f"       {mark} ", subsequent_indent=" " * 16)
    yield from _wrapped(compared.why, " " * 16)


def _end(end: End) -> Iterator[str]:
    sentence = end.sentence
    yield f"{sentence[0].upper()}{sentence[1:]}."
    if end.refusal is not None:
        yield from _wrapped(f"{end.refusal.why}. {end.refusal.remedy}".strip(), "  ")
    elif end.privileged:
        yield "  It administers MQ and may do everything."
    elif end.rights is not None:
        yield from (f"  {right}" for right in end.rights)


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
