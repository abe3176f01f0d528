"""What is so here and bears on a failure: from the plan, the queue manager as it is, and the client's kit.

Nothing is changed. Keys are those by which causes are confirmed (`wizard/access/causes`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wizard.access.admission import answer
from wizard.access.cause_values import Observed
from wizard.access.guard import Guard
from wizard.access.rules import Rule, RuleType
from wizard.access.steps_rules import named
from wizard.access.table import client_connection
from wizard.access.values import Compared, Verdict
from wizard.engine.explain import Scene
from wizard.mq.chlauth import back_stop, default_records, identity
from wizard.mq.display import blocks
from wizard.mq.mqsc import alter, set_chlauth, start
from wizard.mq.objects import Kind, MqObject
from wizard.mq.quoting import quote
from wizard.plan.operations import Operation, State
from wizard.plan.text import command_lines
from wizard.topology.values import Client

_IN_KIT = frozenset(
    {
        "client-table",
        "client-channel",
        "client-queue-manager",
        "client-address",
        "client-cipher",
        "client-cipher-blank",
        "client-label",
        "client-peer",
        "mqserver",
    }
)
"""What lies in the files of a kit, which the plan writes anew."""

_IN_STORE = frozenset({"client-store", "client-password"})
"""What lies in a client's store, which the plan makes anew where it is gone."""

_BLANK = re.compile(r"^\s*$")


def observations(found: Scene, client: Client | None) -> tuple[Observed, ...]:
    """Everything that bears on a client's connection to the queue manager of the scene."""
    listed = [*_planned(found, client), *_evaluated(found, client), *_store(found)]
    if client is not None and found.ready is not None and found.ready.machine is not None:
        listed += [_mended(one, listed) for one in _kit(found.ready.machine.path(client.kit), client, found)]
    return tuple({(one.key, one.what): one for one in listed}.values())


def _mended(seen: Observed, planned: Sequence[Observed]) -> Observed:
    """What was seen in a kit, with the operations that make its files or its store anew, where the plan has them."""
    by = "client-kit" if seen.key in _IN_KIT else "client-certificate" if seen.key in _IN_STORE else ""
    mend = [one for one in planned if one.key == by and one.planned]
    if not mend:
        return seen
    return replace(seen, commands=tuple(line for one in mend for line in one.commands), planned=True)


def _planned(found: Scene, client: Client | None) -> Iterator[Observed]:
    """What the plan would mend."""
    if found.ready is None:
        return
    for operation in found.ready.plan.operations:
        if operation.state is State.KEEP and not operation.drift:
            continue
        for key in _keys(operation, found.guard.name, client):
            yield Observed(
                key,
                f"{operation.section}: {operation.what}: {operation.reason}",
                tuple(command_lines(operation)),
                planned=operation.state is not State.KEEP and bool(operation.steps),
                consent=operation.consent.value if operation.consent else "",
            )


def _keys(operation: Operation, name: str, client: Client | None) -> Iterator[str]:
    head, _, rest = operation.resource.partition("/")
    kind, _, tail = rest.partition("/")
    if head == "users":
        if client is None or rest.split("/")[0] == client.account.user:
            yield "user-missing"
    elif client is not None and head == client.name:
        yield {"certificate": "client-certificate", "signer": "client-signer"}.get(kind, f"client-{kind}")
    elif head == name:
        yield from _of_queue_manager(operation, kind, tail, client)


_STATES = {
    ("queue-manager", State.CREATE): "queue-manager-missing",
    ("queue-manager", State.RUN): "queue-manager-stopped",
    ("queue-manager", State.CHANGE): "queue-manager-stopped",
    ("listener", State.CREATE): "listener-missing",
    ("listener", State.RUN): "listener-stopped",
    ("listener", State.CHANGE): "listener-changed",
    ("key-repository", State.CREATE): "store-missing",
    ("channel", State.CREATE): "channel-missing",
    ("rule", State.CREATE): "rule-missing",
    ("rule", State.CHANGE): "rule-changed",
}
_WHATEVER = {
    "key-repository": "store-changed",
    "certificate": "qmgr-certificate",
    "signer": "signer-missing",
    "authority": "authority-missing",
    "refresh": "refresh-owed",
    "queue": "queue-missing",
}


def _does(operation: Operation) -> State:
    """What an operation does, also where it is refused for want of a consent."""
    if operation.state is not State.REFUSE:
        return operation.state
    return State.CHANGE if any(change.old for change in operation.changes) else State.CREATE


def _of_queue_manager(operation: Operation, kind: str, tail: str, client: Client | None) -> Iterator[str]:
    channel = client.channel if client else ""
    if kind in {"channel", "rule"} and channel and tail.split("/", maxsplit=1)[0] not in {channel, "*"}:
        return
    if kind == "rule" and tail.startswith("*"):
        return
    if kind == "authority" and client and tail not in {client.account.group, client.account.user}:
        return
    if kind == "queue" and operation.state is not State.CREATE:
        return
    key = _STATES.get((kind, _does(operation))) or _WHATEVER.get("refresh" if "refresh" in kind else kind)
    if key:
        yield key
    for change in operation.changes:
        if kind == "channel" and _does(operation) is State.CHANGE:
            blank = change.attribute == "SSLCIPH" and bool(_BLANK.match(change.old))
            yield f"channel-{change.attribute}" + ("-blank" if blank else "")
        elif kind == "attributes":
            yield f"qmgr-{change.attribute}"


def _evaluated(found: Scene, client: Client | None) -> Iterator[Observed]:
    """What the evaluation of the client's own connection says of the queue manager as it is; its channel's state."""
    now = found.seen.guard if found.seen else None
    if client is None or now is None or found.ready is None:
        return
    for step in answer(now, client_connection(found.ready.topology, client)).steps:
        if step.verdict is Verdict.REFUSED:
            said = f"step {step.title}: {step.said}"
            yield Observed(f"evaluated-{step.title.replace(' ', '-')}", said, _without(found, step.compared))
            if "SSLPEER(" in step.said:
                mend = alter(Kind.CHANNEL, client.channel, {"SSLPEER": ""}, chltype="SVRCONN")
                yield Observed("channel-SSLPEER", said, (mend,))
    if now.login.check == "NONE":
        yield Observed("connauth-none", "connection authentication checks no password")
    if now.login.check == "REQUIRED":
        weaker = f"ALTER AUTHINFO({now.login.name}) AUTHTYPE({now.login.kind}) CHCKCLNT(REQDADM)"
        commands = (weaker, "REFRESH SECURITY TYPE(CONNAUTH)")
        yield Observed("connauth-required", f"{now.login.name} has CHCKCLNT(REQUIRED)", commands)
    if now.only_secure:
        yield Observed("ini-secure-only", "qm.ini has SecureCommsOnly=YES")
    yield from _foreign(found, client, now)
    yield from _channel(found, client, now.channels.get(client.channel))


def _foreign(found: Scene, client: Client, now: Guard) -> Iterator[Observed]:
    """Rules on the client's channel that are not the recipe's and may come before its own."""
    for rule in now.rules.rules:
        if rule.profile == client.channel and (mend := removal(found, rule)):
            yield Observed("rule-foreign", f"{named(rule)} is not in the recipe", (mend,))


def _without(found: Scene, compared: Sequence[Compared]) -> tuple[str, ...]:
    """The commands that take away the rules which were used and are not the recipe's."""
    return tuple(mend for one in compared if one.used and (mend := removal(found, one.rule)))


def removal(found: Scene, rule: Rule) -> str:
    """The command that takes a rule away; empty for one of the recipe, a back-stop, or the ban on administrators."""
    wanted = found.ready.topology.queue_manager(found.guard.name).rules if found.ready else ()
    kept = {identity(one) for one in (*wanted, back_stop(rule.profile), *default_records())}
    if identity(rule.record) in kept:
        return ""
    whole = rule.type in {RuleType.BLOCKUSER, RuleType.BLOCKADDR}
    return set_chlauth(rule.record, "REMOVEALL" if whole else "REMOVE")


def _channel(found: Scene, client: Client, channel: MqObject | None) -> Iterator[Observed]:
    """Limits and state of the client's channel."""
    if channel is None or found.machine is None:
        return
    for keyword in ("MAXINST", "MAXINSTC"):
        if channel.text(keyword) == "0":
            mend = alter(Kind.CHANNEL, channel.name, {keyword: "999999999"}, chltype="SVRCONN")
            yield Observed(f"channel-{keyword}", f"{channel.name} has {keyword}(0)", (mend,))
    command = f"DISPLAY CHSTATUS({quote(channel.name)}) STATUS"
    reply = found.machine.ask({found.guard.name: [command]})[found.guard.name][0]
    if any(block.attributes.get("STATUS") == "STOPPED" for block in blocks(reply.text.splitlines())):
        yield Observed("channel-stopped", f"{client.channel} is stopped", (start(Kind.CHANNEL, client.channel),))


def _store(found: Scene) -> Iterator[Observed]:
    """The queue manager's key repository as it is."""
    store = found.seen.store if found.seen else None
    if store is None:
        return
    if not store.exists:
        yield Observed("store-missing", f"there is no {store.path}")
        return
    if not store.stash and not store.password_set:
        yield Observed("store-stash", f"{store.path} has no stash file, and KEYRPWD is not set")
    elif store.trouble:
        yield Observed("store-closed", f"{store.path} cannot be opened: {store.trouble}")
    for each in store.files:
        if not each.mode & 0o040:
            yield Observed("store-unreadable", f"the group cannot read {each.path} (mode {each.mode:04o})")
    for one in store.certificates:
        if one.personal and one.days_left is not None and one.days_left < 0:
            yield Observed("qmgr-certificate-ended", f"the certificate {one.label} ended {-one.days_left} days ago")


def _kit(folder: Path, client: Client, found: Scene) -> Iterator[Observed]:
    """The client's kit: its channel table, its store, its password."""
    if client.release.json_ccdt:
        yield from _table(folder / "ccdt.json", client)
    store = folder.parent.parent / client.store
    if client.store_here and not store.exists():
        yield Observed("client-store", f"there is no {client.store}")
    if client.store_here and client.release.pkcs12_repository and not Path(f"{folder}.password").exists():
        yield Observed("client-password", f"there is no file with the password of {client.store}")
    settings = _text(folder / "settings.sh")
    if re.search(r"^\s*(export\s+)?MQSERVER=", settings, re.MULTILINE):
        yield Observed("mqserver", "settings.sh sets MQSERVER")
    wanted = found.ready.facts.kits.get(client.name) if found.ready else None
    for one in wanted.store.certificates if wanted and wanted.store else ():
        if one.personal and one.days_left is not None and one.days_left < 0:
            yield Observed("client-certificate-ended", f"the certificate {one.label} ended {-one.days_left} days ago")
    if wanted and wanted.store and wanted.store.usable:
        for signer in client.signers:
            if wanted.store.certificate(signer.label) is None:
                yield Observed("client-signer", f"{client.store} lacks the signer {signer.label}, {signer.subject}")
    label = re.search(r"^export MQCERTLABL=(\S+)", settings, re.MULTILINE)
    if client.identity and settings and (label is None or label[1].strip("'\"") != client.identity.label):
        yield Observed("client-label", f"settings.sh does not name the label {client.identity.label}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _table(path: Path, client: Client) -> Iterator[Observed]:
    """The channel table against the definition that the recipe means."""
    text = _text(path)
    try:
        channels: list[dict[str, Any]] = json.loads(text)["channel"] if text else []
        first = channels[0]
        connection = first["clientConnection"]
    except (ValueError, LookupError, TypeError):
        yield Observed("client-table", f"{path.name} is not there or is no channel table")
        return
    security = first.get("transmissionSecurity", {})
    places = ",".join(f"{one.get('host')}({one.get('port', 1414)})" for one in connection.get("connection", ()))
    cipher = str(security.get("cipherSpecification", ""))
    compared = (
        ("client-channel", str(first.get("name")), client.channel),
        ("client-queue-manager", str(connection.get("queueManager")), client.queue_manager),
        ("client-address", places, client.definition.text("CONNAME")),
        ("client-cipher" if cipher else "client-cipher-blank", cipher, client.cipher),
        ("client-label", str(security.get("certificateLabel", "")), client.definition.text("CERTLABL")),
        ("client-peer", str(security.get("certificatePeerName", "")), client.definition.text("SSLPEER")),
    )
    for key, is_there, wanted in compared:
        if is_there != wanted:
            yield Observed(key, f"{path.name} has {is_there or 'nothing'} where the recipe means {wanted or 'nothing'}")
