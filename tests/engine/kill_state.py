"""What a run has left behind, in a form in which two runs can be compared.

Two end states are the same when they differ in keys, serials, dates and fingerprints only: these are left out here.
What they must have to do with one another within one state, such as a key with its certificate or a certificate with
the authority's list, is kept as a line that says so.
"""

from __future__ import annotations

import json
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from engine_support import Place

from wizard.run import history
from wizard.sandbox import users
from wizard.sandbox.keys import files
from wizard.sandbox.keys.entries import Entry, issued
from wizard.sandbox.keys.repository import open_repository
from wizard.sandbox.state import State

CHANGING = frozenset({"ALTDATE", "ALTTIME", "CRDATE", "CRTIME", "QMID", "STARTDA", "STARTTI", "PID"})
"""Attributes that tell when or by which process, not what."""

SEALED = frozenset({"INITKEY", "KEYRPWD"})
"""Attributes that the sandbox keeps encrypted, differently each time."""

STORES = frozenset({".p12", ".kdb"})

CHANGING_FILES = frozenset({".sth", ".rdb", ".crl", ".password", ".passphrase", ".jsonl"})
"""Of these only matters whether they hold something."""

SERIAL = re.compile(r"\b[0-9A-F]{30,40}\b")


def end_state(place: Place) -> list[str]:
    """Everything that the job is about, one fact a line, in order."""
    seen = _Seen(place)
    lines = [*_queue_managers(place), *_users(place), *_files(place, seen), *seen.relations(), *_owed(place)]
    return sorted(SERIAL.sub("SERIAL", line.replace(str(place.folder), "@")) for line in lines)


def differences(found: list[str], wanted: list[str]) -> list[str]:
    """The lines that one state has more often than the other; none where both are the same."""
    counted, expected = Counter(found), Counter(wanted)
    more, fewer = (counted - expected).elements(), (expected - counted).elements()
    return [*(f"+ {line}" for line in more), *(f"- {line}" for line in fewer)]


class _Seen:
    """The certificates of a place, by what they are for, to say how they belong together."""

    def __init__(self, place: Place) -> None:
        self.folder = place.folder
        self.version = _version(place)
        self.certificates: dict[str, x509.Certificate] = {}

    def store(self, path: Path, password: str) -> Iterator[str]:
        """The lines about a key repository: its entries and the requests that wait."""
        name = path.relative_to(self.folder)
        repository = open_repository(path, password, self.version)
        for entry in repository.store.entries:
            self.certificates[f"{name}:{entry.label}"] = entry.certificate
            yield f"store {name}: {entry.label}: {_certificate_words(entry.certificate)}{_key_words(entry)}"
        for request in repository.requests:
            yield f"store {name}: request {request.label} waits"

    def relations(self) -> Iterator[str]:
        """Which certificates are one and the same, who issued them, and whether the authority lists them all."""
        for name, one in self.certificates.items():
            same = [other for other, each in self.certificates.items() if each == one and other != name]
            yield f"certificate {name} is {', '.join(sorted(same))}"
            by = [other for other, each in self.certificates.items() if each != one and issued(one, each)]
            yield f"certificate {name} was issued by {', '.join(sorted(by))}"
        listed = self.folder / "ca" / "issued.jsonl"
        if listed.exists():
            yield from self._issued(listed)

    def _issued(self, listed: Path) -> Iterator[str]:
        out = (one for name, one in self.certificates.items() if not name.startswith("ca/issued/"))
        in_use = {f"{one.serial_number:040X}" for one in out}
        for line in listed.read_text().splitlines():
            event = json.loads(line)
            if event["event"] == "issued":
                used = "in use" if event["serial"].rjust(40, "0") in in_use else "not in use"
                yield f"issued list: {event['subject']}, {used}"


def _queue_managers(place: Place) -> Iterator[str]:
    state = State(place.sandbox)
    try:
        for row in state.qmgrs():
            yield f"queue manager {row['name']}: {row['status']}, {row['log_type']}"
            yield from _of_queue_manager(state, row["name"])
        for table in ("message", "handle", "chstatus"):
            for row in state.db.execute(f"SELECT * FROM {table}"):
                yield f"{table}: {dict(row)}"
    finally:
        state.close()


def _of_queue_manager(state: State, name: str) -> Iterator[str]:
    for row in state.db.execute("SELECT * FROM object WHERE qmgr = ?", (name,)):
        attributes = _attributes(json.loads(row["attributes"]).items())
        yield f"object {name} {row['space']} {row['name']} {row['kind']} {attributes}"
    for _, profile, kind, attributes in state.chlauth(name):
        yield f"rule {name} {profile} {kind} {_attributes(attributes.items())}"
    for profile, object_type, kind, entity, words in state.authrecs(name):
        yield f"authority {name} {profile} {object_type} {kind} {entity} {sorted(words)}"
    for row in state.db.execute("SELECT * FROM lsstatus WHERE qmgr = ?", (name,)):
        yield f"listening {name} {row['listener']} {_attributes(json.loads(row['attributes']).items())}"


def _attributes(items: Iterable[tuple[str, object]]) -> str:
    shown = ((keyword, "set" if value and keyword in SEALED else value) for keyword, value in sorted(items))
    return " ".join(f"{keyword}({value})" for keyword, value in shown if keyword not in CHANGING)


def _owed(place: Place) -> Iterator[str]:
    """The work that the journals say is still to be done."""
    for folder in (place.state / "journals").iterdir():
        yield from (f"owed: {work}" for work in history.read(folder.parent, folder.name).owed())


def _users(place: Place) -> Iterator[str]:
    accounts = users.read(place.sandbox)
    for user in accounts.users.values():
        yield f"user {user.name} {user.uid} {user.group} {sorted(accounts.groups_of(user.name))}"
    for group in accounts.groups.values():
        yield f"group {group.name} {group.gid} {sorted(accounts.members_of(group.name))}"


def _files(place: Place, seen: _Seen) -> Iterator[str]:
    """Names and modes of everything; of what mqwizard makes, the contents too."""
    for path in sorted(place.folder.iterdir()):
        yield f"file {path.name} {_mode(path)}"
    for root in (place.folder / "kits", place.folder / "ca", place.folder / "exchange", place.state / "proof"):
        for path in sorted(root.rglob("*")):
            yield f"file {path.relative_to(place.folder)} {_mode(path)}"
            if path.is_file():
                yield from _content(path, place, seen)
    for path in sorted((place.sandbox / "var").rglob("*")):
        if path.suffix != ".LOG":
            yield f"file {path.relative_to(place.folder)} {_mode(path)}"
        if path.suffix in STORES:
            yield from _content(path, place, seen)


def _mode(path: Path) -> str:
    return stat.filemode(path.stat().st_mode)


def _content(path: Path, place: Place, seen: _Seen) -> Iterator[str]:
    """The content of a file, as far as it must be the same each time."""
    if path.suffix in STORES:
        yield from seen.store(path, _password(path, place))
    else:
        name = str(path.relative_to(place.folder))
        yield f"content {name}: {_words(path, name, seen)}"


def _words(path: Path, name: str, seen: _Seen) -> str:
    data = path.read_bytes()
    if b"BEGIN CERTIFICATE-" in data:
        seen.certificates[name] = found = x509.load_pem_x509_certificate(data)
        return _certificate_words(found)
    if b"CERTIFICATE REQUEST-" in data:
        return f"request {x509.load_pem_x509_csr(data).subject.rfc4514_string()}"
    if name == "ca/ca.key":
        return _authority_key(path)
    if path.suffix in CHANGING_FILES:
        return "something" if data else "nothing"
    return repr(data)


def _authority_key(path: Path) -> str:
    secret = (path.parent / "ca.passphrase").read_text().strip()
    key = load_pem_private_key(path.read_bytes(), secret.encode())
    own = x509.load_pem_x509_certificate((path.parent / "ca.pem").read_bytes()).public_key()
    return f"the key of ca.pem: {_spki(key.public_key()) == _spki(own)}"


def _password(store: Path, place: Place) -> str:
    stash = store.with_suffix(".sth")
    if stash.exists():
        return files.unstash(stash.read_bytes())
    kept = place.folder / "kits" / f"{store.stem}.password"
    return (kept if kept.exists() else place.folder / "secret").read_text().strip()


def _certificate_words(one: x509.Certificate) -> str:
    days = (one.not_valid_after_utc - one.not_valid_before_utc).days
    return f"{one.subject.rfc4514_string()} by {one.issuer.rfc4514_string()}, {days} days"


def _key_words(entry: Entry) -> str:
    if entry.key is None:
        return ""
    return f", with its key: {_spki(entry.key.public_key()) == _spki(entry.certificate.public_key())}"


def _spki(key: object) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined,no-any-return]


def _version(place: Place) -> str:
    state = State(place.sandbox)
    try:
        return state.meta("version")
    finally:
        state.close()
