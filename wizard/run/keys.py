"""Carries out `MakeKey` steps: authorities, signatures, stores of our own. Each step can be repeated after a kill.

A private key is on disk, encrypted, before its certificate is asked for; a certificate that was issued
already is found again in the authority's list and not issued twice.
"""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.errors import OperationFailed
from wizard.mq.secret_text import SecretRef
from wizard.plan.steps import (
    AddSigner,
    CreateAuthority,
    CreateClientStore,
    CreateStore,
    ExtractCertificate,
    KeyWork,
    ReceiveCertificate,
    RemoveEntry,
    RequestCertificate,
    SignRequest,
)
from wizard.run.files import make_folder, write_file
from wizard.run.machine import Machine

if TYPE_CHECKING:
    from wizard.pki.ca import CertificateAuthority
    from wizard.pki.keys import PrivateKey
    from wizard.pki.store import Entry
    from wizard.pki.values import Certificate


def make(work: KeyWork, machine: Machine, now: datetime) -> dict[str, str]:
    """Do one piece of key work; what a later run must know of it, such as fingerprints."""
    if isinstance(work, CreateAuthority):
        return _authority(work, machine, now)
    if isinstance(work, SignRequest):
        return _sign(work, machine, now)
    if isinstance(work, CreateClientStore):
        return _client_store(work, machine, now)
    if isinstance(work, CreateStore):
        return _empty_store(work, machine)
    if isinstance(work, RequestCertificate):
        return _request(work, machine)
    if isinstance(work, ReceiveCertificate):
        return _received(work, machine)
    if isinstance(work, AddSigner):
        return _signer(work, machine)
    if isinstance(work, ExtractCertificate):
        return _extracted(work, machine)
    return _removed(work, machine)


def _authority(work: CreateAuthority, machine: Machine, now: datetime) -> dict[str, str]:
    from wizard.pki.ca import CertificateAuthority
    from wizard.pki.values import KeyKind

    folder = machine.path(work.folder)
    made = CertificateAuthority.create(
        folder,
        subject=work.subject,
        key_kind=KeyKind(work.key),
        days=work.days,
        now=now,
        passphrase=machine.keyring.secret(work.passphrase).reveal(),
    )
    machine.authorities[folder] = made
    return {"fingerprint": made.certificate.fingerprint}


def opened_authority(machine: Machine, folder: str, passphrase: SecretRef) -> CertificateAuthority:
    """Our own authority in a folder, opened once a run: to decrypt and check its key takes longer than to issue."""
    from wizard.pki.ca import CertificateAuthority

    path = machine.path(folder)
    if path not in machine.authorities:
        machine.authorities[path] = CertificateAuthority.open(path, machine.keyring.secret(passphrase).reveal())
    return machine.authorities[path]


def _sign(work: SignRequest, machine: Machine, now: datetime) -> dict[str, str]:
    authority = opened_authority(machine, work.folder, work.passphrase)
    request = _read(machine.path(work.request))
    certificate = authority.issue(request, now=now, days=work.days)
    _public(machine.path(work.target), certificate.pem)
    return {"fingerprint": certificate.fingerprint, "serial": certificate.serial}


def _empty_store(work: CreateStore, machine: Machine) -> dict[str, str]:
    password = machine.keyring.secret(work.password).reveal()
    _write_store(machine.path(str(work.path)), [], password)
    return {}


def _extracted(work: ExtractCertificate, machine: Machine) -> dict[str, str]:
    """The public part of one entry, in a file to give away."""
    path = machine.path(str(work.path))
    entries = _entries(path, machine.keyring.secret(work.password).reveal())
    found = next((one for one in entries if one.label.lower() == work.label.lower()), None)
    if found is None:
        raise OperationFailed(
            f"{path} holds no certificate {work.label}.",
            "It was taken out since the plan was made.",
            "Run again: what is missing is planned anew.",
        )
    _public(machine.path(work.target), found.certificate_pem)
    return {}


def _removed(work: RemoveEntry, machine: Machine) -> dict[str, str]:
    password = machine.keyring.secret(work.password).reveal()
    store = machine.path(str(work.path))
    kept = [one for one in _entries(store, password) if one.label.lower() != work.label.lower()]
    _write_store(store, kept, password)
    return {}


def _client_store(work: CreateClientStore, machine: Machine, now: datetime) -> dict[str, str]:
    from wizard.pki.certificates import request, self_signed

    password = machine.keyring.secret(work.password).reveal()
    store = machine.path(str(work.path))
    key = _key_set_aside(store, work.key, password)
    if work.authority and work.passphrase:
        authority = opened_authority(machine, work.authority, work.passphrase)
        certificate = authority.issue(request(work.subject, key), now=now, days=work.days)
    else:
        certificate = self_signed(work.subject, key, now=now, days=work.days)
    _public(machine.path(work.public), certificate.pem)
    _take_up(store, work.label, certificate, key, password)
    return {"fingerprint": certificate.fingerprint, "serial": certificate.serial}


def _key_set_aside(store: Path, kind: str, password: str) -> PrivateKey:
    """The key that waits for its certificate: that of an earlier run where it is of the right kind, else a new one."""
    from wizard.pki.keys import key_from_pem, key_to_pem, kind_of, make_key
    from wizard.pki.values import KeyKind

    pending = pending_key(store)
    make_folder(store.parent)
    key = key_from_pem(_read(pending), password) if pending.exists() else None
    if key is None or kind_of(key) is not KeyKind(kind):
        key = make_key(KeyKind(kind))
        write_file(pending, key_to_pem(key, password), mode=0o600, replace=True)
    return key


def _take_up(store: Path, label: str, certificate: Certificate, key: PrivateKey, password: str) -> None:
    """Key and certificate into the store, in place of what stood under the label; the key set aside is gone then."""
    from wizard.pki.keys import key_to_pem
    from wizard.pki.store import Entry

    entry = Entry(label, certificate.pem, (), key_to_pem(key, None))
    others = [one for one in _entries(store, password) if one.label.lower() != label.lower()]
    _write_store(store, [entry, *others], password)
    pending_key(store).unlink()


def _request(work: RequestCertificate, machine: Machine) -> dict[str, str]:
    from wizard.pki.certificates import request

    password = machine.keyring.secret(work.password).reveal()
    key = _key_set_aside(machine.path(str(work.path)), work.key, password)
    _public(machine.path(work.target), request(work.subject, key))
    return {}


def _received(work: ReceiveCertificate, machine: Machine) -> dict[str, str]:
    from wizard.pki.certificates import read_certificates
    from wizard.pki.keys import key_from_pem, public_key_digest

    password = machine.keyring.secret(work.password).reveal()
    store = machine.path(str(work.path))
    key = key_from_pem(_read(pending_key(store)), password)
    certificate = read_certificates(_read(machine.path(work.certificate)))[0]
    if certificate.public_key != public_key_digest(key):
        raise OperationFailed(
            f"{work.certificate} belongs to another key than the one set aside for {store}.",
            "It answers another request.",
            "Send the present request to the CA, and put its answer into exchange/.",
        )
    _take_up(store, work.label, certificate, key, password)
    return {"fingerprint": certificate.fingerprint, "serial": certificate.serial}


def pending_key(store: Path) -> Path:
    """Where the key of a store of our own is kept, encrypted, until the store holds it."""
    return store.with_suffix(".key")


def _signer(work: AddSigner, machine: Machine) -> dict[str, str]:
    from wizard.pki.certificates import read_certificates
    from wizard.pki.store import Entry

    password = machine.keyring.secret(work.password).reveal()
    store = machine.path(str(work.path))
    make_folder(store.parent)
    certificate = read_certificates(_read(machine.path(work.certificate)))[0]
    entries = _entries(store, password)
    kept = [one for one in entries if one.label.lower() != work.label.lower()]
    _write_store(store, [*kept, Entry(work.label, certificate.pem, (), None)], password)
    return {"fingerprint": certificate.fingerprint}


def _entries(store: Path, password: str) -> list[Entry]:
    from wizard.pki.store import read_pkcs12

    return read_pkcs12(_read(store), password, own=True) if store.exists() else []


def _write_store(store: Path, entries: list[Entry], password: str) -> None:
    """A store in place of the one before it, as narrow as that: a running queue manager reads it at any moment."""
    from wizard.pki.store import write_pkcs12

    mode = stat.S_IMODE(store.stat().st_mode) if store.exists() else 0o600
    write_file(store, write_pkcs12(entries, password), mode=mode, replace=True)


def _public(path: Path, pem: bytes) -> None:
    make_folder(path.parent, mode=0o755)
    write_file(path, pem, mode=0o644, replace=True)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OperationFailed(
            f"{path} cannot be read: {error.strerror}.",
            "It should have been made by an earlier step.",
            "Run again: what is missing is planned anew.",
        ) from error
