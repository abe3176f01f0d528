"""The own CA: a folder with an encrypted key, a certificate, and the list of all it has issued.

Used by the run floor and by the proof. The folder:

    ca.key          encrypted PKCS#8, 0600
    ca.pem          the certificate, for everybody
    issued.jsonl    what was issued, revoked, listed; one JSON object a line (`register`)
    issued/         SERIAL.pem, one for each certificate but those of a proof
    lock            held while something is added

The key is durable before the certificate exists, a certificate before it is in the list, the list before the
certificate is handed out. So after a crash nothing is in use that the list does not name: a certificate whose
line is missing is added at the next issue. A whole CA is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from wizard.pki import certificates
from wizard.pki.ca_folder import (
    Presence,
    begun_key,
    in_folder,
    opened_key,
    presence,
    refuse_open_mode,
    refuse_what_was_in_use,
)
from wizard.pki.describe import issued_by
from wizard.pki.durable import PUBLIC, locked, sync_folder, write_whole
from wizard.pki.errors import AuthorityError
from wizard.pki.keys import KeyKind, PrivateKey, key_to_pem, make_key, public_key_digest
from wizard.pki.names import name_from_mq
from wizard.pki.reading import load_certificate, read_certificates, read_request
from wizard.pki.register import Issued, Register
from wizard.pki.values import Certificate

__all__ = ["CertificateAuthority", "Issued"]

_CRL_DAYS = 30


class CertificateAuthority:
    """An opened CA, made by `create` or `open`; what a method adds is durable before it returns."""

    def __init__(self, folder: Path, certificate: Certificate, key: PrivateKey) -> None:
        self.folder = folder
        self.certificate = certificate
        self._key = key
        self._register = Register(folder / "issued.jsonl")

    @staticmethod
    def exists(folder: Path) -> Presence:
        """Whether the folder holds a CA, or only the key or only the certificate of one."""
        return presence(folder)

    @classmethod
    def create(
        cls, folder: Path, *, subject: str, key_kind: KeyKind, days: int, now: datetime, passphrase: str
    ) -> CertificateAuthority:
        """A new CA; the key of one that was begun and never finished is used when the passphrase opens it.

        Raises AuthorityError when the folder holds a whole CA, or what is left of one that was in use.
        """
        name_from_mq(subject)  # a wrong subject is refused before anything is written
        if not passphrase:
            raise AuthorityError(
                "The CA has no passphrase.",
                "Whoever got a copy of its key could issue certificates.",
                "Give a passphrase.",
            )
        with in_folder(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / "issued").mkdir(mode=0o700, exist_ok=True)
            with locked(folder / "lock"):
                refuse_what_was_in_use(folder)
                key = begun_key(folder, key_kind, passphrase)
                if key is None:
                    key = make_key(key_kind)
                    write_whole(folder / "ca.key", key_to_pem(key, passphrase))
                certificate = certificates.self_signed(subject, key, now=now, days=days, ca=True)
                write_whole(folder / "ca.pem", certificate.pem, PUBLIC)
                sync_folder(folder.parent)
        return cls(folder, certificate, key)

    @classmethod
    def open(cls, folder: Path, passphrase: str) -> CertificateAuthority:
        """The CA in the folder.

        Raises AuthorityError when it is not whole, its key is open to others, or the passphrase is wrong.
        """
        state = cls.exists(folder)
        if state != "whole":
            raise AuthorityError(
                f"There is no {'whole ' if state == 'half' else ''}CA in {folder}.",
                "It takes ca.key and ca.pem.",
                "Create it, or restore both files from the backup.",
            )
        with in_folder(folder):
            refuse_open_mode(folder / "ca.key")
            key = opened_key(folder, passphrase)
            found = read_certificates((folder / "ca.pem").read_bytes())
        if not found[0].is_ca or found[0].public_key != public_key_digest(key):
            raise AuthorityError(
                f"ca.key and ca.pem in {folder} do not belong together.",
                "Nobody could verify what this key signs.",
                "Restore both files from the same backup.",
            )
        return cls(folder, found[0], key)

    def issue(self, request_pem: bytes, *, now: datetime, days: int, san: Sequence[str] = ()) -> Certificate:
        """The answer to a request; the same one again while it is neither expired nor revoked.

        "The same" means public key and subject: a renewal takes a new key. Raises CertificateError for the
        request, AuthorityError for the folder.
        """
        asked = read_request(request_pem)
        with self._adding():
            before = self._unexpired(asked.public_key, asked.subject, now)
            if before is not None:
                return before
            made = certificates.issue(
                request_pem, ca_certificate=self.certificate, ca_key=self._key, now=now, days=days, san=san
            )
            write_whole(self.folder / _file_of(made), made.pem, PUBLIC)
            self._register.add(made, file=_file_of(made), test=False)
        return made

    def issue_for_test(
        self, subject: str, key: PrivateKey, *, not_before: datetime, not_after: datetime
    ) -> Certificate:
        """A certificate for a reverse case of the proof: listed as a test, kept nowhere, always a new one."""
        made = certificates.issue_for_key(
            subject,
            key.public_key(),
            ca_certificate=self.certificate,
            ca_key=self._key,
            not_before=not_before,
            not_after=not_after,
        )
        with self._adding():
            self._register.add(made, file="", test=True)
        return made

    def issued(self) -> list[Issued]:
        """All it has issued, in that order: the revoked too, and those of proofs."""
        with in_folder(self.folder):
            return self._register.issued()

    def revoke(self, serial: str, now: datetime) -> None:
        """Revokes a certificate, named by its serial number with or without colons; twice is once.

        Takes effect where a CRL made afterwards is looked at, and nowhere else. Raises AuthorityError for a
        serial number that is not in the list.
        """
        wanted = serial.replace(":", "").upper()
        with self._adding():
            found = next((one for one in self._register.issued() if one.serial == wanted), None)
            if found is None:
                raise AuthorityError(
                    f"No certificate with the serial number {serial} was issued here.",
                    f"The list is {self.folder / 'issued.jsonl'}.",
                    "Look the number up in the certificate itself: MQ shows it as SERIALNUMBER.",
                )
            if found.revoked_at is None:
                self._register.add_revocation(wanted, now)

    def crl(self, now: datetime, *, days: int = _CRL_DAYS) -> bytes:
        """The list of revoked certificates as PEM, to be replaced within `days` by a newer one."""
        with self._adding():
            number = self._register.crl_number() + 1
            builder = (
                x509.CertificateRevocationListBuilder()
                .issuer_name(load_certificate(self.certificate.pem).subject)
                .last_update(now)
                .next_update(now + timedelta(days=days))
                .add_extension(x509.CRLNumber(number), critical=False)
                .add_extension(
                    x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
                )
            )
            for one in self._register.issued():
                if one.revoked_at is not None:
                    builder = builder.add_revoked_certificate(_revoked(one.serial, one.revoked_at))
            signed = builder.sign(self._key, certificates.signature_hash(self._key))
            self._register.add_crl(number, now)
        return signed.public_bytes(serialization.Encoding.PEM)

    @contextmanager
    def _adding(self) -> Iterator[None]:
        with in_folder(self.folder), locked(self.folder / "lock"):
            self._take_up_unlisted()
            yield

    def _take_up_unlisted(self) -> None:
        """Lists the certificates of this CA that a crash kept out of the list."""
        listed = {one.serial for one in self._register.issued()}
        own = load_certificate(self.certificate.pem)
        for path in sorted((self.folder / "issued").glob("[0-9A-F]*.pem")):
            if path.stem in listed:
                continue
            for found in read_certificates(path.read_bytes()):
                if found.serial == path.stem and issued_by(load_certificate(found.pem), own):
                    self._register.add(found, file=_file_of(found), test=False)

    def _unexpired(self, public_key: str, subject: str, now: datetime) -> Certificate | None:
        for one in self._register.issued():
            same = one.public_key == public_key and one.subject == subject
            if not same or one.test or one.revoked_at is not None or one.not_after <= now:
                continue
            path = self.folder / "issued" / f"{one.serial}.pem"
            if path.exists():
                return read_certificates(path.read_bytes())[0]
        return None


def _file_of(certificate: Certificate) -> str:
    return f"issued/{certificate.serial}.pem"


def _revoked(serial: str, at: datetime) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(int(serial, 16)).revocation_date(at)
    return builder.build()
