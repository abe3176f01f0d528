"""What the messages of a channel initiator on z/OS mean, for those whose partner runs there (facts TLS 6, 6.1).

The last two digits are those of AMQ96nn. Recalled but for CSQX620, 630, 631, 641, 642, 645 and 686.
"""

from __future__ import annotations

from wizard.mq.message_table_tls import TLS_MEANINGS
from wizard.mq.message_type import Meaning

_OWN = {
    "CSQX620": Meaning("System SSL reported an error; 456 means ICSF.", "Look the return code up; ICSF must run."),
    "CSQX625": Meaning("System SSL reported an error.", "Look the return code up."),
    "CSQX629": Meaning("The CipherSpec needs ICSF, which is not there.", "Start ICSF, or choose another CipherSpec."),
    "CSQX630": Meaning(
        "The channel wants TLS, and the channel initiator has no SSL tasks.",
        "ALTER QMGR SSLTASKS(8), then restart the channel initiator.",
    ),
    "CSQX632": Meaning(
        "The certificate has no associated user ID in RACF; the channel initiator's own is used.",
        "Nothing, unless PUTAUT needs one: then RACDCERT MAP.",
    ),
    "CSQX633": Meaning("The remote end failed a check of certificates.", "See the partner's log."),
    "CSQX634": Meaning("This end failed a check of certificates.", "See the messages before it."),
    "CSQX642": Meaning(
        "This end has no certificate for the channel that may be used.",
        "See the label; KEYUSAGE must be absent or contain HANDSHAKE, that is digitalSignature.",
    ),
    "CSQX645": Meaning(
        "The correctly labelled certificate is not on the key ring.", "RACDCERT CONNECT it with USAGE(PERSONAL)."
    ),
    "CSQX684": Meaning("The key ring is empty or has no usable certificate.", "RACDCERT LISTRING, then CONNECT."),
    "CSQX685": Meaning("A self-signed certificate is missing on the key ring.", "Connect the partner's to the ring."),
    "CSQX686": Meaning(
        "The certificate has no private key: the signed one was added without, or over, the entry that asked for it.",
        "Add it under the user whose RACDCERT GENREQ asked for it; RACDCERT LIST must not say Private Key NONE.",
    ),
    "CSQX687": Meaning("A certificate has been revoked.", "Get a new one; see why the old one was revoked."),
    "CSQX688": Meaning("The LDAP server with the revocation list cannot be reached.", "See SSLCRLNL and the server."),
    "CSQX689": Meaning(
        "The LDAP server with the revocation list refused.", "See LDAPUSER and LDAPPWD of the AUTHINFO."
    ),
}

_AS_ELSEWHERE = (631, 635, 636, 637, 638, 639, 640, 641, 643, 644, 658)

ZOS_MEANINGS = {
    **{f"CSQX{number}": TLS_MEANINGS[f"AMQ9{number}"] for number in _AS_ELSEWHERE},
    **_OWN,
}
"""By id without severity letter."""
