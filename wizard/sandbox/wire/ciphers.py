"""CipherSpecs: which there are, what each offers in a handshake, and which negotiated one a channel accepts.

Used by the listener and the clients. The order is MQ's own preference, strongest first (facts 1.1); the
aliases follow facts 1.4. Old CipherSpecs (facts 1.2) exist as names only: the sandbox, like a queue manager
as installed, enables none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from wizard.sandbox.mqsc.attributes import words

TLS12 = "TLSV12"
TLS13 = "TLSV13"
RANK = {TLS12: 12, TLS13: 13}


class CipherSpec(NamedTuple):
    """One usable CipherSpec; `protocol` as SECPROT shows it, `openssl` as OpenSSL calls the suite."""

    name: str
    protocol: str
    openssl: str
    fips: bool = True
    suite_b: str = ""


USABLE = (
    CipherSpec("TLS_CHACHA20_POLY1305_SHA256", TLS13, "TLS_CHACHA20_POLY1305_SHA256", fips=False),
    CipherSpec("TLS_AES_256_GCM_SHA384", TLS13, "TLS_AES_256_GCM_SHA384"),
    CipherSpec("TLS_AES_128_GCM_SHA256", TLS13, "TLS_AES_128_GCM_SHA256"),
    CipherSpec("TLS_AES_128_CCM_SHA256", TLS13, "TLS_AES_128_CCM_SHA256"),
    CipherSpec("TLS_AES_128_CCM_8_SHA256", TLS13, "TLS_AES_128_CCM_8_SHA256"),
    CipherSpec("TLS_RSA_WITH_AES_256_GCM_SHA384", TLS12, "AES256-GCM-SHA384"),
    CipherSpec("ECDHE_ECDSA_AES_256_GCM_SHA384", TLS12, "ECDHE-ECDSA-AES256-GCM-SHA384", suite_b="192_BIT"),
    CipherSpec("ECDHE_RSA_AES_256_GCM_SHA384", TLS12, "ECDHE-RSA-AES256-GCM-SHA384"),
    CipherSpec("TLS_RSA_WITH_AES_256_CBC_SHA256", TLS12, "AES256-SHA256"),
    CipherSpec("ECDHE_ECDSA_AES_256_CBC_SHA384", TLS12, "ECDHE-ECDSA-AES256-SHA384"),
    CipherSpec("ECDHE_RSA_AES_256_CBC_SHA384", TLS12, "ECDHE-RSA-AES256-SHA384"),
    CipherSpec("TLS_RSA_WITH_AES_128_GCM_SHA256", TLS12, "AES128-GCM-SHA256"),
    CipherSpec("ECDHE_ECDSA_AES_128_GCM_SHA256", TLS12, "ECDHE-ECDSA-AES128-GCM-SHA256", suite_b="128_BIT"),
    CipherSpec("ECDHE_RSA_AES_128_GCM_SHA256", TLS12, "ECDHE-RSA-AES128-GCM-SHA256"),
    CipherSpec("TLS_RSA_WITH_AES_128_CBC_SHA256", TLS12, "AES128-SHA256"),
    CipherSpec("ECDHE_ECDSA_AES_128_CBC_SHA256", TLS12, "ECDHE-ECDSA-AES128-SHA256"),
    CipherSpec("ECDHE_RSA_AES_128_CBC_SHA256", TLS12, "ECDHE-RSA-AES128-SHA256"),
)
BY_NAME = {spec.name: spec for spec in USABLE}
BY_OPENSSL_NAME = {spec.openssl: spec for spec in USABLE}

DEPRECATED = frozenset(
    words(
        """
    NULL_MD5 NULL_SHA RC4_MD5_EXPORT RC4_MD5_US RC4_SHA_US RC2_MD5_EXPORT DES_SHA_EXPORT DES_SHA_EXPORT1024
    RC4_56_SHA_EXPORT1024 TRIPLE_DES_SHA_US FIPS_WITH_DES_CBC_SHA FIPS_WITH_3DES_EDE_CBC_SHA TLS_RSA_WITH_DES_CBC_SHA
    TLS_RSA_WITH_3DES_EDE_CBC_SHA TLS_RSA_WITH_AES_128_CBC_SHA TLS_RSA_WITH_AES_256_CBC_SHA ECDHE_ECDSA_NULL_SHA256
    ECDHE_RSA_NULL_SHA256 TLS_RSA_WITH_NULL_SHA256 TLS_RSA_WITH_NULL_NULL ECDHE_ECDSA_RC4_128_SHA256
    ECDHE_RSA_RC4_128_SHA256 TLS_RSA_WITH_RC4_128_SHA256 ECDHE_ECDSA_3DES_EDE_CBC_SHA256 ECDHE_RSA_3DES_EDE_CBC_SHA256
    """
    )
)
"""Known to MQ, and enabled by nothing that the sandbox speaks (facts 1.2)."""

ALIASES = {
    # alias: lowest protocol, highest protocol ("" for none)
    "ANY": (TLS12, ""),
    "ANY_TLS12": (TLS12, TLS12),
    "ANY_TLS12_OR_HIGHER": (TLS12, ""),
    "ANY_TLS13": (TLS13, TLS13),
    "ANY_TLS13_OR_HIGHER": (TLS13, ""),
}
ALIASES_FROM = {"ANY_TLS12": (9, 1, 1)}
ALLOWED_FROM = (9, 1, 1)
"""From here on AllowedCipherSpecs counts."""
OTHER_ALIASES_FROM = (9, 1, 4)
TLS13_FROM = (9, 1, 4)


class Policy(NamedTuple):
    """What one end allows before any channel is looked at (facts 1.3): release, FIPS, Suite B and
    ini settings.
    """

    tls13: bool = True
    fips: bool = False
    suite_b: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


def enabled(policy: Policy) -> tuple[CipherSpec, ...]:
    """The CipherSpecs that this end takes part in, in its order of preference."""
    listed = [BY_NAME[name] for name in policy.allowed if name in BY_NAME] if policy.allowed else list(USABLE)
    return tuple(
        spec
        for spec in listed
        if (policy.tls13 or spec.protocol != TLS13)
        and (spec.fips or not policy.fips)
        and (not policy.suite_b or spec.suite_b in policy.suite_b)
    )


def allowed(text: str) -> tuple[str, ...]:
    """The CipherSpecs of an AllowedCipherSpecs value; empty where it is the default: absent, ALL, or no CipherSpecs.

    What a list means that holds other words beside CipherSpecs is recalled: these are passed over.
    """
    names = [name.strip() for name in text.split(",")]
    return tuple(name for name in names if name in BY_NAME or name in DEPRECATED)


def known(value: str, version: tuple[int, ...]) -> bool:
    """Whether a release takes this SSLCIPH value without enabling anything weak."""
    if value in ALIASES:
        return version >= ALIASES_FROM.get(value, OTHER_ALIASES_FROM)
    return value in BY_NAME and (BY_NAME[value].protocol != TLS13 or version >= TLS13_FROM)


def offered(value: str, policy: Policy) -> tuple[CipherSpec, ...]:
    """What an initiator with this SSLCIPH puts into its ClientHello; nothing when it may not use it
    at all.
    """
    return tuple(spec for spec in enabled(policy) if accepts(value, spec.name))


def accepts(value: str, negotiated: str) -> bool:
    """Whether a channel with this SSLCIPH is satisfied by the CipherSpec that the handshake ended with."""
    spec = BY_NAME.get(negotiated)
    if spec is None:
        return False
    if value not in ALIASES:
        return value == negotiated
    lowest, highest = ALIASES[value]
    return RANK[lowest] <= RANK[spec.protocol] <= RANK[highest or spec.protocol]


def openssl_lists(specs: Sequence[CipherSpec]) -> tuple[bytes, bytes]:
    """The TLS 1.2 and the TLS 1.3 cipher lists for OpenSSL; either may be empty."""
    lists = [":".join(spec.openssl for spec in specs if spec.protocol == protocol) for protocol in (TLS12, TLS13)]
    return lists[0].encode(), lists[1].encode()
