"""The one door for command line and screens: an order is planned, agreed to, carried out and proven.

A face hands in what it is told (`tell`), what it is asked (`decide`), and whether the person wants the run to end
(`stop`). Everything happens in the calling thread, which holds the locks and the sessions until the function returns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.apply import applied, check, check_answers
from wizard.engine.approval import Approval, check_approval
from wizard.engine.events import (
    CarriedOut,
    Checked,
    Decide,
    Go,
    Moved,
    Planned,
    ProofBegun,
    Proven,
    Site,
    Tell,
    Transcribed,
)
from wizard.engine.prepare import Prepared, prepared
from wizard.engine.request import Request
from wizard.errors import Refused, Stopped
from wizard.plan.text import counted, totals
from wizard.run.execute import Progress, Stop, go_on

if TYPE_CHECKING:
    from wizard.proof.values import Check, Proof
    from wizard.run.journal import Journal


@dataclass(frozen=True)
class Conduct:
    """How a face takes part in an order, and what is wanted after the plan was carried out."""

    tell: Tell
    decide: Decide
    stop: Stop = go_on
    proof: bool = True
    prove_refusals: bool = False

    def order(self, request: Request, approval: Approval | None = None) -> Proof | None:
        """Plan, agree, carry out, prove; the proof, or None where there was none to make.

        A queue manager that stands still is started first; what else it takes is planned once it can be looked at.
        With `approval` the plan must be the one approved. Raises what `prepared`, `check_approval`, `decide` and
        `applied` raise.
        """
        with prepared(request, dry=False) as first:
            self._listen(first)
            if approval:
                check_approval(first, approval)
            ready, request = self._agreed(first, request)
            if ready.plan.unseen and not approval:
                with applied(ready, request, self._moved, self.stop):
                    self._tell_done(ready)
                ready, request = self._agreed(ready.again(request.allowed), request)
            with applied(ready, request, self._moved, self.stop) as journal:
                self._tell_done(ready)
                check_answers(ready.plan)
                if not self.proof or ready.plan.unseen or not ready.topology.clients:
                    return None
                return self._prove(ready, request, journal)

    def only_prove(self, request: Request) -> Proof:
        """Prove what is there; Refused where recipe and machine differ, since that would prove something else."""
        with prepared(request, dry=False) as ready:
            self._listen(ready)
            check(ready.plan)
            if ready.plan.work:
                raise Refused(
                    f"{counted(len(ready.plan.work), 'operation')} pending: {totals(ready.plan)}",
                    "A proof would be about something else than the recipe.",
                    "Run the recipe first; --dry-run shows what differs.",
                )
            with applied(ready, request, self._moved, self.stop) as journal:
                return self._prove(ready, request, journal)

    def _agreed(self, ready: Prepared, request: Request) -> tuple[Prepared, Request]:
        """The plan that the face wants carried out, and the order with the consents that it was made under."""
        while True:
            self.tell(planned(ready, request))
            answer = self.decide(ready.plan)
            if isinstance(answer, Go):
                return ready, request
            request = replace(request, allowed=answer.allowed)
            ready = ready.again(request.allowed)

    def _listen(self, ready: Prepared) -> None:
        if ready.machine is not None:
            ready.machine.driver.transcript.heard = lambda text: self.tell(Transcribed(tuple(text.splitlines())))

    def _moved(self, progress: Progress) -> None:
        self.tell(Moved(progress))

    def _tell_done(self, ready: Prepared) -> None:
        done = len(ready.plan.work)
        if done or not ready.plan.waiting:
            self.tell(CarriedOut(done))

    def _prove(self, ready: Prepared, request: Request, journal: Journal) -> Proof:
        from wizard.engine.prove import prove, write_report

        self.tell(ProofBegun(f"{Path(ready.source.name).stem} on {request.host or ready.facts.host}"))
        proof = prove(ready, journal, prove_refusals=self.prove_refusals, watch=self._checked)
        self.tell(Proven(proof, write_report(ready, proof, request)))
        return proof

    def _checked(self, made: Check) -> None:
        self.tell(Checked(made))
        if self.stop():
            raise Stopped(
                "The proof was stopped; its queue is removed again.",
                "What the plan said is done, and not wholly proven.",
                "Run the same command again to prove it.",
            )


def look(request: Request) -> Planned:
    """The plan alone, as a dry run makes it: nothing is written or held; no IBM MQ counts as an empty machine."""
    with prepared(request, dry=True) as ready:
        return planned(ready, request)


def planned(ready: Prepared, request: Request) -> Planned:
    """What a face is told of a plan."""
    folder = request.folder or ready.source.base
    release = ready.facts.release
    site = Site(
        host=request.host or ready.facts.host,
        release=f"{release.version}.{release.release}",
        folder=folder,
        kits=tuple(folder / client.kit for client in ready.topology.clients),
    )
    return Planned(ready.plan, request.allowed, site)
