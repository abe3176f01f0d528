"""What TLS, trust, addresses and users have to do with each other."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.recipe.derived import user_of
from wizard.recipe.remedies import one_of
from wizard.recipe.schema import ClientEntry, Recipe
from wizard.recipe.subject import Found, Subject

NEEDS_TLS = {
    "certificate": ("mutual",),
    "password": ("server",),
    "cipher": ("server", "mutual"),
    "reset_bytes": ("server", "mutual"),
}
"""The fields of a client that mean something only with these values of `tls`."""

OWN_CA_ONLY = ("name", "folder", "key", "days", "passphrase")
"""The fields of `trust` that describe the own CA."""

PRIVILEGED = frozenset({"mqm", "root", "musr_mqadmin"})
"""Users that administer MQ by their name alone; others by their groups, which only the machine knows."""


def check_tls(subject: Subject) -> Iterator[Found]:
    """What a client says must fit its `tls`, and without TLS it says where it comes from."""
    for name, client in subject.recipe.clients.items():
        path = ("clients", name)
        if subject.gaps.touch(*path, "tls"):
            continue
        for field, values in NEEDS_TLS.items():
            if field in client.model_fields_set and client.tls not in values:
                what = f"{field}: with tls: {client.tls} it has no meaning."
                yield Found((*path, field), what, f"Take it out, or say tls: {one_of(values)}.", key=True)
        if client.tls == "none" and not client.address and not subject.gaps.touch(*path, "address"):
            yield Found(
                (*path, "tls"),
                "Without TLS the address is all that tells this client from others.",
                "Say `address:` and where it connects from, such as 10.1.2.7 or 10.1.2.*.",
            )


def check_addresses(subject: Subject) -> Iterator[Found]:
    """MQ refuses ranges of one client that overlap without one lying inside the other (reason 3343)."""
    for name, client in subject.recipe.clients.items():
        if len(client.address) > 1 and not subject.gaps.touch("clients", name, "address"):
            yield from _overlaps(name, client)


def _overlaps(name: str, client: ClientEntry) -> Iterator[Found]:
    from wizard.mq.addresses import AddressPattern, is_host_name

    before: list[AddressPattern] = []
    for index, text in enumerate(client.address[:100]):
        if is_host_name(text):
            continue
        pattern = AddressPattern.parse(text)
        clash = next((one for one in before if pattern.conflicts_with(one) or pattern.parts == one.parts), None)
        if clash:
            what = f"{text} overlaps {clash.text}, and neither lies inside the other."
            if pattern.parts == clash.parts:
                what = f"{text} covers the same addresses as {clash.text}."
            yield Found(("clients", name, "address", index), what, "Write addresses that do not overlap.")
        before.append(pattern)


def check_trust(subject: Subject) -> Iterator[Found]:
    """What describes the own CA stands only where there is one."""
    trust = subject.recipe.trust
    if trust.fingerprint and trust.kind != "external" and not subject.gaps.touch("trust", "kind"):
        what = f"fingerprint: with trust: {trust.kind} no CA elsewhere issues certificates."
        yield Found(("trust", "fingerprint"), what, "Take it out, or say kind: external.", key=True)
    if trust.kind == "ca" or subject.gaps.touch("trust", "kind"):
        return
    for field in OWN_CA_ONLY:
        if field in trust.model_fields_set:
            what = f"{field}: with trust: {trust.kind} there is no own CA."
            yield Found(("trust", field), what, "Take it out, or say kind: ca.", key=True)


def check_organization(subject: Subject) -> Iterator[Found]:
    """A distinguished name that is derived from the organization needs one."""
    recipe = subject.recipe
    if recipe.organization is not None or subject.gaps.touch("organization"):
        return
    if any("{organization}" in pattern for pattern in _patterns_in_use(recipe)):
        yield Found((), "'organization' is missing.", "The distinguished names of the certificates hold it.")


def _patterns_in_use(recipe: Recipe) -> Iterator[str]:
    """The patterns of the distinguished names that the recipe's certificates get."""
    managers = set()
    for client in recipe.clients.values():
        if client.tls != "none":
            managers.add(client.connects_to)
        if client.tls == "mutual":
            yield client.certificate.distinguished_name or recipe.certificates.distinguished_name
    for name in managers & recipe.queue_managers.keys():
        own = recipe.queue_managers[name].certificate.distinguished_name
        yield own or recipe.certificates.distinguished_name
    if managers and recipe.trust.kind == "ca":
        yield recipe.trust.name
        yield recipe.certificates.distinguished_name


def check_users(subject: Subject) -> Iterator[Found]:
    """No client runs as a user that administers MQ."""
    for name, client in subject.recipe.clients.items():
        user = user_of(subject.recipe, name, client)
        if user.lower() in PRIVILEGED:
            yield Found(
                ("clients", name, "user"),
                f"user: {user} administers MQ, and MQ lets no such user in over a channel.",
                "Name a user that exists only for this client.",
            )
        if (client.group or "").lower() in PRIVILEGED:
            what = f"group: whoever is in {client.group} administers MQ."
            yield Found(("clients", name, "group"), what, "Name a group of its own.")
