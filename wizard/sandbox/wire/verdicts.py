"""Which message each refusal has, on either end, and which reason code the program gets: the one table of
the wire.

Facts: TLS 5.1, 6. The end that refuses logs the cause, the other end what it was told. Reason codes marked
in `recalled` as `wire.reason.*` are recalled.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from wizard.sandbox.recalled import recalled_status

NOT_AUTHORIZED = 2035


class Event(Enum):
    """What can go wrong with a connection, apart from what the listener refuses by a message."""

    # seen by either end, in or right after the handshake
    CERTIFICATE_NOT_TRUSTED = "a certificate does not validate"
    CERTIFICATE_OUT_OF_DATE = "a certificate is not within its validity period"
    NO_COMMON_CIPHER = "no CipherSpec in common"
    CLOSED_IN_TLS = "the other end ended the handshake"
    NOT_TLS = "what arrived is not TLS"
    # seen by the client alone
    HOST_UNKNOWN = "the host name has no address"
    NO_LISTENER = "nothing listens there"
    CLOSED = "the connection was closed without an answer"
    BAD_CIPHER = "the CipherSpec is not one of this release"
    PEER_NAME = "the queue manager's certificate has another name"
    PEER_PATTERN = "the SSLPEER of the definition is malformed"
    STORE_UNREADABLE = "the key repository cannot be opened"
    STORE_PASSWORD = "the key repository's password or stash is wrong"  # noqa: S105 - no password
    NO_STORE = "no key repository is named"
    NO_DEFINITION = "no client channel definition for this queue manager"
    TABLE_UNREADABLE = "the channel definition table cannot be read"
    OTHER_QUEUE_MANAGER = "another queue manager answered"


class Outcome(NamedTuple):
    """The message for the log (none when empty) and the reason code the program gets."""

    message: str
    reason: int


OF_VERIFY_ERROR = {
    # OpenSSL's X509_V_ERR_*; whatever is not listed is a certificate that does not validate (AMQ9633)
    9: Event.CERTIFICATE_OUT_OF_DATE,  # not yet valid
    10: Event.CERTIFICATE_OUT_OF_DATE,  # expired
}

GSKIT_NOT_TRUSTED = 575010
"""GSKit's code in AMQ9633: no chain to a trusted root."""

ON_SERVER = {
    Event.CERTIFICATE_NOT_TRUSTED: "AMQ9633E",
    Event.CERTIFICATE_OUT_OF_DATE: "AMQ9658E",
    Event.NO_COMMON_CIPHER: "AMQ9616E",
    Event.CLOSED_IN_TLS: "AMQ9665E",
    Event.NOT_TLS: "AMQ9661E",
    Event.STORE_UNREADABLE: "AMQ9657E",
    Event.STORE_PASSWORD: "AMQ9660E",
}

ON_CLIENT = {
    Event.CERTIFICATE_NOT_TRUSTED: Outcome("AMQ9633E", 2393),
    Event.CERTIFICATE_OUT_OF_DATE: Outcome("AMQ9658E", 2393),
    Event.NO_COMMON_CIPHER: Outcome("AMQ9616E", 2393),
    Event.CLOSED_IN_TLS: Outcome("AMQ9665E", 2393),
    Event.NOT_TLS: Outcome("AMQ9661E", 2393),
    Event.HOST_UNKNOWN: Outcome("AMQ9203E", 2538),
    Event.NO_LISTENER: Outcome("AMQ9202E", 2538),
    Event.CLOSED: Outcome("AMQ9209E", recalled_status("wire.reason.blockaddr")),
    Event.BAD_CIPHER: Outcome("AMQ9635E", 2393),
    Event.PEER_NAME: Outcome("AMQ9636E", 2398),
    Event.PEER_PATTERN: Outcome("AMQ9640E", 2399),
    Event.STORE_UNREADABLE: Outcome("AMQ9657E", 2381),
    Event.STORE_PASSWORD: Outcome("AMQ9660E", 2381),
    Event.NO_STORE: Outcome("AMQ9657E", 2381),
    Event.NO_DEFINITION: Outcome("", 2058),
    Event.TABLE_UNREADABLE: Outcome("AMQ9795E", 2058),
    Event.OTHER_QUEUE_MANAGER: Outcome("", 2058),
}

WHEN_TOLD = {
    # the message by which the listener refused: what the client logs, and its reason code
    "AMQ9519E": Outcome("AMQ9520E", 2540),
    "AMQ9502E": Outcome("AMQ9503E", recalled_status("wire.reason.channel-type")),
    "AMQ9514E": Outcome("AMQ9558E", 2537),
    "AMQ9489E": Outcome("AMQ9558E", 2537),
    "AMQ9490E": Outcome("AMQ9558E", 2537),
    "AMQ9631E": Outcome("AMQ9641E", 2393),
    "AMQ9635E": Outcome("AMQ9641E", 2539),
    "AMQ9639E": Outcome("AMQ9641E", 2393),
    "AMQ9636E": Outcome("AMQ9643E", recalled_status("wire.reason.sslpeer-refused")),
    "AMQ9637E": Outcome("AMQ9642E", 2393),
    "AMQ9673E": Outcome("AMQ9665E", 2393),
    "AMQ9776E": Outcome("", NOT_AUTHORIZED),
    "AMQ9777E": Outcome("", NOT_AUTHORIZED),
    "AMQ9790E": Outcome("", 2063),
    "AMQ9791E": Outcome("", NOT_AUTHORIZED),
    "AMQ9557E": Outcome("", NOT_AUTHORIZED),
    "AMQ8077W": Outcome("", NOT_AUTHORIZED),
    "AMQ9207E": Outcome("AMQ9209E", 2009),
    "AMQ9508E": Outcome("AMQ9508E", 2059),
}
