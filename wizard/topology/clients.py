"""The intent `clients`: an application that connects, and what that takes on its queue manager."""

from __future__ import annotations

from collections.abc import Iterable

from wizard.mq import authority, chlauth
from wizard.mq.attributes import normalise
from wizard.mq.dn import DistinguishedName, pattern_for
from wizard.mq.objects import Kind, MqObject, Value
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.recipe.derived import channel_of, client_certificate_of, user_of
from wizard.recipe.patterns import fill
from wizard.recipe.schema import ClientEntry, Recipe
from wizard.topology.naming import identity
from wizard.topology.values import Account, Authority, Client, Identity, QueueManager, Signer, Tls, Trust, plain_word

NEGOTIATED = frozenset({"COMPHDR", "COMPMSG", "HBINT", "KAINT", "MAXMSGL", "SHARECNV"})
"""The attributes of a channel that both of its ends have to be given; its others mean only the queue manager's end."""

NO_ACCESS = "*NOACCESS"
"""No such user exists, so a connection that no rule maps has no authority (facts 5.3)."""


def client(
    recipe: Recipe, name: str, entry: ClientEntry, queue_manager: QueueManager, authority_of: Authority | None
) -> Client:
    """A client with its names, certificate, cipher, addresses and rights settled."""
    tls = Tls(entry.tls)
    user = user_of(recipe, name, entry)
    release = Release.parse(entry.mq) if entry.mq else queue_manager.release
    channel = channel_of(recipe, name, entry)
    cipher = _cipher(recipe, entry, channel, min(release, queue_manager.release), queue_manager.identity)
    own = None
    if tls is Tls.MUTUAL:
        certificate = client_certificate_of(recipe, name, entry)
        own = identity(recipe, certificate, queue_manager.name, entry.certificate)
    return Client(
        name=name,
        queue_manager=queue_manager.name,
        host=entry.host or "",
        tls=tls,
        channel=channel,
        cipher=cipher if tls is not Tls.NONE else "",
        account=Account(user, entry.group or user, shared=entry.group is not None),
        queues=tuple((queue, authority.held("QUEUE", words)) for queue, words in entry.grants.items()),
        addresses=entry.address,
        release=release,
        definition=_definition(recipe, entry, channel, queue_manager, cipher if tls is not Tls.NONE else "", own),
        identity=own,
        signers=_trusted(tls, queue_manager, authority_of),
        password=SecretRef(entry.password) if entry.password else None,
        reset_bytes=entry.reset_bytes or 0,
        programs=entry.kit,
    )


def _cipher(recipe: Recipe, entry: ClientEntry, channel: str, release: Release, server: Identity | None) -> str:
    shared = recipe.channels.get(channel)
    key_type = "EC" if server and server.key.startswith("ec") else "RSA"
    return entry.cipher or (shared.cipher if shared else None) or release.default_cipher(key_type)


def _definition(
    recipe: Recipe,
    entry: ClientEntry,
    channel: str,
    queue_manager: QueueManager,
    cipher: str,
    own: Identity | None,
) -> MqObject:
    """The client-connection channel; it checks the queue manager's name, as MQ compares no host name (facts 7.5)."""
    values: dict[str, Value] = {
        "CHLTYPE": "CLNTCONN",
        "TRPTYPE": "TCP",
        "CONNAME": f"{queue_manager.address}({queue_manager.port})",
        "QMNAME": queue_manager.name,
    }
    if cipher:
        values["SSLCIPH"] = cipher
        if queue_manager.identity:
            values["SSLPEER"] = exactly(queue_manager.identity.subject)
    if own:
        values["CERTLABL"] = own.label
    shared = recipe.channels.get(channel)
    wanted = {**entry.attributes, **(shared.attributes if shared else {})}
    values |= {
        keyword: normalise(Kind.CHANNEL, keyword, value) for keyword, value in wanted.items() if keyword in NEGOTIATED
    }
    return MqObject(Kind.CHANNEL, channel, values)


def _trusted(tls: Tls, queue_manager: QueueManager, authority_of: Authority | None) -> tuple[Signer, ...]:
    if tls is Tls.NONE or queue_manager.identity is None:
        return ()
    if authority_of:
        return (signer_of(authority_of),)
    if queue_manager.identity.requested:
        return ()  # known when the answer is there
    return (Signer(queue_manager.identity.label, queue_manager.identity.subject, queue_manager.public),)


def signer_of(own: Authority) -> Signer:
    """The recipe's own authority as a store trusts it."""
    return Signer(label=plain_word(own.name), subject=own.subject, file=own.certificate)


def server_channel(recipe: Recipe, name: str, clients: Iterable[Client], entries: Iterable[ClientEntry]) -> MqObject:
    """The server-connection channel that one or several clients share; nobody gets in until a rule maps one."""
    users = list(clients)
    first = users[0]
    values: dict[str, Value] = {"CHLTYPE": "SVRCONN", "TRPTYPE": "TCP", "MCAUSER": NO_ACCESS}
    if first.cipher:
        values["SSLCIPH"] = first.cipher
        values["SSLCAUTH"] = "REQUIRED" if first.tls is Tls.MUTUAL else "OPTIONAL"
    if recipe.names.description:
        who = ", ".join(user.name for user in users)
        values["DESCR"] = fill(recipe.names.description, who, first.queue_manager)[:64]
    shared = recipe.channels.get(name)
    for wanted in [entry.attributes for entry in entries] + ([shared.attributes] if shared else []):
        values |= {keyword: normalise(Kind.CHANNEL, keyword, value) for keyword, value in wanted.items()}
    return MqObject(Kind.CHANNEL, name, values)


def rules(own: Client, issuer: str, trust: Trust) -> tuple[MqObject, ...]:
    """The channel authentication records that let this client in, one for each address it may come from."""
    user = own.account.user
    places = own.addresses or ("",)
    if own.tls is Tls.MUTUAL and own.identity:
        subject = exactly(own.identity.subject)
        issued_by = subject if trust is Trust.SELF_SIGNED else exactly(issuer) if issuer else ""
        return tuple(chlauth.ssl_peer_map(own.channel, subject, issued_by, place, user) for place in places)
    if own.tls is Tls.SERVER:
        maps = (chlauth.user_map(own.channel, user, place, user) for place in places)
        return tuple(chlauth.with_attribute(one, "CHCKCLNT", "REQUIRED") for one in maps)
    return tuple(chlauth.address_map(own.channel, place, user) for place in places)


def exactly(subject: str) -> str:
    """The pattern that only this distinguished name matches; a star in a name is no wildcard."""
    return pattern_for(DistinguishedName.parse(subject))


def grants(own: Client) -> tuple[MqObject, ...]:
    """The authority records of this client's group: connect and inquire, and what it may do with each queue."""
    group = own.account.group
    connect = record("SELF", "QMGR", group, ("CONNECT", "INQ"))
    return (connect, *(record(queue, "QUEUE", group, words) for queue, words in own.queues))


def record(profile: str, object_type: str, group: str, words: tuple[str, ...]) -> MqObject:
    return MqObject(
        Kind.AUTHREC,
        profile,
        {"OBJTYPE": object_type, "ENTTYPE": "GROUP", "ENTITY": group, "AUTHLIST": words},
    )
