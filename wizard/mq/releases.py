"""IBM MQ releases and what each of them can do.

Used by whoever decides what to generate: key repository type, CCDT form, default CipherSpec, which tool to
call. A release is a value (`9.4.0.0` as dspmqver prints it) that compares by its four numbers; it is never
asked of a machine here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wizard.errors import UsageError

_WRITTEN = re.compile(r"[vV]?(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?(?:\.(\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Release:
    """A release as version, release, modification and fix pack: the VRMF of dspmqver."""

    version: int
    release: int
    modification: int = 0
    fix: int = 0

    @classmethod
    def parse(cls, text: str) -> Release:
        """The release that a text such as `9.4`, `9.1.0` or `9.4.0.0` names; missing numbers are 0.

        Raises UsageError for anything else.
        """
        match = _WRITTEN.fullmatch(text.strip())
        if match is None:
            raise UsageError(
                f"{text!r} is not a release of IBM MQ",
                "A release is two to four numbers with dots between them.",
                "Write it as dspmqver prints it, for example 9.4.0.0, or short, 9.4.",
            )
        return cls(*(int(number or 0) for number in match.groups()))

    @classmethod
    def supported(cls, text: str) -> Release:
        """The release that a text names, one that mqwizard knows; UsageError for anything else."""
        found = cls.parse(text)
        if found < OLDEST:
            raise UsageError(
                f"IBM MQ {text.strip()} is older than mqwizard knows.",
                f"It knows what releases from {OLDEST.version}.{OLDEST.release} on can do.",
                f"Name {OLDEST.version}.{OLDEST.release} or later, or update IBM MQ.",
            )
        return found

    @classmethod
    def from_digits(cls, digits: str) -> Release:
        """The release in the eight digits of DISPLAY QMGR VERSION or CHSTATUS RVERSION, `09040200`;
        UsageError if it is not one.
        """
        if re.fullmatch(r"\d{8}", digits, re.ASCII) is None:
            raise UsageError(f"{digits!r} is not a VERSION as DISPLAY QMGR prints it", "It has eight digits.", "")
        return cls(*(int(digits[place : place + 2]) for place in (0, 2, 4, 6)))

    def __str__(self) -> str:
        return f"{self.version}.{self.release}.{self.modification}.{self.fix}"

    @property
    def command_level(self) -> int:
        """CMDLEVEL: version, release and modification as one number, 942 for 9.4.2 and 1000 for 10.0.0 (the
        last form recalled).
        """
        return self.version * 100 + self.release * 10 + self.modification

    @property
    def continuous_delivery(self) -> bool:
        """Whether this is a Continuous Delivery release: its modification is not 0."""
        return self.modification != 0

    @property
    def pkcs12_repository(self) -> bool:
        """Whether SSLKEYR may name a PKCS#12 file, by its full name: from 9.3.0 (facts TLS 2.1)."""
        return self >= Release(9, 3)

    @property
    def key_repository_password(self) -> bool:
        """Whether ALTER QMGR takes KEYRPWD and INITKEY: from 9.3.0 (facts TLS 2.3)."""
        return self >= Release(9, 3)

    @property
    def repository_with_extension(self) -> bool:
        """Whether SSLKEYR may carry the file's extension; before 9.3.0 it is always a stem (facts TLS 2.2)."""
        return self >= Release(9, 3)

    @property
    def json_ccdt(self) -> bool:
        """Whether clients read a CCDT written as JSON: from 9.1.2 (facts TLS 2.8, commands 9)."""
        return self >= Release(9, 1, 2)

    @property
    def any_tls12(self) -> bool:
        """Whether the alias ANY_TLS12 is known: from 9.1.2, 9.1.0.5 rejects it (facts commands 9)."""
        return self >= Release(9, 1, 2)

    @property
    def any_tls12_or_higher(self) -> bool:
        """Whether the minimum-protocol aliases and TLS 1.3 are known: from 9.1.4 (facts TLS 1.4)."""
        return self >= Release(9, 1, 4)

    @property
    def tls13(self) -> bool:
        """Whether TLS 1.3 CipherSpecs exist: from 9.1.4 (facts TLS 1.3)."""
        return self >= Release(9, 1, 4)

    @property
    def tls13_on_at_creation(self) -> bool:
        """Whether crtmqm writes AllowTLSV13=TRUE into qm.ini: from 9.2.0 (facts TLS 1.3)."""
        return self >= Release(9, 2)

    @property
    def secure_comms_only(self) -> bool:
        """Whether qm.ini knows SecureCommsOnly, which refuses every plain channel: from 9.3.0 (facts TLS
        1.3).
        """
        return self >= Release(9, 3)

    @property
    def automatic_configuration(self) -> bool:
        """Whether crtmqm takes -ii and -ic: from 9.2.0 (facts commands 1.1)."""
        return self >= Release(9, 2)

    @property
    def runmqicred(self) -> bool:
        """Whether runmqicred encrypts a client's key repository password: from 9.3.0 (facts commands 1.7)."""
        return self >= Release(9, 3)

    @property
    def runmqckm(self) -> bool:
        """Whether runmqckm and strmqikm are there: removed with 9.4.0 (facts commands 4.1)."""
        return self < Release(9, 4)

    @property
    def runmqktool(self) -> bool:
        """Whether runmqktool is there: from 9.4.0 (facts commands 4.1)."""
        return self >= Release(9, 4)

    @property
    def weak_ciphers_removed(self) -> bool:
        """Whether SSL 3.0 and TLS 1.0 CipherSpecs can no longer be enabled again: from 9.4.4 (facts TLS
        1.2).
        """
        return self >= Release(9, 4, 4)

    @property
    def extended_key_usage_checked(self) -> bool:
        """Whether extended key usage is checked at RFC 5280 level unless switched off: from 9.4.5 (facts
        TLS 1.3).
        """
        return self >= Release(9, 4, 5)

    @property
    def early_adopt_at_creation(self) -> bool:
        """Whether crtmqm writes ChlauthEarlyAdopt=Y into qm.ini: from 9.0.4 (facts TLS 5.3)."""
        return self >= Release(9, 0, 4)

    def default_cipher(self, key_type: str = "RSA") -> str:
        """The CipherSpec for a new channel whose certificates hold keys of this type, RSA or EC.

        Both ends get it; before 9.1.4 there is no alias that both ends could share, so it is one named
        specification.
        """
        if self.any_tls12_or_higher:
            return "ANY_TLS12_OR_HIGHER"
        exchange = "ECDHE_ECDSA" if key_type.upper() in {"EC", "ECDSA"} else "ECDHE_RSA"
        return f"{exchange}_AES_256_GCM_SHA384"


OLDEST = Release(9, 1)
"""The oldest release whose behaviour is known (facts commands 0)."""

NEWEST_LONG_TERM = Release(9, 4)
"""What a dry run without MQ assumes."""
