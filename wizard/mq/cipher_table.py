"""The CipherSpecs of IBM MQ on Multiplatforms as data (facts TLS 1.1 and 1.2); `ciphers` gives them their
meaning.
"""

from __future__ import annotations

STRONG = """
TLS_CHACHA20_POLY1305_SHA256     1303 TLS1.3 256 ANY
TLS_AES_256_GCM_SHA384           1302 TLS1.3 256 ANY
TLS_AES_128_GCM_SHA256           1301 TLS1.3 128 ANY
TLS_AES_128_CCM_SHA256           1304 TLS1.3 128 ANY
TLS_AES_128_CCM_8_SHA256         1305 TLS1.3 128 ANY
TLS_RSA_WITH_AES_256_GCM_SHA384  009D TLS1.2 256 RSA
ECDHE_ECDSA_AES_256_GCM_SHA384   C02C TLS1.2 256 EC
ECDHE_RSA_AES_256_GCM_SHA384     C030 TLS1.2 256 RSA
TLS_RSA_WITH_AES_256_CBC_SHA256  003D TLS1.2 256 RSA
ECDHE_ECDSA_AES_256_CBC_SHA384   C024 TLS1.2 256 EC
ECDHE_RSA_AES_256_CBC_SHA384     C028 TLS1.2 256 RSA
TLS_RSA_WITH_AES_128_GCM_SHA256  009C TLS1.2 128 RSA
ECDHE_ECDSA_AES_128_GCM_SHA256   C02B TLS1.2 128 EC
ECDHE_RSA_AES_128_GCM_SHA256     C02F TLS1.2 128 RSA
TLS_RSA_WITH_AES_128_CBC_SHA256  003C TLS1.2 128 RSA
ECDHE_ECDSA_AES_128_CBC_SHA256   C023 TLS1.2 128 EC
ECDHE_RSA_AES_128_CBC_SHA256     C027 TLS1.2 128 RSA
"""
"""Name, code, protocol, bits, key type of the certificate; in MQ's order of preference."""

WEAK = """
NULL_MD5                            0001 SSL3.0   0 RSA
NULL_SHA                            0002 SSL3.0   0 RSA
RC4_MD5_EXPORT                      0003 SSL3.0  40 RSA
RC4_MD5_US                          0004 SSL3.0 128 RSA
RC4_SHA_US                          0005 SSL3.0 128 RSA
RC2_MD5_EXPORT                      0006 SSL3.0  40 RSA
DES_SHA_EXPORT                      0009 SSL3.0  56 RSA
DES_SHA_EXPORT1024                  0062 SSL3.0  56 RSA
RC4_56_SHA_EXPORT1024               0064 SSL3.0  56 RSA
TRIPLE_DES_SHA_US                   000A SSL3.0 168 RSA
AES_SHA_US                          002F SSL3.0 128 RSA
FIPS_WITH_DES_CBC_SHA               FEFE SSL3.0  56 RSA
FIPS_WITH_3DES_EDE_CBC_SHA          FEFF SSL3.0 168 RSA
TLS_RSA_WITH_DES_CBC_SHA            0009 TLS1.0  56 RSA
TLS_RSA_WITH_3DES_EDE_CBC_SHA       000A TLS1.0 168 RSA
TLS_RSA_WITH_AES_128_CBC_SHA        002F TLS1.0 128 RSA
TLS_RSA_WITH_AES_256_CBC_SHA        0035 TLS1.0 256 RSA
TLS_RSA_EXPORT_WITH_RC2_40_MD5      0006 TLS1.0  40 RSA
TLS_RSA_EXPORT_WITH_RC4_40_MD5      0003 TLS1.0  40 RSA
TLS_RSA_WITH_NULL_MD5               0001 TLS1.0   0 RSA
TLS_RSA_WITH_NULL_SHA               0002 TLS1.0   0 RSA
TLS_RSA_WITH_RC4_128_MD5            0004 TLS1.0 128 RSA
ECDHE_ECDSA_NULL_SHA256             C006 TLS1.2   0 EC
ECDHE_RSA_NULL_SHA256               C010 TLS1.2   0 RSA
TLS_RSA_WITH_NULL_SHA256            003B TLS1.2   0 RSA
TLS_RSA_WITH_NULL_NULL              0000 TLS1.2   0 RSA
ECDHE_ECDSA_RC4_128_SHA256          C007 TLS1.2 128 EC
ECDHE_RSA_RC4_128_SHA256            C011 TLS1.2 128 RSA
TLS_RSA_WITH_RC4_128_SHA256         0005 TLS1.2 128 RSA
ECDHE_ECDSA_3DES_EDE_CBC_SHA256     C008 TLS1.2 168 EC
ECDHE_RSA_3DES_EDE_CBC_SHA256       C012 TLS1.2 168 RSA
"""
"""The same of those that MQ no longer enables by itself; the codes of the TLS 1.2 rows are recalled."""

JAVA = {
    "TRIPLE_DES_SHA_US": ("SSL_RSA_WITH_3DES_EDE_CBC_SHA", None),
    "TLS_RSA_WITH_3DES_EDE_CBC_SHA": ("SSL_RSA_WITH_3DES_EDE_CBC_SHA", "SSL_RSA_WITH_3DES_EDE_CBC_SHA"),
    "NULL_MD5": ("SSL_RSA_WITH_NULL_MD5", "SSL_RSA_WITH_NULL_MD5"),
    "NULL_SHA": ("SSL_RSA_WITH_NULL_SHA", "SSL_RSA_WITH_NULL_SHA"),
    "RC4_MD5_US": ("SSL_RSA_WITH_RC4_128_MD5", None),
    "RC4_SHA_US": ("SSL_RSA_WITH_RC4_128_SHA", None),
    "RC4_MD5_EXPORT": ("SSL_RSA_EXPORT_WITH_RC4_40_MD5", None),
    "RC2_MD5_EXPORT": ("SSL_RSA_EXPORT_WITH_RC2_CBC_40_MD5", None),
    "DES_SHA_EXPORT": ("SSL_RSA_WITH_DES_CBC_SHA", None),
    "ANY": ("*ANY", "*ANY"),
    "ANY_TLS12": ("*TLS12", "*TLS12"),
    "ANY_TLS13": ("*TLS13", "*TLS13"),
    "ANY_TLS12_OR_HIGHER": ("*TLS12ORHIGHER", "*TLS12ORHIGHER"),
    "ANY_TLS13_OR_HIGHER": ("*TLS13ORHIGHER", "*TLS13ORHIGHER"),
}
"""CipherSuites whose names follow no rule: of IBM's JRE, of other JREs (facts TLS 1.5)."""

KINDS_TLS13 = ("1.2", "1.3", "ANY", "ANY_TLS12", "ANY_TLS13", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER")
WITH_TLS13 = {
    "1.2": "y n y y n y n",
    "1.3": "n y y n y y y",
    "ANY": "n l y n y y y",
    "ANY_TLS12": "l n y y n y n",
    "ANY_TLS13": "n l y n y y y",
    "ANY_TLS12_OR_HIGHER": "n l y n y y y",
    "ANY_TLS13_OR_HIGHER": "n l y n y y y",
}
"""By what the initiator says, the outcome for each kind of responder: yes, likely not, no (facts TLS 1.4)."""

WITHOUT_TLS13 = {
    "1.2": "y n y y n y n",
    "1.3": "n n n n n n n",
    "ANY": "l n y y n y n",
    "ANY_TLS12": "l n y y n y n",
    "ANY_TLS13": "n n n n n n n",
    "ANY_TLS12_OR_HIGHER": "l n y y n y n",
    "ANY_TLS13_OR_HIGHER": "n n n n n n n",
}
"""The same where one end has no TLS 1.3."""
