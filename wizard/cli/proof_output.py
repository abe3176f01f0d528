"""Shows a proof while it is made: lines for people, JSON lines for programs."""

from __future__ import annotations

import json

from wizard.cli.output import result, say
from wizard.proof.report import check_line, check_record, count, proof_records
from wizard.proof.values import Check, Proof


class ProofLines:
    """Each client's ladder numbered from 1, then who is refused, under headings of their own."""

    def __init__(self) -> None:
        self._client = ""
        self._rung = 0
        self._in_reverse = False

    def begin(self, title: str) -> None:
        """The heading of the whole proof."""
        result(f"\nProof: {title}")

    def show(self, check: Check) -> None:
        """One check, below the headings that it is the first of."""
        if check.client != self._client:
            self._client, self._rung, self._in_reverse = check.client, 0, False
            result(f"\n{check.client} → {check.queue_manager}")
        if check.reverse and not self._in_reverse:
            self._in_reverse = True
            result("\n  Refused, as they should be")
        if not check.reverse:
            self._rung += 1
        result(check_line(check, 0 if check.reverse else self._rung))

    def end(self, proof: Proof, report: str) -> None:
        """The count, and where the report lies."""
        result(f"\n{count(proof)} Report: {report}")


class ProofRecords:
    """A record for each check, then a summary."""

    def begin(self, title: str) -> None:
        """Nothing: the records speak for themselves."""

    def show(self, check: Check) -> None:
        """One check."""
        result(json.dumps(check_record(check), ensure_ascii=False))

    def end(self, proof: Proof, report: str) -> None:
        """The summary; where the report lies is said about it."""
        *_, summary = proof_records(proof, {"report": report})
        result(summary)
        say(f"{count(proof)} Report: {report}")


def proof_output(*, as_json: bool) -> ProofLines | ProofRecords:
    """The way in which a proof is shown."""
    return ProofRecords() if as_json else ProofLines()
