"""Operations for clients: their certificate and key where these are made here, and their kit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import PurePosixPath

from wizard.mq import mqsc
from wizard.plan.asking import Asking, came_with_answer
from wizard.plan.facts import Facts, KitFact, StoreFact
from wizard.plan.handmade import HandmadeStore, client_refusal
from wizard.plan.keytool import StoreTool, sign, stem
from wizard.plan.operations import Operation, State
from wizard.plan.partners import certificate_copy, certificate_for_host
from wizard.plan.steps import AddSigner, Command, CreateClientStore, MakeKey, Step, WriteFile
from wizard.plan.stores import days_left, key_words, other_certificate
from wizard.topology.values import Client, Identity, Tls, Topology, Trust

_TABLE = "AMQCLCHL.TAB"
_DEFINITION = "client-channel.mqsc"
"""The table in binary form, and the kit's file that says what must stand in it."""


def certificate_operation(topology: Topology, facts: Facts, client: Client) -> list[Operation]:
    """The client's own key and certificate; nothing where it needs none or makes it on its own host."""
    if client.asks_us and topology.authority:
        make = partial(_operation, client)
        return [certificate_for_host(client, topology.authority, facts.requests.get(client.name), make)]
    if client.identity is None or not client.store_here:
        return []
    store = _store_fact(facts, client)
    there = store.certificate(client.identity.label)
    resource = f"{client.name}/certificate/{client.identity.label}"
    what = f"certificate {client.identity.label}"
    if client.identity.requested and not (there and there.personal):
        return _asked(facts, client, client.identity, store)
    own = topology.authority
    other = other_certificate(there, client.identity, own) if there and there.personal else ""
    if other:
        return [_operation(client, State.REFUSE, what, resource, other, ())]
    if store.exists and not store.usable and not facts.memory.unfinished(resource):
        reason = (
            f"{client.store} does not open with the password kept for it: restore it, or move it away for a new one"
        )
        return [_operation(client, State.REFUSE, what, resource, reason, ())]
    self_signed = topology.trust is Trust.SELF_SIGNED
    untold = self_signed and client.public not in facts.exchange and not _trusted(facts, client, client.identity)
    if there and there.personal and not untold and store.requests:
        rest = Command(("rm", "-f", f"{stem(client.store)}.key"))
        reason = "remove the key that was set aside until the key repository held it"
        return [_operation(client, State.RUN, what, resource, reason, (rest,))]
    if there and there.personal and not untold:
        reason = f"{client.identity.subject}, {days_left(there.days_left)}"
        return [_operation(client, State.KEEP, what, resource, reason, ())]
    if not client.release.pkcs12_repository and not store.exists and facts.password_way.closed:
        return [_operation(client, State.REFUSE, what, resource, client_refusal(client, facts), ())]
    issuer = f"issued by {own.name}" if own else "self-signed"
    words = f"{client.identity.subject}  {key_words(client.identity.key)}  {client.identity.days} days, {issuer}"
    steps = _certificate_steps(topology, client, client.identity, store)
    return [_operation(client, State.CREATE, what, resource, words, steps)]


def _asked(facts: Facts, client: Client, identity: Identity, store: StoreFact) -> list[Operation]:
    """The certificate of a client whose key is made here and whose CA is elsewhere."""
    pending = identity.label.lower() in {one.lower() for one in store.requests}
    modern = client.release.pkcs12_repository
    if not modern and not store.exists and facts.password_way.closed:
        reason = client_refusal(client, facts)
        return [
            _operation(client, State.REFUSE, f"certificate {identity.label}", f"{client.name}/certificate", reason, ())
        ]
    tool = HandmadeStore(client.store, client.store_password) if modern else _cms(client)
    made: tuple[Step, ...] = () if modern or store.usable else (_folder(client), *_cms(client).create())
    missing = () if modern else tuple(one for one in client.signers if not store.certificate(one.label))
    asking = Asking(
        owner=client.name,
        identity=identity,
        request=client.request,
        public=client.public,
        tool=tool,
        pending=pending,
        made=made,
        trusted=tuple(
            step for one in missing for step in (*came_with_answer(facts, one), _cms(client).add(one.label, one.file))
        ),
    )
    return asking.operations(
        facts,
        lambda state, what, resource, reason, steps: _operation(
            client, state, what, f"{client.name}/{resource}", reason, steps
        ),
    )


def _trusted(facts: Facts, client: Client, identity: Identity) -> bool:
    """Whether the queue manager has the self-signed certificate already, so that nobody needs its public file."""
    fact = facts.queue_managers.get(client.queue_manager)
    if fact and not fact.running:
        return True
    return bool(fact and fact.store and fact.store.usable and fact.store.certificate(identity.label))


def _certificate_steps(topology: Topology, client: Client, identity: Identity, store: StoreFact) -> tuple[Step, ...]:
    own = topology.authority
    if client.release.pkcs12_repository:
        return (
            MakeKey(
                CreateClientStore(
                    path=client.store,
                    password=client.store_password,
                    label=identity.label,
                    subject=identity.subject,
                    key=identity.key,
                    days=identity.days,
                    public=client.public,
                    authority=own.folder if own else "",
                    passphrase=own.passphrase if own else None,
                )
            ),
        )
    tool = _cms(client)
    made = () if store.usable else (_folder(client), *(tool.create_again() if store.exists else tool.create()))
    if own is None:
        create = tool.self_signed(identity.label, identity.subject, identity.key, identity.days)
        return (*made, create, *tool.extract(identity.label, client.public))
    request = f"exchange/{client.name}.csr"
    signer = client.signers[0]
    trusted = () if store.certificate(signer.label) else (tool.add(signer.label, signer.file),)
    pending = identity.label.lower() in {one.lower() for one in store.requests}
    ask = (
        tool.request_again(identity.label, request)
        if pending
        else tool.request(identity.label, identity.subject, identity.key, request)
    )
    signed = sign(own.folder, own.passphrase, request, client.public, identity.days)
    return (*made, *trusted, *ask, signed, tool.receive(identity.label, client.public))


def _folder(client: Client) -> Step:
    return Command(("mkdir", "-p", client.kit))


def _cms(client: Client) -> StoreTool:
    """runmqakm on the store of a client before 9.3, which reads CMS with a stash file only (facts tls 2.1)."""
    return StoreTool(client.store, "cms", client.store_password, stash=True, group="")


def kit_operations(topology: Topology, facts: Facts, client: Client, files: Mapping[str, str]) -> list[Operation]:
    """The kit: every file of its folder that is missing or differs, and whom the client's store trusts."""
    if client.awaits:
        return []
    fact = facts.kits.get(client.name, KitFact())
    differing = {path: content for path, content in files.items() if fact.files.get(path) != content}
    writes = tuple(WriteFile(f"{client.kit}/{path}", content, mode=0o644) for path, content in differing.items())
    void = _trusts_a_void_certificate(topology, facts, client)
    copied = [signer for signer in client.signers if void or signer.copy not in fact.files]
    copies = tuple(Command(("cp", signer.file, f"{client.kit}/{signer.copy}")) for signer in copied)
    answer = certificate_copy(client, facts.requests.get(client.name), fact.files)
    resource = f"{client.name}/kit"
    trust = _trust_steps(topology, facts, client, void=void)
    if facts.password_way.closed and _makes_cms(trust):
        return [_operation(client, State.REFUSE, "kit", resource, client_refusal(client, facts), ())]
    table = _binary_table(client) if _TABLE not in fact.files or _DEFINITION in differing else ()
    steps = (*writes, *copies, *answer, *trust, *table)
    if not steps:
        return [_operation(client, State.KEEP, "kit", resource, client.kit, ())]
    if not fact.files:
        return [_operation(client, State.CREATE, "kit", resource, f"{client.kit}: {', '.join(_shown(files))}", steps)]
    names = [*differing, *(signer.copy for signer in copied), *([client.certificate_copy] if answer else [])]
    names += ["key repository"] if trust else []
    reason = ", ".join([*_shown(names), *([_TABLE] if table else [])])
    return [_operation(client, State.CHANGE, "kit", resource, f"{client.kit}: {reason}", steps)]


def _shown(names: Iterable[str]) -> list[str]:
    """File names as a plan shows them; programs, of which there are many, by their number."""
    listed = list(names)
    programs = [name for name in listed if PurePosixPath(name).stem.lower().startswith(("put_get", "putget"))]
    kept = [name for name in listed if name not in programs]
    return [*kept, f"{len(programs)} programs" if len(programs) > 1 else programs[0]] if programs else kept


def _trusts_a_void_certificate(topology: Topology, facts: Facts, client: Client) -> bool:
    """Whether this plan gives the queue manager a new self-signed certificate, so that the one in the kit is void."""
    fact = facts.queue_managers.get(client.queue_manager)
    closed = fact is not None and fact.store is not None and fact.store.exists and not fact.store.usable
    known = fact is None or (fact.running and not closed)
    self_signed = topology.trust is Trust.SELF_SIGNED
    return self_signed and known and not facts.has_own_key(topology.queue_manager(client.queue_manager))


def _trust_steps(topology: Topology, facts: Facts, client: Client, *, void: bool) -> tuple[Step, ...]:
    """Each signer that the client's store lacks and that its certificate did not bring along.

    With `void` those that are there are replaced.
    """
    if not client.store_here:
        return ()
    store = _store_fact(facts, client)
    missing = [signer for signer in client.signers if void or not store.certificate(signer.label)]
    if client.release.pkcs12_repository:
        return tuple(
            MakeKey(AddSigner(client.store, client.store_password, signer.label, signer.file)) for signer in missing
        )
    if _comes_with_certificate(topology, client, store):
        return ()
    tool = _cms(client)
    made = () if store.exists or client.identity else (_folder(client), *tool.create())
    gone = tuple(tool.delete(signer.label) for signer in missing if store.certificate(signer.label))
    return (*made, *gone, *(tool.add(signer.label, signer.file) for signer in missing))


def _makes_cms(steps: tuple[Step, ...]) -> bool:
    """Whether runmqakm makes a store in these steps, for which it takes a password."""
    return any(isinstance(step, Command) and step.argv[:2] == ("runmqakm", "-keydb") for step in steps)


def _comes_with_certificate(topology: Topology, client: Client, store: StoreFact) -> bool:
    """Whether receiving the certificate in this plan adds the authority too, as runmqakm demands it first."""
    if client.identity is None or topology.trust is Trust.SELF_SIGNED:
        return False
    there = store.certificate(client.identity.label)
    return there is None or not there.personal


def _binary_table(client: Client) -> tuple[Step, ...]:
    """The binary CCDT for a client that cannot read JSON, made without a queue manager (facts 2.1, tls 2.8)."""
    if client.release.json_ccdt:
        return ()
    define = mqsc.define(client.definition, replace=True)
    return (
        Command(
            ("runmqsc", "-n"),
            answers=(define, "END"),
            environment={"MQCHLLIB": client.kit, "MQCHLTAB": _TABLE},
        ),
    )


def _store_fact(facts: Facts, client: Client) -> StoreFact:
    kit = facts.kits.get(client.name)
    return kit.store if kit and kit.store else StoreFact(path=client.store, exists=False)


def _operation(
    client: Client, state: State, what: str, resource: str, reason: str, steps: tuple[Step, ...]
) -> Operation:
    return Operation(
        section=client.name,
        state=state,
        what=what,
        resource=resource,
        reason=reason,
        host=client.host,
        steps=steps,
        undo="remove the files, the key too" if what != "kit" else "remove the folder",
    )


def needs_certificate_first(topology: Topology, client: Client) -> bool:
    """Whether the queue manager must be given this client's certificate, so that it has to exist before."""
    return topology.trust is Trust.SELF_SIGNED and client.tls is Tls.MUTUAL
