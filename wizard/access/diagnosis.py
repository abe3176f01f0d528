"""From evidence and observations to the cause: what is ruled out, what is confirmed here, what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.access.cause_values import Cause, Diagnosis, Evidence, Observed, Side, Suspect
from wizard.access.causes import CAUSES
from wizard.access.evidence import NOISE, telling
from wizard.mq.error_log import LogEntry
from wizard.mq.gotchas import named_in
from wizard.mq.message_table import MEANINGS
from wizard.mq.messages import meaning
from wizard.mq.reason_table import REASONS


def diagnose(evidence: Evidence, observed: Sequence[Observed] = (), *, here: bool = False) -> Diagnosis:
    """What the failure is. `here` says that observations were made, so that their absence says something too."""
    fitting = [Suspect(cause, _shown(cause, observed)) for cause in CAUSES if _possible(cause, evidence)]
    suspects = [one for one in fitting if one.confirmed or not one.cause.only_here]
    confirmed = [one for one in suspects if one.confirmed]
    if evidence.empty:
        suspects = confirmed
    chosen = confirmed[0] if confirmed else suspects[0] if len(suspects) == 1 else None
    rest = confirmed if chosen and chosen.confirmed else suspects
    others = tuple(one for one in rest if one is not chosen)
    settled = chosen is not None and (chosen.confirmed or not here)
    missing = () if settled else tuple(_missing(evidence, suspects))
    return Diagnosis(tuple(symptoms(evidence)), chosen, others, missing)


def _shown(cause: Cause, observed: Sequence[Observed]) -> tuple[Observed, ...]:
    return tuple(one for one in observed if one.key in cause.shown_by)


def _possible(cause: Cause, evidence: Evidence) -> bool:
    """Whether nothing that was seen speaks against a cause."""
    server, client = telling(evidence.server), telling(evidence.client)
    if server is not None and not _told(server, cause.server):
        return False
    if client is not None and not _told(client, cause.client):
        return False
    loud = [one for one in evidence.either if one not in NOISE] or list(evidence.either)
    known = [one for one in loud if one in _KNOWN]
    if known and not (cause.server | cause.client).intersection(known):
        return False
    phrase = any(phrase.casefold() in evidence.text.casefold() for phrase in cause.phrases)
    told = server is not None or client is not None or bool(known)
    if phrase or told:
        return True
    if _any_phrase(evidence.text):
        return False
    return not evidence.reasons or bool(cause.reasons.intersection(evidence.reasons))


_KNOWN = frozenset(one for cause in CAUSES for one in cause.server | cause.client)
"""The messages by which any cause is told."""


def _told(entry: LogEntry, ids: frozenset[str]) -> bool:
    """Whether an entry may come of a cause: it is one of its messages, or one that says nothing about causes."""
    return entry.message_id in ids or entry.message_id not in _KNOWN or (entry.message_id in NOISE and not ids)


def _any_phrase(text: str) -> bool:
    folded = text.casefold()
    return any(phrase.casefold() in folded for cause in CAUSES for phrase in cause.phrases)


def symptoms(evidence: Evidence) -> Iterator[str]:
    """What was seen, in sentences."""
    for whose, found in (("queue manager", evidence.server), ("client", evidence.client)):
        entry = telling(found)
        if entry is not None:
            about = f" ({', '.join(value for value in entry.values[:4] if value)})" if entry.values else ""
            yield f"{entry.message_id} in the {whose}'s log{about}: {meaning(entry.message_id).what}"
    for one in evidence.either:
        if one in MEANINGS or one in _KNOWN:
            yield f"{one}: {meaning(one).what}"
        else:
            yield f"{one}, of which mqwizard knows nothing; mqrc {one} prints IBM's text."
    for gotcha in named_in(evidence.text):
        yield f"{gotcha.name}: {gotcha.meaning.what} {gotcha.meaning.remedy}"
    for code in evidence.reasons:
        yield f"reason {code} (MQRC_{REASONS[code].name}): {REASONS[code].what}"


def _missing(evidence: Evidence, suspects: Sequence[Suspect]) -> Iterator[str]:
    """What would tell the suspects apart."""
    if telling(evidence.server) is None and any(one.cause.server for one in suspects):
        yield "the queue manager's AMQERR01.LOG of that moment"
    if telling(evidence.client) is None and any(one.cause.client for one in suspects):
        yield "the client's AMQERR01.LOG, or its whole error text"
    looks = dict.fromkeys(one.cause.look for one in suspects[:6] if one.cause.look)
    yield from looks


def sides(diagnosis: Diagnosis) -> tuple[Side, ...]:
    """Where the cause can be."""
    found = [diagnosis.cause, *diagnosis.others] if diagnosis.cause else list(diagnosis.others)
    return tuple(dict.fromkeys(one.cause.side for one in found if one))
