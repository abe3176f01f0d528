"""A certificate that a CA elsewhere issues: the request goes out, the plan waits, the answer is received.

Used for queue managers and for clients whose key is made here. The exchange folder is all that both sides share.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from wizard.plan.facts import AnswerFact, Facts
from wizard.plan.handmade import HandmadeStore
from wizard.plan.keytool import StoreTool
from wizard.plan.operations import Consent, Operation, State
from wizard.plan.steps import Step, Wait, WriteFile
from wizard.topology.values import Identity, Signer, Topology

PUBLIC = 0o644

Make = Callable[[State, str, str, str, tuple[Step, ...]], Operation]
"""Makes an operation of a section: state, what, resource within the section, reason, steps."""


@dataclass(frozen=True)
class Asking:
    """One certificate on its way: whose, by which tool, and whether its key waits for the answer already.

    `made` are the steps that make a store which is not there yet, `trusted` those that add whoever vouches for the
    answer, `after` those that end a receipt.
    """

    owner: str
    identity: Identity
    request: str
    public: str
    tool: StoreTool | HandmadeStore
    pending: bool
    made: tuple[Step, ...] = ()
    trusted: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()

    def operations(self, facts: Facts, make: Make) -> list[Operation]:
        """Receive an answer that is there and right; otherwise ask, where nobody asked yet, and wait."""
        answer = facts.answers.get(self.owner)
        resource, what = f"certificate/{self.identity.label}", f"certificate {self.identity.label}"
        if self.pending and answer and answer.wrong:
            return [make(State.REFUSE, what, resource, f"{answer.file}: {answer.wrong}", ())]
        if self.pending and answer and answer.usable:
            words = f"{answer.subject}, issued by {answer.issuer}, from {answer.file}"
            receive = self.tool.receive(self.identity.label, self.public)
            steps = (*self.trusted, WriteFile(self.public, answer.pem, mode=PUBLIC), receive, *self.after)
            return [make(State.CREATE, what, resource, words, steps)]
        asked = [] if self.pending and answer else [self._request(make)]
        why = waiting_words(self.request, answer if self.pending else None, facts.unread)
        return [*asked, make(State.WAIT, what, resource, why, (Wait("ca", why),))]

    def _request(self, make: Make) -> Operation:
        identity = self.identity
        if self.pending and isinstance(self.tool, StoreTool):
            steps = self.tool.request_again(identity.label, self.request)
        else:
            steps = self.tool.request(identity.label, identity.subject, identity.key, self.request)
        label = f"request {identity.label}"
        reason = f"{identity.subject}, to {self.request}"
        return make(State.CREATE, label, f"request/{identity.label}", reason, (*self.made, *steps))


def waiting_words(request: str, answer: AnswerFact | None, unread: tuple[str, ...]) -> str:
    """What a certificate waits for, in words."""
    words = f"send {request} to the CA; put its answer and the CA's own certificates into exchange/, in any form"
    if answer and answer.missing:
        words = f"{answer.file} is the answer, but its chain is not whole. {answer.missing}"
    return "; ".join([words, *unread])


def came_with_answer(facts: Facts, signer: Signer) -> tuple[Step, ...]:
    """The file of a CA's certificate that an answer brought along, written under its own name."""
    for answer in facts.answers.values():
        for one in answer.chain:
            if one.file == signer.file and answer.usable:
                return (WriteFile(one.file, one.pem, mode=PUBLIC),)
    return ()


def vouched(operation: Operation, topology: Topology, facts: Facts, signer: Signer) -> Operation:
    """The operation that trusts a CA which an answer brought along: refused, consented to, or named by the recipe.

    Its root decides. Whoever can write into the exchange folder could bring along a CA of their own, so that a root
    which the recipe does not name takes a consent after its fingerprint was compared.
    """
    chains = [one.chain for one in facts.answers.values() if any(each.file == signer.file for each in one.chain)]
    roots = {chain[-1].fingerprint for chain in chains}
    if roots and roots <= topology.roots:
        return operation
    shown = f"{signer.subject}, by the root with SHA-256 {', '.join(sorted(roots))}"
    if topology.roots:
        reason = f"{shown}: the recipe names another root (trust: fingerprint), so this is not the CA that was meant"
        return replace(operation, state=State.REFUSE, reason=reason, steps=())
    reason = f"{shown}: compare that with what the CA publishes, or name it in the recipe (trust: fingerprint)"
    return replace(operation, reason=reason, consent=Consent.WIDE_RULES)
