"""Undo of rights, of listeners that were started or ended, and of secrets."""

from __future__ import annotations

from collections.abc import Iterable

from wizard.mq import mqsc
from wizard.mq.objects import Kind, MqObject
from wizard.plan.effects import Ended, RightsSet, SecretSet, Started
from wizard.plan.operations import State
from wizard.plan.steps import Check, ListenerRuns, Mqsc
from wizard.plan.undo_facts import Present
from wizard.plan.undo_objects import stop_listener
from wizard.plan.undo_parts import Left, Part


def started_part(effect: Started, now: Present) -> Part | None:
    """A listener that was not running before is stopped."""
    if effect.listener not in now.listening:
        return None
    return Part(State.CHANGE, "stopped, as it was before", stop_listener(effect.queue_manager, effect.listener))


def ended_part(effect: Ended, now: Present) -> Part | None:
    """A listener that was running before is started again."""
    if effect.listener in now.listening:
        return None
    start = Mqsc(effect.queue_manager, (mqsc.start(Kind.LISTENER, effect.listener),))
    steps = (start, Check(ListenerRuns(effect.queue_manager, effect.listener)))
    return Part(State.CREATE, "started, as it was before", steps)


def secret_part(effect: SecretSet, now: Present) -> Part | Left | None:
    """Secrets: one that was blank is made blank again; any other value nobody knows."""
    if effect.object.kind is not Kind.QMGR and effect.object.key not in now.objects:
        return None
    unknown = [word for word in effect.keywords if word not in effect.blank]
    blank = [word for word in effect.blank if now.own and now.own.text(word).strip()]
    if blank and effect.object.kind is Kind.QMGR:
        parts = "".join(f" {word}({mqsc.quote(' ')})" for word in blank)
        left = f"; {', '.join(unknown)} cannot be read, so it keeps its value" if unknown else ""
        step = Mqsc(effect.queue_manager, (f"ALTER QMGR{parts}",))
        return Part(State.CHANGE, f"{', '.join(blank)} blank{left}", (step,), refresh=True)
    return Left(f"{', '.join(unknown)} cannot be read, so its former value does not come back", for_good=True)


def rights_part(effect: RightsSet, now: Present) -> Part | None:
    """Rights: those that were given and are still there are taken back, those that were taken are given back."""
    record = effect.record
    entity = (record.text("ENTTYPE"), record.text("ENTITY"))
    records = [one for one in now.rights.get(entity, ()) if _about(one) == _about(record)]
    there = {word for one in records for word in _words(one)}
    taken, given = sorted(there & set(effect.added)), sorted(set(effect.removed) - there)
    if not taken and not given:
        return _empty_record(effect, records, there)
    others = there - set(taken)
    if not given and not others and not effect.there:
        command, state = mqsc.delete_authrec(record), State.DELETE
    else:
        command, state = mqsc.set_authrec(record, add=given, remove=taken), State.CHANGE
    words = " ".join([record.name, *(f"-{one.lower()}" for one in taken), *(f"+{one.lower()}" for one in given)])
    since = "" if effect.there or not others else f" (others gave {', '.join(sorted(others)).lower()}, which stays)"
    return Part(state, words + since, (Mqsc(effect.queue_manager, (command,)),))


def _empty_record(effect: RightsSet, records: list[MqObject], there: Iterable[str]) -> Part | None:
    """A record without rights stays in MQ until it is deleted; it goes where a run made it."""
    if not records or effect.there or any(there):
        return None
    words = f"{effect.record.name}: an empty record"
    return Part(State.DELETE, words, (Mqsc(effect.queue_manager, (mqsc.delete_authrec(effect.record),)),))


def _about(record: MqObject) -> tuple[str, str]:
    return record.name, record.text("OBJTYPE")


def _words(record: MqObject) -> tuple[str, ...]:
    found = record.attributes.get("AUTHLIST", ())
    return tuple(word for word in ((found,) if isinstance(found, str) else found) if word not in {"", "NONE"})
