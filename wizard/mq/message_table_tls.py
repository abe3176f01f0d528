"""What the messages of channels, TLS, channel rules and passwords mean, as error logs and clients show them (facts
TLS 6).
"""

from __future__ import annotations

from wizard.mq.message_type import Meaning

_REFRESH = "then REFRESH SECURITY TYPE(SSL)"

TLS_MEANINGS = {
    "AMQ5534": Meaning("The user id or password was refused.", "Check both; see the queue manager's error log."),
    "AMQ5540": Meaning(
        "The application sent no user id and password, and the connection authentication asks for them.",
        "Let it send them, or map it by certificate with CHCKCLNT(ASQMGR).",
    ),
    "AMQ5541": Meaning("The check of a password failed; the next message says why.", "See that message."),
    "AMQ5542": Meaning(
        "The check of a user id and password refused the connection.", "Check CHCKCLNT and the password."
    ),
    "AMQ9202": Meaning("The remote host does not answer.", "Check host name, port and listener."),
    "AMQ9204": Meaning("The remote host refused the connection.", "Check host name, port and listener."),
    "AMQ9208": Meaning("The connection broke.", "The cause is in an earlier message, here or at the partner."),
    "AMQ9503": Meaning("The channel's two ends did not agree.", "See the earlier messages at both ends."),
    "AMQ9557": Meaning(
        "The queue manager refused the user that the connection came as; the message names it.",
        "Grant CONNECT to it, or correct the rule or password.",
    ),
    "AMQ9616": Meaning(
        "The client's CipherSpec is not enabled at the queue manager.",
        "Give both ends the same SSLCIPH; look at SSLFIPS, SUITEB and AllowedCipherSpecs.",
    ),
    "AMQ9620": Meaning("The TLS library reported an internal error.", "See the return code in the message."),
    "AMQ9631": Meaning(
        "The CipherSpec that was negotiated is not the one that this channel wants.",
        "Give both ends the same SSLCIPH; put a specific name on the side that calls.",
    ),
    "AMQ9633": Meaning(
        "The partner's certificate is not trusted here.",
        f"Add its root and intermediate certificates to this side's key repository, {_REFRESH}.",
    ),
    "AMQ9635": Meaning("The channel's CipherSpec is not valid.", "Correct SSLCIPH."),
    "AMQ9636": Meaning(
        "The partner's distinguished name does not match SSLPEER; the message shows it.",
        "Correct SSLPEER, or the certificate that the partner shows.",
    ),
    "AMQ9637": Meaning(
        "The partner showed no certificate, and this channel wants one.",
        "See the partner's label (CERTLABL) and key repository: its key may be missing.",
    ),
    "AMQ9638": Meaning("TLS failed; an earlier message says why.", "Read the message before this one."),
    "AMQ9639": Meaning("The partner does not use TLS, and this channel does.", "Give the partner an SSLCIPH."),
    "AMQ9640": Meaning("SSLPEER is not valid.", "Keywords in capitals; * only at the ends of a value."),
    "AMQ9641": Meaning("The partner reports an error of CipherSpecs.", "See the partner's error log."),
    "AMQ9642": Meaning(
        "This end has no certificate to show.", "Check CERTLABL and that the key repository holds the key."
    ),
    "AMQ9643": Meaning("The partner does not accept this end's distinguished name.", "See the partner's SSLPEER."),
    "AMQ9644": Meaning("The partner's certificate gives no name to compare.", "Look at its subject; see SSLPEER."),
    "AMQ9654": Meaning("The partner's certificate is not valid.", "As for AMQ9633."),
    "AMQ9657": Meaning(
        "The key repository cannot be opened.",
        "Check SSLKEYR: full name from 9.3, without .kdb before; mqm must be able to read it.",
    ),
    "AMQ9658": Meaning(
        "A certificate of the chain is not within its dates.", "Check the dates of all of them, and the clock."
    ),
    "AMQ9659": Meaning("The TLS handshake failed.", "See the partner's error log."),
    "AMQ9660": Meaning(
        "The password of the key repository is wrong, or its stash file is missing.",
        "Set KEYRPWD, or stash the password again; mqm must be able to read the file.",
    ),
    "AMQ9661": Meaning(
        "The partner sent something that is no TLS.", "A port scanner or health check may be the cause."
    ),
    "AMQ9662": Meaning("The partner sent something that TLS here does not support.", "Look at protocol and curve."),
    "AMQ9665": Meaning("The partner closed the TLS connection.", "The cause is in the partner's error log."),
    "AMQ9673": Meaning(
        "The client did not say which channel it wants before TLS began, and the channel has its own certificate.",
        "Set OutboundSNI=CHANNEL at the client, or remove CERTLABL from the channel.",
    ),
    "AMQ9690": Meaning(
        "The issuer's key does not fit the certificate's signature.",
        "Two authorities have one name: remove the stale one.",
    ),
    "AMQ9703": Meaning("The channel's sequence numbers do not agree.", "RESET CHANNEL at the sending end."),
    "AMQ9716": Meaning(
        "It could not be found out whether a certificate is revoked.",
        "Let the host reach the responder, or set OCSPAuthentication or OCSPCheckExtensions.",
    ),
    "AMQ9719": Meaning("The CipherSpec is not allowed with SSLFIPS(YES).", "Choose another, or SSLFIPS(NO)."),
    "AMQ9722": Meaning("Channels without TLS are allowed.", "SecureCommsOnly=YES in qm.ini refuses them, from 9.3."),
    "AMQ9771": Meaning("TLS failed in a Java client; the nested message says why.", "See that message."),
    "AMQ9776": Meaning(
        "A BLOCKUSER rule refused the user that the connection came as.",
        "Map it to a user that is not privileged; the message shows which rule to look at.",
    ),
    "AMQ9777": Meaning(
        "A channel authentication rule refused the connection.",
        "DISPLAY CHLAUTH MATCH(RUNCHECK) with the values of the message shows which rule.",
    ),
    "AMQ9782": Meaning("The channel would run as the user that the partner sends.", ""),
    "AMQ9783": Meaning("The channel would run as the user that the message names.", ""),
    "AMQ9788": Meaning("The look-up of a host name was slow.", "Add the address to /etc/hosts, or REVDNS(DISABLED)."),
    "AMQ9790": Meaning("A rule wants a user id and password that were not checked.", "See CHCKCLNT of the rule."),
    "AMQ9791": Meaning(
        "The client sent no user id and password, and the rule wants them.",
        "Let it send them, or set CHCKCLNT(ASQMGR) in the rule.",
    ),
    "AMQ9795": Meaning("The client's channel table cannot be read.", "Check MQCCDTURL, or MQCHLLIB and MQCHLTAB."),
    "AMQ9999": Meaning("The channel ended abnormally.", "The cause is in an earlier message."),
    "AMQ8242": Meaning(
        "The CipherSpec is not valid in this release, or is switched off.",
        "Choose one that the release has; ANY_TLS12_OR_HIGHER is known from 9.1.4.",
    ),
}
"""By id without severity letter."""
