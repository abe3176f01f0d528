"""CipherSpecs: which exist, which a release takes, which certificate they need, what Java calls them, which
ends meet.

The wizard never offers a weak CipherSpec nor enables one: it names the replacement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from wizard.mq.cipher_table import JAVA, KINDS_TLS13, STRONG, WEAK, WITH_TLS13, WITHOUT_TLS13
from wizard.mq.findings import Finding
from wizard.mq.nearness import meant
from wizard.mq.releases import Release


@dataclass(frozen=True)
class Cipher:
    """A CipherSpec or an alias of several.

    `protocol` is TLS1.3, TLS1.2, TLS1.0 or SSL3.0, for an alias the lowest one it admits; `key_type` is
    what the certificate's key must be: RSA, EC or ANY. `rank` counts from 1, MQ's first choice, through the
    strong ones.
    """

    name: str
    code: str
    protocol: str
    bits: int
    key_type: str
    rank: int
    weak: bool = False
    alias: bool = False
    open_ended: bool = False

    @property
    def forward_secret(self) -> bool:
        """Whether a recorded conversation stays secret when the private key is lost; of an alias it cannot
        be said.
        """
        return not self.alias and (self.protocol == "TLS1.3" or self.name.startswith("ECDHE_"))

    @property
    def encrypts(self) -> bool:
        """Whether the conversation is encrypted at all."""
        return self.bits > 0

    @property
    def suite_b(self) -> str:
        """The Suite B strength that allows it, 128_BIT or 192_BIT, or an empty text."""
        strengths = {
            "ECDHE_ECDSA_AES_128_GCM_SHA256": "128_BIT",
            "ECDHE_ECDSA_AES_256_GCM_SHA384": "192_BIT",
        }
        return strengths.get(self.name, "")

    @property
    def fips(self) -> bool:
        """Whether SSLFIPS(YES) leaves it; for the TLS 1.3 ones recalled."""
        return self.alias or (not self.weak and "CHACHA20" not in self.name)


def _rows(table: str, *, weak: bool) -> list[Cipher]:
    rows = [line.split() for line in table.strip().splitlines()]
    return [
        Cipher(name, code, protocol, int(bits), key_type, rank, weak)
        for rank, (name, code, protocol, bits, key_type) in enumerate(rows, start=1)
    ]


_ALIASES = (
    Cipher("ANY", "", "TLS1.2", 128, "ANY", 0, alias=True, open_ended=True),
    Cipher("ANY_TLS12", "", "TLS1.2", 128, "ANY", 0, alias=True),
    Cipher("ANY_TLS12_OR_HIGHER", "", "TLS1.2", 128, "ANY", 0, alias=True, open_ended=True),
    Cipher("ANY_TLS13", "", "TLS1.3", 128, "ANY", 0, alias=True),
    Cipher("ANY_TLS13_OR_HIGHER", "", "TLS1.3", 128, "ANY", 0, alias=True, open_ended=True),
)
CIPHERS = {each.name: each for each in (*_ALIASES, *_rows(STRONG, weak=False), *_rows(WEAK, weak=True))}
"""All that MQ knows by name: aliases, strong ones in MQ's order of preference, weak ones."""


def cipher(name: str) -> Cipher | None:
    """The CipherSpec or alias of this name, in any case; None where MQ has none."""
    return CIPHERS.get(name.strip().upper())


def usable(release: Release, key_type: str = "") -> list[str]:
    """The names to offer for a release and a type of key, RSA or EC: aliases first, then strongest first,
    none weak.
    """
    return [name for name, each in CIPHERS.items() if not each.weak and problem(name, release, key_type) is None]


def replacement(release: Release, key_type: str = "RSA") -> str:
    """What both ends should use in place of a CipherSpec that MQ no longer takes."""
    return release.default_cipher(key_type)


def _known_from(each: Cipher) -> Release | None:
    """The release that brought it, None for those older than any that is supported here."""
    if each.name == "ANY_TLS12":
        return Release(9, 1, 2)
    return Release(9, 1, 4) if each.alias or each.protocol == "TLS1.3" else None


def problem(name: str, release: Release, key_type: str = "") -> Finding | None:
    """Why a channel of this release cannot have this CipherSpec, or None; blank is no CipherSpec and no
    problem.

    `key_type` is that of the certificate, RSA or EC; empty where it is not known.
    """
    if not name.strip():
        return None
    each = cipher(name)
    if each is None:
        return Finding(
            "SSLCIPH",
            f"MQ has no CipherSpec {name.strip()}.",
            meant(name, CIPHERS) or f"Use {replacement(release, key_type)}.",
        )
    instead = f"Use {replacement(release, key_type)} on both ends."
    if each.weak:
        why = "does not encrypt" if not each.encrypts else "is too weak"
        return Finding("SSLCIPH", f"{each.name} ({each.protocol}) {why}; MQ has it switched off.", instead)
    since = _known_from(each)
    if since and release < since:
        return Finding("SSLCIPH", f"{each.name} is known from {since}, and this is {release}.", instead)
    wanted = {"RSA": "RSA", "EC": "EC", "ECDSA": "EC"}.get(key_type.upper(), "")
    if wanted and each.key_type not in ("ANY", wanted):
        return Finding(
            "SSLCIPH",
            f"{each.name} needs a certificate with a key of type {each.key_type}, and this one is {wanted}.",
            instead,
        )
    return None


_ECDHE = re.compile(r"ECDHE_(ECDSA|RSA)_(.+)")


def java_suite(name: str, *, ibm_jre: bool) -> str | None:
    """What a Java client calls the CipherSpec; None where its JRE has no name for it (facts TLS 1.5).

    `ibm_jre` is for IBM's own JRE, or com.ibm.mq.cfg.useIBMCipherMappings left at true.
    """
    each = cipher(name)
    if each is None:
        return None
    if each.name in JAVA:
        return JAVA[each.name][0 if ibm_jre else 1]
    if each.protocol == "TLS1.3":
        return each.name
    prefix = "SSL_" if ibm_jre else "TLS_"
    exchange = _ECDHE.fullmatch(each.name)
    if exchange:
        # Java names these old three by SHA-1, whatever the CipherSpec says.
        rest = re.sub(r"^(3DES_EDE_CBC|NULL|RC4_128)_SHA256$", r"\1_SHA", exchange.group(2))
        return f"{prefix}ECDHE_{exchange.group(1)}_WITH_{rest}"
    if each.name.startswith("TLS_RSA_WITH_AES_"):
        return prefix + each.name.removeprefix("TLS_")
    return None


class Meeting(StrEnum):
    """Whether two ends can agree."""

    YES = "yes"
    LIKELY_NOT = "likely not"
    NO = "no"


def _kind(each: Cipher) -> str:
    return each.name if each.alias else each.protocol.removeprefix("TLS")


def compatible(initiator: str, responder: str, *, tls13: bool) -> Meeting:
    """Whether a channel comes up with these SSLCIPHs; `tls13` says whether both ends have TLS 1.3 (facts
    TLS 1.4).

    LIKELY_NOT works only where the responder's one name happens to be the strongest that both have. Weak
    CipherSpecs meet only themselves, and only where somebody switched them on. Blank on both ends is a
    plain channel.
    """
    one, other = initiator.strip().upper(), responder.strip().upper()
    if not one or not other:
        return Meeting.YES if one == other else Meeting.NO
    first, second = cipher(one), cipher(other)
    if first is None or second is None:
        return Meeting.NO
    if first.weak or second.weak or not (first.alias or second.alias):
        usable_here = tls13 or first.protocol != "TLS1.3"
        return Meeting.YES if first == second and usable_here else Meeting.NO
    table = WITH_TLS13 if tls13 else WITHOUT_TLS13
    outcome = table[_kind(first)].split()[KINDS_TLS13.index(_kind(second))]
    return {"y": Meeting.YES, "l": Meeting.LIKELY_NOT, "n": Meeting.NO}[outcome]
