"""Clients whose keys are made on other hosts: requests come in, our authority signs them, the kit carries answers.

Nothing but files goes between the hosts. Whoever can write into the exchange folder could ask for somebody else's name,
so that a key which the recipe does not name takes a consent after it was compared by phone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from wizard.plan.facts import RequestFact
from wizard.plan.keytool import sign
from wizard.plan.operations import Consent, Operation, State
from wizard.plan.steps import Command, Step, Wait
from wizard.topology.values import Authority, Client

Make = Callable[[State, str, str, str, tuple[Step, ...]], Operation]
"""Makes an operation of the client: state, what, resource, reason, steps."""


def certificate_for_host(client: Client, own: Authority, asked: RequestFact | None, make: Make) -> Operation:
    """The client's certificate: waited for, refused, signed, or there."""
    identity = client.identity
    assert identity is not None  # noqa: S101 - callers have looked
    what, resource = f"certificate {identity.label}", f"{client.name}/certificate/{identity.label}"
    if asked is None:
        why = f"{client.host} makes its key and sends {client.request}: PARTNER.md in its kit says how"
        return make(State.WAIT, what, resource, why, (Wait("host", why),))
    if asked.wrong:
        return make(State.REFUSE, what, resource, f"{client.request}: {asked.wrong}", ())
    if asked.answered:
        return make(State.KEEP, what, resource, f"{identity.subject}, in {client.public}", ())
    step = sign(own.folder, own.passphrase, client.request, client.public, identity.days)
    words = f"{identity.subject}, issued by {own.name} for the key with SHA-256 {asked.public_key}"
    if identity.public_key == asked.public_key:
        return make(State.CREATE, what, resource, words, (step,))
    if identity.public_key:
        reason = f"{client.request} is for the key with SHA-256 {asked.public_key}; the recipe names another one"
        return make(State.REFUSE, what, resource, reason, ())
    reason = f"{words}: compare that with {client.host} by phone, or name it in the recipe (certificate: public_key)"
    return replace(make(State.CREATE, what, resource, reason, (step,)), consent=Consent.WIDE_RULES)


def certificate_copy(client: Client, asked: RequestFact | None, there: Mapping[str, str]) -> tuple[Command, ...]:
    """The certificate into the kit, where it is signed now or missing there."""
    if not client.asks_us or asked is None or asked.wrong:
        return ()
    if asked.answered and client.certificate_copy in there:
        return ()
    return (Command(("cp", client.public, f"{client.kit}/{client.certificate_copy}")),)
