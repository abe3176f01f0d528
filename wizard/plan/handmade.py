"""Key repositories that mqwizard writes itself, where runmqakm cannot be used without showing a password to everybody.

What decides is whether runmqakm takes a password at its terminal (`-pw -`): recalled, not documented, so a run tries it
first. Where it does not, a PKCS#12 store by our own hand does, opened by KEYRPWD: both documented from 9.3 (facts tls
2.1, 2.3). A CMS store cannot be made like that, and a store that others own is not written over by us: these are
refused, with what to do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from wizard.mq.secret_text import SecretRef
from wizard.plan.facts import Facts, PasswordWay, StoreFact
from wizard.plan.keytool import MQM, STORE_MODE, room_for
from wizard.plan.steps import (
    AddSigner,
    Check,
    Command,
    CreateClientStore,
    CreateStore,
    ExtractCertificate,
    FileSecured,
    Later,
    MakeKey,
    ReceiveCertificate,
    RemoveEntry,
    RequestCertificate,
    Step,
)
from wizard.topology.values import Authority, Client, Identity, QueueManager, Topology


@dataclass(frozen=True)
class HandmadeStore:
    """A PKCS#12 store of our own: what `StoreTool` does with runmqakm, without it."""

    path: str | Later
    password: SecretRef
    group: str = MQM

    def create(self) -> tuple[Step, ...]:
        """An empty store, readable by its group."""
        return (MakeKey(CreateStore(self.path, self.password)), *self.secure())

    def create_again(self) -> tuple[Step, ...]:
        """The same in place of what an ended run left behind."""
        return self.create()

    def certificate(self, identity: Identity, public: str, own: Authority | None) -> tuple[Step, ...]:
        """A new key and its certificate, issued by our own authority where there is one; its public part in a file."""
        work = CreateClientStore(
            path=self.path,
            password=self.password,
            label=identity.label,
            subject=identity.subject,
            key=identity.key,
            days=identity.days,
            public=public,
            authority=own.folder if own else "",
            passphrase=own.passphrase if own else None,
        )
        return (MakeKey(work),)

    def request(self, label: str, subject: str, key: str, target: str) -> tuple[Step, ...]:  # noqa: ARG002 - as StoreTool
        """A new key set aside, and the request for its certificate in `target`; a pending one comes again."""
        return (MakeKey(RequestCertificate(self.path, self.password, subject, key, target)),)

    def receive(self, label: str, file: str) -> Step:
        """The answer to our own request, with the key that was set aside."""
        return MakeKey(ReceiveCertificate(self.path, self.password, label, file))

    def add(self, label: str, file: str) -> Step:
        """Somebody else's certificate, trusted from now on, in place of an older one under that label."""
        return MakeKey(AddSigner(self.path, self.password, label, file))

    def delete(self, label: str) -> Step:
        """An entry taken out."""
        return MakeKey(RemoveEntry(self.path, self.password, label))

    def extract(self, label: str, target: str) -> tuple[Step, ...]:
        """The public certificate alone, to give away."""
        return (*room_for(target), MakeKey(ExtractCertificate(self.path, self.password, label, target)))

    def secure(self) -> tuple[Step, ...]:
        """Group and mode of the store, then the check that they hold."""
        return (
            Command(("chgrp", self.group, self.path)),
            Command(("chmod", f"{STORE_MODE:04o}", self.path)),
            Check(FileSecured(self.path, STORE_MODE, self.group)),
        )


def by_hand(topology: Topology, facts: Facts) -> Topology:
    """The topology with the key repositories that mqwizard has to write itself on this machine, or wrote before."""
    return replace(topology, queue_managers=tuple(_fitted(one, facts) for one in topology.queue_managers))


def _fitted(wanted: QueueManager, facts: Facts) -> QueueManager:
    repository = wanted.repository
    fact = facts.queue_managers.get(wanted.name)
    store = fact.store if fact else None
    if repository is None or wanted.adopted or not (_written_by_us(store) or _needed(wanted, store, facts)):
        return wanted
    password = kept_password(wanted) if repository.stash else repository.password
    initial_key = repository.initial_key or SecretRef(f"generated:{wanted.name} initial key")
    made = replace(repository, stash=False, password=password, initial_key=initial_key, by_hand=True)
    return replace(wanted, repository=made)


def _written_by_us(store: StoreFact | None) -> bool:
    return store is not None and store.by_hand


def _needed(wanted: QueueManager, store: StoreFact | None, facts: Facts) -> bool:
    """Whether a password would have to be given to a runmqakm that takes none, and MQ reads a store of our own."""
    repository = wanted.repository
    if repository is None or repository.type != "pkcs12" or not wanted.release.key_repository_password:
        return False
    stashed = repository.stash and store is not None and store.usable
    return facts.password_way.closed and not stashed


def kept_password(wanted: QueueManager) -> SecretRef:
    """The password of a queue manager's store of our own, in a file beside the recipe that its owner alone reads."""
    return SecretRef(f"kept:key-repositories/{wanted.file_stem}.password")


def closed_reason(facts: Facts) -> str:
    """Why runmqakm cannot be given a password here."""
    if facts.password_way is PasswordWay.ABSENT:
        return "runmqakm is not installed here"
    return "runmqakm takes a password only on its command line here, where everybody on this host could read it"


def store_refusal(wanted: QueueManager, path: str, facts: Facts) -> str:
    """Why a queue manager's key repository can be made in neither way, and what to do."""
    if wanted.adopted:
        return (
            f"{closed_reason(facts)}, and {wanted.name} is not ours: let its owner make {path} and stash its password "
            "(runmqakm -keydb -stashpw), then run this again"
        )
    return (
        f"{closed_reason(facts)}, and IBM MQ {wanted.release} reads no other store than a CMS one with a stash file: "
        f"run the recipe without its TLS clients, make {path} yourself (runmqakm -keydb -create -type cms -stash), "
        "then run the whole recipe; or use IBM MQ 9.3 or later"
    )


def client_refusal(client: Client, facts: Facts) -> str:
    """Why a client's CMS store cannot be made, and what to do."""
    return (
        f"{closed_reason(facts)}, and a client of IBM MQ {client.release} reads a CMS store with a stash file only: "
        f"make {client.store} yourself (runmqakm -keydb -create -type cms -stash), or use a client of 9.3 or later"
    )


def password_notes(topology: Topology, facts: Facts) -> tuple[str, ...]:
    """What the way in which key repositories get their passwords rests on, where one is to be made."""
    handmade = [one.name for one in topology.queue_managers if one.repository and one.repository.by_hand]
    notes = []
    if handmade:
        reason = closed_reason(facts) if facts.password_way.closed else "it was made without runmqakm"
        notes.append(
            f"Key repository of {', '.join(handmade)}: {reason}. So mqwizard writes the PKCS#12 file itself. MQ opens "
            "it with KEYRPWD (documented from 9.3); that its GSKit reads what others wrote is recalled."
        )
    if facts.password_way is PasswordWay.TERMINAL:
        notes.append(
            "runmqakm takes a new store's password at its terminal (-pw -): tried here, since IBM does not document it."
        )
    if facts.assumed and any(one.repository for one in topology.queue_managers):
        notes.append(
            "runmqakm gets a new store's password at its terminal (-pw -): recalled, not documented. A run tries it "
            "first; where it is refused, mqwizard writes a PKCS#12 store itself and sets KEYRPWD (9.3 and later)."
        )
    return tuple(notes)
