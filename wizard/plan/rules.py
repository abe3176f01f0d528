"""Operations for channel authentication records: who gets in, and who does not."""

from __future__ import annotations

from dataclasses import replace

from wizard.access.planned import back_stops
from wizard.mq import chlauth, mqsc
from wizard.mq.objects import CHLAUTH_KEYS, MqObject
from wizard.plan.objects import differences, reason_of
from wizard.plan.operations import Change, Consent, Operation, State
from wizard.plan.scene import Scene, changes_between, values_of
from wizard.plan.steps import Mqsc


def rule_operations(scene: Scene) -> list[Operation]:
    """The rules that let somebody in, then the back-stop, then those of others on our channels.

    On a queue manager of ours the back-stop covers every channel; elsewhere only the job's own channels.
    """
    wanted, there = _wanted(scene), _there(scene)
    kept = [_rule(scene, rule, there.get(chlauth.identity(rule))) for rule in wanted]
    identities = {chlauth.identity(rule) for rule in wanted}
    profiles = {rule.name for rule in wanted} - {"*"}
    left = [rule for identity, rule in there.items() if identity not in identities and rule.name in profiles]
    return [*kept, *(_foreign(scene, rule) for rule in left if not _is_ours(scene, rule))]


def _wanted(scene: Scene) -> list[MqObject]:
    return [*scene.wanted.rules, *back_stops(scene.wanted, ours=scene.is_ours)]


def _there(scene: Scene) -> dict[tuple[str, ...], MqObject]:
    return {chlauth.identity(rule): rule for rule in (scene.fact.rules.values() if scene.fact else ())}


def _is_ours(scene: Scene, rule: MqObject) -> bool:
    return rule_address(scene, rule) in scene.facts.memory.made


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


def left_rules(scene: Scene) -> list[Operation]:
    """Rules that an earlier run set and that the recipe no longer has; those of ways in that stay open stay too.

    A back-stop stays: it lets nobody in, and its channel may still be there.
    """
    identities = {chlauth.identity(rule) for rule in _wanted(scene)}
    open_now = {one.channel for one in scene.wanted.closings}
    return [
        _waiting(scene, rule) if rule.name in open_now else rule_deletion(scene, rule, "no longer in the recipe")
        for identity, rule in _there(scene).items()
        if identity not in identities
        and _is_ours(scene, rule)
        and identity != chlauth.identity(chlauth.back_stop(rule.name))
    ]


def _waiting(scene: Scene, rule: MqObject) -> Operation:
    reason = f"{sentence(rule)}: stays until its clients have moved"
    return scene.operation(State.KEEP, f"rule {rule.name}", rule_address(scene, rule), reason)


def rule_deletion(scene: Scene, rule: MqObject, why: str) -> Operation:
    """A rule that goes."""
    return replace(
        scene.operation(
            State.DELETE,
            f"rule {rule.name}",
            rule_address(scene, rule),
            f"{sentence(rule)}: {why}",
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
