"""Whether a queue manager takes an SSLCIPH value (facts 1.1, 1.2, 1.4)."""

from __future__ import annotations

from wizard.sandbox.mqsc import ini
from wizard.sandbox.mqsc.attributes import words
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.wire.ciphers import known

REMOVED_FROM = (9, 4, 4)
"""From here on the old CipherSpecs cannot be enabled again (facts 1.2; which rows on which platform is unknown)."""

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


def is_usable(context: Context, name: str) -> bool:
    """Whether a channel may be defined with this CipherSpec on this queue manager."""
    if known(name, context.version):
        return True
    if name not in DEPRECATED or context.version >= REMOVED_FROM:
        return False
    allowed = ini.value(context, "SSL", "AllowWeakCipherSpec").upper()
    if allowed in ("YES", "Y", "ALL", "TRUE"):
        return True
    return name in (word.strip() for word in allowed.split(","))
