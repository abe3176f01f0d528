"""Operations for channel authentication records and authority records: who gets in, and what they may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from wizard.access.planned import back_stops
from wizard.mq import chlauth, mqsc
from wizard.mq.objects import CHLAUTH_KEYS, MqObject
from wizard.plan.objects import differences, reason_of
from wizard.plan.operations import Change, Consent, Operation, State
from wizard.plan.scene import Scene, changes_between, values_of
from wizard.plan.steps import Mqsc


def rule_operations(scene: Scene) -> list[Operation]:
    """The rules that let somebody in, then the back-stop, then what of ours is wanted no longer.

    On a queue manager of ours the back-stop covers every channel; elsewhere only the job's own channels.
    """
    wanted = [*scene.wanted.rules, *back_stops(scene.wanted, ours=scene.is_ours)]
    there = {chlauth.identity(rule): rule for rule in (scene.fact.rules.values() if scene.fact else ())}
    kept = [_rule(scene, rule, there.get(chlauth.identity(rule))) for rule in wanted]
    return [*kept, *_leaving(scene, wanted, there)]


def rule_address(scene: Scene, rule: MqObject) -> str:
    """The address of a rule: its profile, its type and what it matches."""
    return scene.address("rule", rule.name, *(rule.text(keyword) for keyword in CHLAUTH_KEYS if rule.text(keyword)))


def _rule(scene: Scene, wanted: MqObject, there: MqObject | None) -> Operation:
    resource = rule_address(scene, wanted)
    state, changes = State.CREATE, changes_between({}, values_of(wanted))
    reason = sentence(wanted)
    drifted: tuple[Change, ...] = ()
    if there is not None:
        changes = differences(wanted, there)
        drifted = scene.drifted(resource, changes)
        state = State.CHANGE if changes else State.KEEP
        reason = f"{reason}; {reason_of(changes, drifted)}" if changes else reason
    return replace(
        scene.operation(
            state,
            f"rule {wanted.name}",
            resource,
            reason,
            () if state is State.KEEP else (Mqsc(scene.name, (mqsc.set_chlauth(wanted, "REPLACE"),)),),
        ),
        changes=changes,
        drift=bool(drifted),
        consent=_consent(scene, wanted, resource, state),
        undo="remove it" if state is State.CREATE else "set the former rule",
        former=(there,) if there else (),
    )


def _consent(scene: Scene, wanted: MqObject, resource: str, state: State) -> Consent | None:
    """On a foreign queue manager: takeover for a rule that is there, wide-rules for one on channels we do not know."""
    if scene.is_ours or scene.facts.memory.ours(resource) or state is State.KEEP:
        return None
    if state is State.CHANGE:
        return Consent.TAKEOVER
    return Consent.WIDE_RULES if "*" in wanted.name else None


def sentence(rule: MqObject) -> str:
    """Whom a rule is about and what it does, in a few words."""
    who = " ".join(
        word
        for word in (
            rule.text("SSLPEER"),
            f"issued by {rule.text('SSLCERTI')}" if rule.text("SSLCERTI") else "",
            f"user {rule.text('CLNTUSER')}" if rule.text("CLNTUSER") else "",
            f"from {rule.text('ADDRESS')}" if rule.text("ADDRESS") not in {"", "*"} else "",
        )
        if word
    )
    if rule.text("USERSRC") == "NOACCESS":
        return f"{who or 'everybody else'}: no access"
    password = ", with a password" if rule.text("CHCKCLNT") == "REQUIRED" else ""
    return f"{who}: as user {rule.text('MCAUSER')}{password}" if rule.text("MCAUSER") else who or rule.text("TYPE")


def _leaving(scene: Scene, wanted: list[MqObject], there: Mapping[tuple[str, ...], MqObject]) -> list[Operation]:
    """Rules that an earlier run set and that the recipe no longer has; others on our channels are left and shown.

    A back-stop stays: it lets nobody in, and its channel may still be there.
    """
    identities = {chlauth.identity(rule) for rule in wanted}
    profiles = {rule.name for rule in wanted} - {"*"}
    left = [rule for identity, rule in there.items() if identity not in identities]
    ours = [rule for rule in left if scene.facts.memory.ours(rule_address(scene, rule))]
    foreign = [rule for rule in left if rule not in ours and rule.name in profiles]
    leaving = [rule for rule in ours if chlauth.identity(rule) != chlauth.identity(chlauth.back_stop(rule.name))]
    return [*(_delete(scene, rule) for rule in leaving), *(_foreign(scene, rule) for rule in foreign)]


def _delete(scene: Scene, rule: MqObject) -> Operation:
    return replace(
        scene.operation(
            State.DELETE,
            f"rule {rule.name}",
            rule_address(scene, rule),
            f"{sentence(rule)}: no longer in the recipe",
            (Mqsc(scene.name, (mqsc.set_chlauth(rule, "REMOVE"),)),),
        ),
        consent=Consent.DELETE,
        undo="set it again",
        former=(rule,),
    )


def _foreign(scene: Scene, rule: MqObject) -> Operation:
    return replace(
        scene.operation(
            State.KEEP,
            f"rule {rule.name}",
            rule_address(scene, rule),
            f"{sentence(rule)}: not in the recipe, not ours, left as it is",
        ),
        drift=True,
    )


def authority_operations(scene: Scene) -> list[Operation]:
    """One operation for each entity: every right it needs and does not have; then those who left the recipe."""
    entities: dict[tuple[str, str], list[MqObject]] = {}
    for record in scene.wanted.authorities:
        entities.setdefault((record.text("ENTTYPE"), record.text("ENTITY")), []).append(record)
    given = [_authority(scene, kind, entity, records) for (kind, entity), records in entities.items()]
    left = [one for one in scene.facts.memory.entities(scene.name) if one not in entities]
    return [*given, *(each for kind, entity in left for each in _taken(scene, kind, entity))]


def _taken(scene: Scene, kind: str, entity: str) -> list[Operation]:
    """The rights that earlier runs gave to one who is in the recipe no longer; what others gave stays."""
    resource = authority_address(scene, kind, entity)
    given = scene.facts.memory.set_values.get(resource, {})
    there = [
        record
        for record in (scene.fact.authorities.values() if scene.fact else ())
        if (record.text("ENTTYPE"), record.text("ENTITY")) == (kind, entity)
    ]
    ours = [(record, {*given.get(record.name, "").split(",")} & {*_words(record)}) for record in there]
    changed = [(record, tuple(sorted(words))) for record, words in ours if words]
    if not changed:
        return []
    notes = "; ".join(_given_and_taken(record, (), words) for record, words in changed)
    steps = tuple(Mqsc(scene.name, (mqsc.set_authrec(record, remove=words),)) for record, words in changed)
    return [
        replace(
            scene.operation(State.DELETE, f"authority {entity}", resource, f"{notes}: no longer in the recipe", steps),
            consent=Consent.DELETE,
            undo="give them back",
            former=tuple(record for record, _ in changed),
        )
    ]


def authority_address(scene: Scene, kind: str, entity: str) -> str:
    """The address of all rights of one group, or of one user."""
    return scene.address("authority", *(() if kind == "GROUP" else (kind.lower(),)), entity)


def _authority(scene: Scene, kind: str, entity: str, records: list[MqObject]) -> Operation:
    resource = authority_address(scene, kind, entity)
    steps: list[Mqsc] = []
    changes: list[Change] = []
    known = 0
    notes: list[str] = []
    former: list[MqObject] = []
    for record in records:
        wanted = _words(record)
        there = scene.fact.authorities.get(record.key) if scene.fact else None
        have = _words(there) if there else ()
        known += bool(have)
        former += [there] if there else []
        add = tuple(word for word in wanted if word not in have)
        extra = tuple(word for word in have if word not in wanted and _is_ours_to_take(scene, resource, record, word))
        if add or extra:
            steps.append(Mqsc(scene.name, (mqsc.set_authrec(record, add=add, remove=extra),)))
            changes.append(Change(record.name, ",".join(have), ",".join(wanted)))
            notes.append(_given_and_taken(record, add, extra))
    state = State.KEEP if not steps else State.CHANGE if known else State.CREATE
    drifted = scene.drifted(resource, tuple(changes))
    if drifted:
        notes.append(f"changed by hand: {', '.join(change.attribute for change in drifted)}")
    note = "".join(f"; {each}" for each in notes) if state is State.CHANGE else ""
    return replace(
        scene.operation(
            state, f"authority {entity}", resource, "; ".join(_right(record) for record in records) + note, tuple(steps)
        ),
        changes=tuple(changes),
        drift=bool(drifted),
        undo="take back what was given",
        former=tuple(former),
    )


def _given_and_taken(record: MqObject, add: tuple[str, ...], extra: tuple[str, ...]) -> str:
    """The rights that come and go, in the way of setmqaut."""
    return " ".join([record.name, *(f"+{word.lower()}" for word in add), *(f"-{word.lower()}" for word in extra)])


def _is_ours_to_take(scene: Scene, resource: str, record: MqObject, word: str) -> bool:
    """Whether a right that is not wanted goes: one that we gave, or any that our queue manager's entities got since."""
    memory = scene.facts.memory
    given = memory.set_values.get(resource, {}).get(record.name, "").split(",")
    return word in given or (scene.is_ours and memory.ours(resource))


def _words(record: MqObject) -> tuple[str, ...]:
    value = record.attributes.get("AUTHLIST", ())
    return tuple(sorted(value if isinstance(value, tuple) else (value,)))


def _right(record: MqObject) -> str:
    words = ", ".join(word.lower() for word in _words(record))
    return words if record.name == "SELF" else f"{record.name}: {words}"
