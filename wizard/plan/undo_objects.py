"""Undo of definitions, rules and attributes: what stands as a run left it goes back, what others changed stays."""

from __future__ import annotations

from dataclasses import replace

from wizard.mq import chlauth, mqsc
from wizard.mq.attributes import SUBTYPE_KEYWORDS, attribute, same, subtype
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject, Value
from wizard.plan.effects import ObjectSet, same_sort
from wizard.plan.operations import Change, Consent, State
from wizard.plan.queue_managers import REFRESHED
from wizard.plan.rules import sentence
from wizard.plan.scene import changes_between, is_secret, text_of, values_of
from wizard.plan.steps import Check, Mqsc, Step, Stopped
from wizard.plan.undo_facts import Present
from wizard.plan.undo_parts import Left, Part

FOUND_FORM = frozenset({"DESCR", "CUSTOM", "MCAUSER", "WARN", "CHCKCLNT"})
"""What a rule shows also where nobody said it; blank, or the attribute's default."""


def object_part(effect: ObjectSet, now: Present) -> Part | Left | None:
    """How a definition, a rule or attributes go back; None where they are as before already."""
    there = _there(effect.object, now)
    if effect.before is None:
        return _made(effect, there, now)
    if effect.after is None:
        return _taken_away(effect.queue_manager, effect.before, there)
    if effect.altered:
        return _altered(effect, there)
    return _replaced(effect, there, now)


def _there(wanted: MqObject, now: Present) -> MqObject | None:
    if wanted.kind is Kind.QMGR:
        return now.own
    if wanted.kind is Kind.CHLAUTH:
        return now.rules.get(chlauth.identity(wanted))
    return now.objects.get(wanted.key)


def _made(effect: ObjectSet, there: MqObject | None, now: Present) -> Part | Left | None:
    """Something that was not there before: it goes, unless others changed it, or it holds messages."""
    after = effect.object
    if there is None:
        return None
    reason = _changed_since(after, there, now) or _holds(there, now)
    if reason:
        return reason
    part = _deletion(effect.queue_manager, there, now)
    return replace(part, words=sentence(there)) if there.kind is Kind.CHLAUTH else part


def _replaced(effect: ObjectSet, there: MqObject | None, now: Present) -> Part | Left | None:
    """Something that took the place of another: that one comes back."""
    assert effect.before is not None  # noqa: S101 - what was made is looked at elsewhere
    after = effect.object
    if there is None:
        return Left("deleted since by somebody", drift=True)
    if same_sort(effect.before, there) and not _unlike(effect.before, there, None):
        return None
    reason = _changed_since(after, there, now) or _holds(there, now)
    if reason:
        return reason
    back = (_mqsc(effect.queue_manager, mqsc.define(effect.before, replace=after.kind is Kind.CHLAUTH)),)
    changes = changes_between(values_of(there), values_of(effect.before))
    if after.kind is Kind.CHLAUTH:
        return Part(State.CHANGE, "the former rule", back, _known(after, changes))
    gone = _deletion(effect.queue_manager, there, now)
    words = f"the former {effect.before.kind}{_secret_words(effect.before)}"
    return replace(gone, state=State.REPLACE, words=words, steps=(*gone.steps, *back), changes=())


def _taken_away(queue_manager: str, before: MqObject, there: MqObject | None) -> Part | Left | None:
    """Something that a run deleted: it comes back, unless somebody made it anew."""
    if there is not None:
        return None if not _unlike(before, there, None) else Left("made anew since by somebody", drift=True)
    return Part(
        State.CREATE,
        f"as it was before{_secret_words(before)}",
        (_mqsc(queue_manager, mqsc.define(before)),),
        changes_between({}, values_of(before)),
    )


def _altered(effect: ObjectSet, there: MqObject | None) -> Part | Left | None:
    """Attributes that had other values: each goes back by itself, so that one changed since stops no other."""
    assert effect.before is not None and effect.after is not None  # noqa: S101 - it is altered
    if there is None:
        return Left("deleted since by somebody", drift=True)
    back: dict[str, Value] = {}
    since: list[str] = []
    for keyword, ours in effect.after.attributes.items():
        found = there.attributes.get(keyword, "")
        if keyword == _sort_keyword(effect.after) or is_secret(there.kind, keyword):
            continue
        if keyword not in effect.before.attributes:
            since.append(f"{keyword}: its former value is not known")
        elif not same(there.kind, keyword, found, effect.before.attributes[keyword]):
            if same(there.kind, keyword, found, ours):
                back[keyword] = effect.before.attributes[keyword]
            else:
                since.append(f"{keyword} {_shown(found)} (was {_shown(ours)}): changed since by somebody")
    if not back:
        return Left("; ".join(since), drift=True) if since else None
    return _with_values(effect, there, back, since)


def _with_values(effect: ObjectSet, there: MqObject, back: dict[str, Value], since: list[str]) -> Part:
    alter = mqsc.alter(there.kind, there.name, back, chltype=subtype(there))
    changes = [
        Change(keyword, text_of(there.attributes.get(keyword, "")), text_of(value)) for keyword, value in back.items()
    ]
    words = [f"{one.attribute} {one.old or '(blank)'} → {one.new or '(blank)'}" for one in changes]
    return Part(
        State.CHANGE,
        ", ".join(words) + "".join(f"; left: {one}" for one in since),
        (_mqsc(effect.queue_manager, alter),),
        tuple(changes),
        refresh=there.kind is Kind.QMGR and bool(REFRESHED & set(back)),
    )


def _changed_since(after: MqObject, there: MqObject, now: Present) -> Left | None:
    if not same_sort(after, there):
        return Left(f"replaced since by somebody: it is a {subtype(there) or there.kind} now", drift=True)
    unlike = _unlike(after, there, now.defaults.get((there.kind.value, subtype(there))))
    return Left(f"changed since by somebody: {', '.join(unlike)}", drift=True) if unlike else None


def _unlike(wanted: MqObject, there: MqObject, default: MqObject | None) -> list[str]:
    """The attributes that are not as they were made: as said, or as the object that definitions start from has them."""
    expected: dict[str, Value] = dict(default.attributes) if default else {}
    if wanted.kind is Kind.CHLAUTH:
        rows = {keyword: attribute(Kind.CHLAUTH, keyword) for keyword in FOUND_FORM}
        expected |= {keyword: (row.default if row and row.default else "") for keyword, row in rows.items()}
    expected |= wanted.attributes
    found = []
    for keyword, value in expected.items():
        row = attribute(there.kind, keyword, subtype(there))
        if row is None or row.read_only or row.secret or keyword not in there.attributes:
            continue
        if not same(there.kind, keyword, there.attributes[keyword], value):
            found.append(f"{keyword} {_shown(there.attributes[keyword])} (was {_shown(value)})")
    return found


def _holds(there: MqObject, now: Present) -> Left | None:
    depth = now.depths.get(there.name, 0) if there.kind is Kind.QLOCAL else 0
    return Left(f"holds {depth} message{'s' if depth > 1 else ''}") if depth else None


def _deletion(queue_manager: str, there: MqObject, now: Present) -> Part:
    """The commands that delete an object, ended first where it runs; who uses it now has to be interrupted."""
    steps: list[Step] = []
    words, consent = "", None
    if there.kind is Kind.LISTENER and there.name in now.listening:
        steps += stop_listener(queue_manager, there.name)
        words = "stopped first"
    elif there.kind is Kind.CHANNEL and there.name in {*now.instances, *now.retrying}:
        stop = mqsc.stop(Kind.CHANNEL, there.name, mode="FORCE", status="INACTIVE")
        steps += [_mqsc(queue_manager, stop), Check(Stopped(queue_manager, "CHSTATUS", there.name))]
        users = now.instances.get(there.name, ())
        words = f"interrupts {', '.join(users)}" if users else "stopped first"
        consent = Consent.INTERRUPT if users else None
    elif there.kind in QUEUE_KINDS and (opened := _opened(there)):
        words, consent = f"is open: {opened}", Consent.INTERRUPT
    return Part(State.DELETE, words, (*steps, _mqsc(queue_manager, mqsc.delete(there))), consent=consent)


def stop_listener(queue_manager: str, name: str) -> tuple[Step, ...]:
    """The commands that end a listener, and the check that it has ended."""
    return (
        _mqsc(queue_manager, mqsc.stop(Kind.LISTENER, name)),
        Check(Stopped(queue_manager, "LSSTATUS", name)),
    )


def _opened(queue: MqObject) -> str:
    """Who has a queue open, counted."""
    counts = (("IPPROCS", "reading"), ("OPPROCS", "writing"))
    return ", ".join(f"{queue.text(word)} {role}" for word, role in counts if queue.text(word) not in {"", "0"})


def _known(after: MqObject, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes of what can be set; what MQ keeps itself is no change."""
    return tuple(
        one for one in changes if (row := attribute(after.kind, one.attribute)) is not None and not row.read_only
    )


def _secret_words(before: MqObject) -> str:
    secret = [keyword for keyword in before.attributes if is_secret(before.kind, keyword) and before.text(keyword)]
    return f", without {', '.join(secret)}, which cannot be read" if secret else ""


def _sort_keyword(wanted: MqObject) -> str:
    return SUBTYPE_KEYWORDS.get(wanted.kind, "")


def _shown(value: Value) -> str:
    return text_of(value) or "(blank)"


def _mqsc(queue_manager: str, command: str) -> Mqsc:
    return Mqsc(queue_manager, (command,))
