"""The lane of one queue manager: every operation on it, in the order in which nobody gets in too early.

Create, start, queues, store, certificates, ALTER QMGR, refresh, channels that map nobody, rules, authorities, and the
listener last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wizard.mq import mqsc
from wizard.mq.attributes import same
from wizard.mq.objects import Kind, MqObject
from wizard.plan import scripts
from wizard.plan.closing import closes, closing_door, waiting_doors
from wizard.plan.keytool import stem
from wizard.plan.leaving import left_things
from wizard.plan.listeners import listener_operations
from wizard.plan.objects import object_operation, reason_of
from wizard.plan.operations import Change, Consent, Operation, State
from wizard.plan.policy import policy_refusals
from wizard.plan.reissuing import gives_way
from wizard.plan.rights import authority_operations, left_rights
from wizard.plan.rules import left_rules, rule_operations
from wizard.plan.scene import Scene, text_of, values_of
from wizard.plan.steps import Command, Later, Mqsc, Part, Step
from wizard.plan.stores import refresh_owed, store_path, store_plan

CREATE_SECONDS = 600.0
START_SECONDS = 300.0

LOG_FLAGS = {"circular": "-lc", "linear": "-ll"}

REFRESHED = frozenset({"SSLKEYR", "CERTLABL", "SSLCRLNL", "SSLCRYP", "SSLFIPS", "SUITEB", "CERTVPOL"})
"""What takes effect with REFRESH SECURITY TYPE(SSL), beside KEYRPWD (facts tls 2.5)."""


@dataclass(frozen=True)
class Lane:
    """What it takes on one queue manager: what opens and keeps, and what closes once every client has its kit."""

    opening: Sequence[Operation]
    closing: Sequence[Operation] = ()


def queue_manager_operations(scene: Scene) -> Lane:
    """Everything it takes on one queue manager."""
    first = _existence(scene)
    if first.state is State.REFUSE:
        return Lane([first])
    if first.state is State.RUN:
        return Lane([first, _unseen(scene)])
    if first.state is State.REPLACE:
        scene = replace(scene, fact=None)
    against = policy_refusals(scene)
    if against:
        return Lane([first, *against])
    return _lane(scene, first)


def _lane(scene: Scene, first: Operation) -> Lane:
    wanted = scene.wanted
    late = [one for one in wanted.objects if one.kind is Kind.CHANNEL]
    early = (*_queues(scene), *(one for one in wanted.objects if one.kind is not Kind.CHANNEL))
    before = [scripts.owing(scene, one, object_operation(scene, one, _queue_words)) for one in early]
    store, distrusted = _store(scene)
    if wanted.awaits:
        return Lane(scripts.with_origins(scene, [first, *scripts.altered_operations(scene), *before, *store]))
    attributes = _own_attributes(scene, store)
    doors = [closing_door(scene, one, object_operation(scene, one, _channel_words)) for one in wanted.channels]
    switching = _switches(scene)
    refresh = _refresh(scene, (*store, *attributes, *distrusted))
    refreshed_last = switching or any(one.state is State.DELETE for one in distrusted)
    opening = [
        first,
        *scripts.altered_operations(scene),
        *before,
        *store,
        *([] if switching else attributes),
        *([] if refreshed_last else refresh),
        *scripts.connauth_refresh(scene, (*before, *attributes)),
        *(one for one in doors if not closes(one)),
        *rule_operations(scene),
        *authority_operations(scene),
        *(object_operation(scene, channel, _queue_words) for channel in late),
        *listener_operations(scene),
        *waiting_doors(scene),
    ]
    closing = [
        *(one for one in doors if closes(one)),
        *left_rules(scene),
        *left_rights(scene),
        *([_distrusting(one) for one in attributes] if switching else []),
        *distrusted,
        *(refresh if refreshed_last else []),
        *left_things(scene),
    ]
    commands = scripts.command_operations(scene, [*opening, *closing])
    return Lane(scripts.with_origins(scene, [*opening, *commands]), scripts.with_origins(scene, closing))


def _operation(scene: Scene, state: State, what: str, resource: str, reason: str, steps: tuple[Step, ...]) -> Operation:
    return scene.operation(state, what, scene.address(resource), reason, steps)


def _existence(scene: Scene) -> Operation:
    """The queue manager exists and runs; one that ended without us is not ours to start."""
    start = Command(("strmqm", scene.name), accepts=frozenset({0, 5}), seconds=START_SECONDS)
    made = (Command(_crtmqm(scene), seconds=CREATE_SECONDS), start)
    if scene.fact is None:
        creation = scene.wanted.creation
        reason = f"dead-letter queue {scene.wanted.dead_letter_queue}, {creation.log_type} log; then started"
        return _operation(scene, State.CREATE, "queue manager", "queue-manager", reason, made)
    if _half_made(scene):
        reason = "crtmqm was ended before it was done: deleted, then created and started"
        steps = (Command(("dltmqm", scene.name), seconds=CREATE_SECONDS), *made)
        again = _operation(scene, State.REPLACE, "queue manager", "queue-manager", reason, steps)
        return replace(again, consent=Consent.DELETE)
    if scene.fact.running:
        return _operation(scene, State.KEEP, "queue manager", "queue-manager", "running", ())
    if scene.is_ours and scene.fact.status.startswith(("Ended", "Starting")):
        return _operation(
            scene, State.RUN, "queue manager", "queue-manager", f"{scene.fact.status}: start it", (start,)
        )
    reason = f"its status is {scene.fact.status}: "
    if scene.fact.status.startswith(("Running", "Replica")):
        reason += "run this where its active instance runs"
    else:
        reason += f"start it where it belongs (strmqm {scene.name}), then run this again"
    return _operation(scene, State.REFUSE, "queue manager", "queue-manager", reason, ())


def _half_made(scene: Scene) -> bool:
    """Whether an earlier run began to create it, never came to its start, and MQ cannot say what it is."""
    unsaid = scene.fact is not None and scene.fact.status.endswith("ot available")
    return unsaid and scene.facts.memory.unfinished(scene.address("queue-manager"))


def _unseen(scene: Scene) -> Operation:
    """What a queue manager holds is known only while it runs; nothing is planned on a guess."""
    reason = f"{scene.name} can be asked once it runs, and is planned then"
    return _operation(scene, State.UNKNOWN, "everything on it", "contents", reason, ())


def _queues(scene: Scene) -> tuple[MqObject, ...]:
    """The queues; a queue manager that is not ours keeps its own dead-letter queue and needs none from us."""
    unneeded = "" if scene.is_ours else scene.wanted.dead_letter_queue
    return tuple(queue for queue in scene.wanted.queues if queue.name != unneeded or queue.attributes)


def _crtmqm(scene: Scene) -> tuple[str, ...]:
    """The command with only what differs from MQ's defaults; the name must be last (facts 1.1)."""
    creation = scene.wanted.creation
    words = ["crtmqm", "-u", scene.wanted.dead_letter_queue]
    if creation.log_type != "circular":
        words.append(LOG_FLAGS[creation.log_type])
    for flag, value in (
        ("-lf", creation.file_pages),
        ("-lp", creation.primary),
        ("-ls", creation.secondary),
        ("-ld", creation.log_path or None),
        ("-md", creation.data_path or None),
    ):
        if value is not None:
            words += [flag, str(value)]
    return (*words, scene.name)


def _queue_words(queue: MqObject) -> str:
    return ", ".join(f"{keyword} {value}" for keyword, value in values_of(queue).items())


def _channel_words(channel: MqObject) -> str:
    tls = {"REQUIRED": "TLS on both ends", "OPTIONAL": "TLS, the queue manager shows its certificate"}
    how = tls.get(channel.text("SSLCAUTH"), "no TLS")
    return f"server connection, {how}, user {channel.text('MCAUSER')} until a rule maps one"


def _store(scene: Scene) -> tuple[list[Operation], list[Operation]]:
    """What the key repository needs, and what leaves it."""
    repository, identity = scene.wanted.repository, scene.wanted.identity
    if repository is None or identity is None:
        return [], []
    plan = store_plan(scene, repository, identity)
    return plan.operations(), plan.leaving()


def _distrusting(operation: Operation) -> Operation:
    """The change to another certificate, which needs the consent to delete: the old one is shown no longer."""
    reason = f"{operation.reason}; shuts out who trusts only the old certificate"
    return replace(operation, reason=reason, consent=Consent.DELETE)


def _switches(scene: Scene) -> bool:
    """Whether it is to show a certificate that clients do not trust who trust only the one it shows now."""
    identity, own = scene.wanted.identity, scene.topology.authority
    if scene.fact is None or identity is None or own is None or scene.wanted.adopted or scene.wanted.shows:
        return False
    return gives_way(scene.fact, identity, own) is not None


def _own_attributes(scene: Scene, store: Sequence[Operation]) -> list[Operation]:
    """ALTER QMGR: what the recipe sets, and the store and label where TLS is wanted."""
    wanted: dict[str, Part] = {}
    if scene.wanted.attributes:
        wanted |= {keyword: text_of(value) for keyword, value in scene.wanted.attributes.attributes.items()}
    if scene.fact is not None and scene.is_ours:
        wanted["DEADQ"] = scene.wanted.dead_letter_queue
    repository, identity = scene.wanted.repository, scene.wanted.identity
    if repository and identity and not scene.wanted.adopted:
        wanted |= {"SSLKEYR": _key_repository(scene), "CERTLABL": scene.wanted.shows or identity.label}
    changes = _own_changes(scene, wanted)
    secret = _secret_steps(scene, store)
    if not changes and not secret:
        return [_operation(scene, State.KEEP, "queue manager", "attributes", ", ".join(wanted), ())] if wanted else []
    altered = _altered(scene, changes, (*secret, *((_alter(scene, wanted, changes),) if changes else ())))
    tls = bool(secret) or any(change.attribute in REFRESHED for change in changes)
    passwords = scripts.connauth_owed(scene) if any(change.attribute == "CONNAUTH" for change in changes) else ""
    return [replace(altered, owes=refresh_owed(scene) if tls else passwords)]


def _altered(scene: Scene, changes: tuple[Change, ...], steps: tuple[Step, ...]) -> Operation:
    resource = scene.address("attributes")
    drifted = scene.drifted(resource, changes)
    fresh = scene.fact is None
    reason = ", ".join(f"{one.attribute} {one.new}" for one in changes) if fresh else reason_of(changes, drifted)
    return replace(
        scene.operation(State.CHANGE, "queue manager", resource, reason or "INITKEY, KEYRPWD", steps),
        changes=changes,
        drift=bool(drifted),
        consent=None if scene.is_ours else Consent.TAKEOVER,
        undo="former values: " + ", ".join(f"{one.attribute}({one.old})" for one in changes),
        former=(scene.fact.own,) if scene.fact and scene.fact.own else (),
    )


def _own_changes(scene: Scene, wanted: dict[str, Part]) -> tuple[Change, ...]:
    own = scene.fact.own if scene.fact else None
    return tuple(
        Change(keyword, own.text(keyword) if own else "", shown_text(value))
        for keyword, value in wanted.items()
        if own is None or not same(Kind.QMGR, keyword, shown_text(value), own.text(keyword))
    )


def shown_text(value: Part) -> str:
    """A value as the plan shows it."""
    return value.shown if isinstance(value, Later) else str(value)


def _key_repository(scene: Scene) -> str | Later:
    """SSLKEYR: the full name of a PKCS#12 store, the stem of a CMS one (facts tls 2.2)."""
    repository = scene.wanted.repository
    assert repository is not None  # noqa: S101 - callers have looked
    path = store_path(scene, repository)
    if repository.type == "pkcs12":
        return path
    return stem(path) if isinstance(path, str) else Later(path.resource, path.field, path.expected, stem(path.tail))


def _alter(scene: Scene, wanted: dict[str, Part], changes: tuple[Change, ...]) -> Mqsc:
    """One ALTER QMGR; a value known only later stands as a part of its own."""
    plain = {one.attribute: one.new for one in changes if isinstance(wanted[one.attribute], str)}
    parts: list[Part] = [mqsc.alter(Kind.QMGR, scene.name, plain) if plain else "ALTER QMGR"]
    for one in changes:
        value = wanted[one.attribute]
        if not isinstance(value, str):
            parts += [f" {one.attribute}(", value, ")"]
    return Mqsc(scene.name, tuple(parts))


def _secret_steps(scene: Scene, store: Sequence[Operation]) -> tuple[Step, ...]:
    """INITKEY, then KEYRPWD, where the password is not stashed; needed once for each store (facts tls 2.3)."""
    repository = scene.wanted.repository
    if repository is None or repository.stash or repository.initial_key is None or not store:
        return ()
    own = scene.fact.own if scene.fact else None
    made_now = store[0].state is State.CREATE
    if own and own.text("KEYRPWD").strip() and not made_now:
        return ()
    return (
        Mqsc(scene.name, ("ALTER QMGR INITKEY(", repository.initial_key, ")")),
        Mqsc(scene.name, ("ALTER QMGR KEYRPWD(", repository.password, ")")),
    )


def _refresh(scene: Scene, planned: Sequence[Operation]) -> list[Operation]:
    """REFRESH SECURITY TYPE(SSL) where the store or what names it changes, or an earlier run still owes it.

    It stops every running TLS channel of the queue manager (facts tls 2.6).
    """
    owed = refresh_owed(scene)
    due = any(one.owes == owed for one in planned)
    if not due and owed not in scene.facts.memory.owed:
        return []
    running = scene.fact.tls_channels if scene.fact else ()
    reason = f"would stop running channels {', '.join(running)}" if running else "no TLS channel is running"
    steps = (Mqsc(scene.name, (mqsc.refresh("SSL"),)),)
    return [
        replace(
            _operation(scene, State.RUN, "refresh security (TLS)", "refresh/ssl", reason, steps),
            consent=Consent.INTERRUPT if running else None,
            undo="nothing to undo",
            pays=owed,
        )
    ]
