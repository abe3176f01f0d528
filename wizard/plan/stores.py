"""Operations for a queue manager's key repository: the store, whom it trusts, its own certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wizard.mq.dn import DistinguishedName
from wizard.mq.secret_text import SecretRef
from wizard.plan.asking import Asking, came_with_answer, vouched
from wizard.plan.facts import CertificateFact, StoreFact
from wizard.plan.handmade import HandmadeStore, store_refusal
from wizard.plan.keytool import MQM, StoreTool, sign, stem
from wizard.plan.operations import Consent, Operation, State
from wizard.plan.scene import Scene
from wizard.plan.steps import Check, Later, Step, StoreHolds
from wizard.topology.values import Authority, Identity, Repository, Signer, Trust

EXPIRES_SOON = 30
"""Days left from which a certificate's end is pointed out."""


def refresh_owed(scene: Scene) -> str:
    """The name under which a refresh of a queue manager's TLS is remembered until it is done."""
    return f"{scene.name} refresh ssl"


@dataclass(frozen=True)
class StorePlan:
    """The operations on one queue manager's key repository."""

    scene: Scene
    repository: Repository
    identity: Identity
    tool: StoreTool | HandmadeStore
    fact: StoreFact

    def operations(self) -> list[Operation]:
        """The store itself, then the signers, then the personal certificate that needs them."""
        reason = self._refusal()
        if reason:
            return [self._operation(State.REFUSE, "key repository", self._address, reason, ())]
        signers = [self._signer(signer) for signer in self.scene.wanted.signers]
        given = [self._given(signer) for signer in self.scene.wanted.gives]
        return [self._store(), *signers, *self._foreign(), *self._certificates(), *given]

    def _certificates(self) -> list[Operation]:
        """The personal certificate; one that a CA elsewhere issues is asked for, and received when it is there."""
        there = self._there(self.identity.label)
        taken = None if there else self._taken_over()
        if taken is not None:
            return [taken]
        if not self.identity.requested or (there and there.personal):
            return [self._certificate()]
        asking = Asking(
            owner=self.scene.name,
            identity=self.identity,
            request=self.scene.wanted.request,
            public=self.scene.wanted.public,
            tool=self.tool,
            pending=self._whole and self.identity.label.lower() in {one.lower() for one in self.fact.requests},
            after=(*self.tool.secure(), self._check(self.identity.label, personal=True)),
        )
        return asking.operations(self.scene.facts, self._asked)

    def _taken_over(self) -> Operation | None:
        """The certificate with its key from our CMS store that this one replaces, so that nobody notices the change."""
        former, label = self.fact.former, self.identity.label
        there = former.certificate(label) if former and former.usable else None
        if former is None or there is None or not there.personal or not isinstance(self.tool, StoreTool):
            return None
        if other_certificate(there, self.identity, self.scene.topology.authority) or not self.repository.stash:
            return None
        reason = f"{self.identity.subject}, with its key from {former.path}"
        check = self._check(label, personal=True)
        steps = (self.tool.take_over(former.path, label), *self.tool.secure(), check)
        resource = self.scene.address("certificate", label)
        return self._operation(State.CREATE, f"certificate {label}", resource, reason, steps)

    def _asked(self, state: State, what: str, resource: str, reason: str, steps: tuple[Step, ...]) -> Operation:
        return self._operation(state, what, self.scene.address(resource), reason, steps)

    def leaving(self) -> list[Operation]:
        """The signers that earlier runs added and nobody wants now."""
        if self._refusal() or not self._whole:
            return []
        wanted = {one.label.lower() for one in self.scene.wanted.signers}
        made = {one.lower(): one for one in self.scene.facts.memory.made}
        left = [one for one in self.fact.certificates if not one.personal and one.label.lower() not in wanted]
        ours = [(one, made.get(self.scene.address("signer", one.label).lower())) for one in left]
        going = self._waiting if self.scene.wanted.shows else self._deletion
        return [going(entry, resource) for entry, resource in ours if resource]

    def _waiting(self, entry: CertificateFact, resource: str) -> Operation:
        reason = f"{entry.subject or entry.label}: stays until its client has moved"
        return self._operation(State.KEEP, f"signer {entry.label}", resource, reason, ())

    def _foreign(self) -> list[Operation]:
        """Signers in our store that neither the recipe wants nor an earlier run added."""
        if self.scene.wanted.adopted or not self._whole:
            return []
        wanted = {one.label.lower() for one in self.scene.wanted.signers}
        made = {one.lower() for one in self.scene.facts.memory.made}
        return [
            self._foreign_signer(one)
            for one in self.fact.certificates
            if not one.personal
            and one.label.lower() not in wanted
            and self.scene.address("signer", one.label).lower() not in made
        ]

    def _deletion(self, entry: CertificateFact, resource: str) -> Operation:
        steps = (self.tool.delete(entry.label), *self.tool.secure())
        reason = f"{entry.subject or 'trusted by an earlier recipe'}: no longer in the recipe"
        gone = self._operation(State.DELETE, f"signer {entry.label}", resource, reason, steps)
        return replace(gone, consent=Consent.DELETE, undo="put the former file back")

    def _foreign_signer(self, entry: CertificateFact) -> Operation:
        resource = self.scene.address("signer", entry.label)
        who = f"{entry.subject}: " if entry.subject else ""
        reason = f"{who}not in the recipe, not ours, left: whoever it vouches for passes the TLS of every channel"
        return replace(self._operation(State.KEEP, f"signer {entry.label}", resource, reason, ()), drift=True)

    def _given(self, signer: Signer) -> Operation:
        """A certificate of an adopted store, for the clients that must trust it."""
        what, resource = f"certificate {signer.label}", self.scene.address("given", signer.label)
        if signer.file in self.scene.facts.exchange:
            return self._operation(State.KEEP, what, resource, f"its public part lies in {signer.file}", ())
        steps = self.tool.extract(signer.label, signer.file)
        return self._operation(State.RUN, what, resource, f"its public part to {signer.file}, for the clients", steps)

    @property
    def _address(self) -> str:
        return self.scene.address("key-repository")

    @property
    def _whole(self) -> bool:
        return self.fact.exists and self.fact.usable

    def _refusal(self) -> str:
        """Why a store that is there and does not open may not be made anew, or an empty text.

        One of ours that no queue manager uses yet is disposable: a run was ended while it made it.
        """
        if self._locked_out:
            return store_refusal(self.scene.wanted, self.fact.path, self.scene.facts)
        if self._whole or not self.fact.exists:
            return ""
        password = "a stashed password" if self.repository.stash else "the password that the recipe names"
        if self.scene.wanted.adopted:
            return (
                f"{self.fact.path} of {self.scene.name} does not open with {password}: "
                "name its password in the recipe (key_repository: {password: env:NAME})"
            )
        if not self.scene.facts.memory.ours(self._address):
            return f"{self.fact.path} is there, is not ours and does not open with {password}: move it away first"
        if self._in_use:
            return (
                f"{self.fact.path} is in use and does not open with {password}: restore it, or move it away "
                "for a new one with new certificates"
            )
        return ""

    @property
    def _locked_out(self) -> bool:
        """Whether runmqakm would have to be given a password here and cannot be."""
        runmqakm = isinstance(self.tool, StoreTool) and self.scene.facts.password_way.closed
        return runmqakm and not (self.repository.stash and self.fact.exists)

    @property
    def _in_use(self) -> bool:
        """Whether SSLKEYR and CERTLABL name it; SSLKEYR alone names a CMS store from the first day (facts tls 2.2)."""
        own = self.scene.fact.own if self.scene.fact else None
        named = self.fact.path if self.repository.type == "pkcs12" else stem(self.fact.path)
        return own is not None and (own.text("SSLKEYR"), own.text("CERTLABL")) == (named, self.identity.label)

    def _operation(self, state: State, what: str, resource: str, reason: str, steps: tuple[Step, ...]) -> Operation:
        return replace(
            self.scene.operation(state, what, resource, reason, steps),
            owes=refresh_owed(self.scene) if steps and state is not State.RUN else "",
            undo="take it out of the store" if resource != self._address else "put the former file back",
        )

    def _store(self) -> Operation:
        shown = self.fact.path
        how = "password stashed" if self.repository.stash else "password in KEYRPWD"
        by_hand = ", written by mqwizard itself" if self.repository.by_hand else ""
        reason = f"{shown}, {how}, group mqm, 0640{by_hand}"
        if self._whole and (self._is_secure or self.scene.wanted.adopted):
            return self._operation(State.KEEP, "key repository", self._address, shown, ())
        if self._whole:
            old = f"{self.fact.mode:04o}, group {self.fact.group or 'unknown'}"
            steps = self.tool.secure()
            repaired = f"{shown}: {old} → 0640, group mqm"
            # What it holds stays, so nothing has to be read anew and nobody is interrupted.
            return replace(self._operation(State.CHANGE, "key repository", self._address, repaired, steps), owes="")
        again = self.fact.exists or self.scene.facts.memory.unfinished(self._address)
        steps = self.tool.create_again() if again else self.tool.create()
        return self._operation(State.CREATE, "key repository", self._address, reason, steps)

    @property
    def _is_secure(self) -> bool:
        return self.fact.mode == 0o640 and self.fact.group == "mqm"

    def _there(self, label: str) -> CertificateFact | None:
        return self.fact.certificate(label) if self._whole else None

    def _signer(self, signer: Signer) -> Operation:
        resource = self.scene.address("signer", signer.label)
        check = self._check(signer.label, personal=False)
        brought = came_with_answer(self.scene.facts, signer)
        steps = (*brought, self.tool.add(signer.label, signer.file), *self.tool.secure(), check)
        if not self._there(signer.label):
            return self._new_signer(signer, resource, steps)
        if self._outdated(signer):
            again = (self.tool.delete(signer.label), *steps)
            reason = f"{signer.subject}: its certificate is made anew"
            return self._operation(State.CHANGE, f"signer {signer.label}", resource, reason, again)
        return self._operation(State.KEEP, f"signer {signer.label}", resource, signer.subject, ())

    def _new_signer(self, signer: Signer, resource: str, steps: tuple[Step, ...]) -> Operation:
        """On a queue manager of others a new signer is a door for its other TLS channels too; their rules decide."""
        operation = self._operation(State.CREATE, f"signer {signer.label}", resource, signer.subject, steps)
        if self.identity.requested:
            return vouched(operation, self.scene.topology, self.scene.facts, signer)
        ours = {channel.name for channel in self.scene.wanted.channels}
        others = (
            sorted(self.scene.fact.secured_channels - ours) if self.scene.fact and self.scene.wanted.adopted else []
        )
        if not others:
            return operation
        reason = f"{signer.subject}; whoever it vouches for passes the TLS of {', '.join(others)} too"
        return replace(operation, reason=reason, consent=Consent.WIDE_RULES)

    def _outdated(self, signer: Signer) -> bool:
        """Whether this plan gives a self-signed client a new certificate, so that the one in the store is void."""
        return any(
            client.identity and client.public == signer.file and not self.scene.facts.has_key(client)
            for client in self.scene.topology.clients
        )

    def _certificate(self) -> Operation:
        resource = self.scene.address("certificate", self.identity.label)
        what = f"certificate {self.identity.label}"
        there = self._there(self.identity.label)
        if there and there.personal:
            return self._kept(there, what, resource)
        return self._operation(State.CREATE, what, resource, self._sentence(), self._certificate_steps())

    def _kept(self, there: CertificateFact, what: str, resource: str) -> Operation:
        other = other_certificate(there, self.identity, self.scene.topology.authority)
        if other and not self.scene.wanted.adopted:
            return self._operation(State.REFUSE, what, resource, other, ())
        if self._export_missing():
            steps = self.tool.extract(self.identity.label, self.scene.wanted.public)
            return self._operation(State.RUN, what, resource, "extract the public part again", steps)
        left = days_left(there.days_left)
        return self._operation(State.KEEP, what, resource, f"{self.identity.subject}, {left}", ())

    def _export_missing(self) -> bool:
        """Whether the public part that self-signed clients trust is gone from the exchange folder."""
        self_signed = self.scene.topology.trust is Trust.SELF_SIGNED and not self.scene.wanted.gives
        return self_signed and self.scene.wanted.public not in self.scene.facts.exchange

    def _sentence(self) -> str:
        own = self.scene.topology.authority
        issuer = f"issued by {own.name}" if own else "self-signed"
        return f"{self.identity.subject}  {key_words(self.identity.key)}  {self.identity.days} days, {issuer}"

    def _check(self, label: str, *, personal: bool) -> Step:
        by_hand = self.repository.by_hand
        return Check(StoreHolds(self.tool.path, self._password, label, personal=personal, by_hand=by_hand))

    def _certificate_steps(self) -> tuple[Step, ...]:
        own = self.scene.topology.authority
        check = self._check(self.identity.label, personal=True)
        if isinstance(self.tool, HandmadeStore):
            made = self.tool.certificate(self.identity, self.scene.wanted.public, own)
            return (*made, *self.tool.secure(), check)
        if own is None:
            return (
                self.tool.self_signed(
                    self.identity.label, self.identity.subject, self.identity.key, self.identity.days
                ),
                *self.tool.extract(self.identity.label, self.scene.wanted.public),
                *self.tool.secure(),
                check,
            )
        request, answer = self.scene.wanted.request, self.scene.wanted.public
        pending = self._whole and self.identity.label.lower() in {one.lower() for one in self.fact.requests}
        ask = (
            self.tool.request_again(self.identity.label, request)
            if pending
            else self.tool.request(self.identity.label, self.identity.subject, self.identity.key, request)
        )
        signed = sign(own.folder, own.passphrase, request, answer, self.identity.days)
        return (*ask, signed, self.tool.receive(self.identity.label, answer), *self.tool.secure(), check)

    @property
    def _password(self) -> SecretRef | None:
        return None if self.repository.stash else self.repository.password


def store_plan(scene: Scene, repository: Repository, identity: Identity) -> StorePlan:
    """The plan for the key repository of the scene's queue manager."""
    path = store_path(scene, repository)
    fact = scene.fact.store if scene.fact and scene.fact.store else StoreFact(path=shown_path(path), exists=False)
    # Whoever owns an adopted store has settled who may read it.
    settled = scene.wanted.adopted and fact.exists
    if repository.by_hand:
        return StorePlan(scene, repository, identity, HandmadeStore(path, repository.password), fact)
    tool = StoreTool(path, repository.type, repository.password, repository.stash, group="" if settled else MQM)
    return StorePlan(scene, repository, identity, tool, fact)


def store_path(scene: Scene, repository: Repository) -> str | Later:
    """Where the store lies: in the folder that the recipe names, or in the ssl folder that the queue manager names."""
    if repository.file:
        return repository.file
    if repository.folder:
        return f"{repository.folder}/{repository.file_name}"
    if scene.fact and scene.fact.ssl_folder:
        return f"{scene.fact.ssl_folder}/{repository.file_name}"
    folder = scene.name.replace(".", "!").replace("/", "&")
    root = scene.wanted.creation.data_path or f"{scene.facts.data_path}/qmgrs"
    return Later(scene.name, "ssl_folder", f"{root}/{folder}/ssl", f"/{repository.file_name}")


def shown_path(path: str | Later) -> str:
    """A path as the plan shows it."""
    return path if isinstance(path, str) else path.shown


def other_certificate(there: CertificateFact, wanted: Identity, own: Authority | None) -> str:
    """Why what stands under the label cannot be kept, or an empty text; what a tool did not say is taken as right."""
    issuer = own.subject if own else there.issuer if wanted.requested else wanted.subject
    if there.subject and not same_subject(there.subject, wanted.subject):
        found, asked = there.subject, wanted.subject
    elif there.issuer and not same_subject(there.issuer, issuer):
        found, asked = f"a certificate issued by {there.issuer}", f"one issued by {issuer}"
    else:
        return ""
    return (
        f"{found} stands under label {wanted.label}, {asked} is wanted: "
        "give the recipe another label, so that the old one stays until nobody needs it"
    )


def same_subject(one: str, other: str) -> bool:
    """Whether two distinguished names are the same, whatever the order in which a tool prints them."""
    first, second = DistinguishedName.parse(one).in_order, DistinguishedName.parse(other).in_order
    return [(key, value.casefold()) for key, value in first] == [(key, value.casefold()) for key, value in second]


def days_left(days: int | None) -> str:
    """How long a certificate lasts, in words."""
    if days is None:
        return "end unknown"
    if days < 0:
        return f"EXPIRED {-days} days ago"
    return f"{days} days left" + (", expires soon" if days <= EXPIRES_SOON else "")


def key_words(key: str) -> str:
    """A key kind as people write it: `rsa-2048` is RSA 2048."""
    return key.upper().replace("-", " ", 1)
