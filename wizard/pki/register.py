"""The list of what an own CA has issued: one JSON object a line, only ever added to.

Used by `ca`. An event is `issued`, `test` (a short-lived certificate of a proof), `revoked` or `crl`. The
caller holds the CA's lock while it adds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from wizard.pki.durable import append_line
from wizard.pki.errors import AuthorityError
from wizard.pki.values import Certificate


@dataclass(frozen=True)
class Issued:
    """One certificate the CA has signed; `file` is empty for those of a proof, which are not kept."""

    serial: str
    subject: str
    not_before: datetime
    not_after: datetime
    fingerprint: str
    public_key: str
    file: str = ""
    test: bool = False
    revoked_at: datetime | None = None


class Register:
    """The list in one file. Reading raises AuthorityError for a line that nobody can understand."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def issued(self) -> list[Issued]:
        """All certificates in the order of their issue, with the time of revocation where there is one."""
        found: dict[str, Issued] = {}
        for number, event in self._events():
            try:
                kind = event["event"]
                if kind in ("issued", "test"):
                    found[event["serial"]] = _issued(event, test=kind == "test")
                elif kind == "revoked":
                    revoked = found[event["serial"]]
                    found[event["serial"]] = replace(revoked, revoked_at=_moment(event["at"]))
            except (KeyError, TypeError, ValueError) as error:
                raise self._unreadable(number) from error
        return list(found.values())

    def crl_number(self) -> int:
        """How many revocation lists were made so far."""
        return sum(event.get("event") == "crl" for _, event in self._events())

    def add(self, certificate: Certificate, *, file: str, test: bool) -> None:
        """Writes down a certificate, durably."""
        self._append(
            {
                "event": "test" if test else "issued",
                "serial": certificate.serial,
                "subject": certificate.subject,
                "not_before": _text(certificate.not_before),
                "not_after": _text(certificate.not_after),
                "fingerprint": certificate.fingerprint,
                "public_key": certificate.public_key,
                "file": file,
            }
        )

    def add_revocation(self, serial: str, at: datetime) -> None:
        """Writes down that a certificate is revoked, durably."""
        self._append({"event": "revoked", "serial": serial, "at": _text(at)})

    def add_crl(self, number: int, at: datetime) -> None:
        """Writes down that a revocation list was made, durably."""
        self._append({"event": "crl", "number": str(number), "at": _text(at)})

    def _append(self, event: dict[str, str]) -> None:
        append_line(self._path, json.dumps(event, ensure_ascii=False).encode())

    def _events(self) -> list[tuple[int, dict[str, str]]]:
        """The lines with their numbers; a last line that a crash cut counts as unwritten."""
        try:
            text = self._path.read_bytes()
        except FileNotFoundError:
            return []
        events = []
        for number, line in enumerate(text.split(b"\n")[:-1], start=1):
            try:
                event = json.loads(line)
            except ValueError as error:
                raise self._unreadable(number) from error
            if not isinstance(event, dict):
                raise self._unreadable(number)
            events.append((number, event))
        return events

    def _unreadable(self, number: int) -> AuthorityError:
        return AuthorityError(
            f"Line {number} of {self._path} cannot be read.",
            "Without the whole list, a certificate could be issued twice or a revoked one left out.",
            "Take the file from the last backup of the CA's folder.",
        )


def _issued(event: dict[str, str], *, test: bool) -> Issued:
    return Issued(
        serial=event["serial"],
        subject=event["subject"],
        not_before=_moment(event["not_before"]),
        not_after=_moment(event["not_after"]),
        fingerprint=event["fingerprint"],
        public_key=event["public_key"],
        file=event["file"],
        test=test,
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
