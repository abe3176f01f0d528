"""What is recalled and not confirmed of listeners, channels and clients."""

from __future__ import annotations

from wizard.sandbox.recalled.entry import Recalled

WIRE: dict[str, Recalled] = {
    "wire.messages": Recalled("wire/messages.py", "ids and meanings are from facts; most wordings are recalled"),
    "wire.reason.blockaddr": Recalled(2009, "2009 and 2059 are both on record for BLOCKADDR"),
    "wire.reason.channel-type": Recalled(2539, "a client that asks for a channel of another type: unknown"),
    "wire.reason.sslpeer-refused": Recalled(2393, "what a client gets whose name the server's SSLPEER refuses"),
    "wire.secure-comms-only": Recalled("AMQ9639E", "what SecureCommsOnly=YES writes for a plain channel: unknown"),
    "wire.minimum-rsa-key": Recalled("AMQ9633E", "what a key smaller than MinimumRSAKeySize writes: unknown"),
    "wire.ccdt.malformed": Recalled("104", "103 was seen for a table that is not there; others are unknown"),
    "runmqlsr.rc.bind": Recalled(20, "10 or 20; which for a port in use is unknown"),
    "runmqlsr.rc.invalid": Recalled(20, "0, 10, 20 as for endmqlsr"),
    "endmqlsr.rc.none": Recalled(10, "completed with unexpected results: no listener was running"),
    "amqs.rc.open": Recalled(0, "after a failed MQOPEN the sample source ends with exit 0, as recalled"),
    "amqssslc.start": Recalled(
        "Sample AMQSSSLC start\nConnecting to queue manager {qmgr}\n"
        "Using the server connection channel {channel}\non connection name {conname}.",
        "recalled from IBM's description of the sample",
    ),
    "amqssslc.tls": Recalled(
        "Using SSL CipherSpec {cipher}\nUsing SSL key repository stem {repository}\nNo OCSP configuration specified.",
        "recalled from IBM's description of the sample",
    ),
    "amqssslc.connected": Recalled(
        "Connection established to queue manager {qmgr}\n\nSample AMQSSSLC end",
        "recalled from IBM's description of the sample",
    ),
    "amqssslc.rc.invalid": Recalled(1, "unknown"),
}
