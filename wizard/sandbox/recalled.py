"""What is recalled and not confirmed about IBM MQ: the one table to correct on a real machine.

Every exit status, text and prompt here has no source that was read; a command takes it from here and nowhere
else. `why` says what is known about it. `make test-mq` checks these entries.
"""

from __future__ import annotations

from typing import NamedTuple


class Recalled(NamedTuple):
    """One unconfirmed fact: the text or exit status used, and what is known about it."""

    value: str | int
    why: str


MACHINE: dict[str, Recalled] = {
    # Lifecycle commands, installation, users.
    "lifecycle.rc.invalid": Recalled(39, "listed for dltmqm, strmqm; recalled for crtmqm and endmqm"),
    "lifecycle.rc.name": Recalled(72, "listed for strmqm; recalled for crtmqm, endmqm, dltmqm"),
    "lifecycle.rc.authority": Recalled(119, "listed for strmqm; recalled for crtmqm, endmqm, dltmqm"),
    "lifecycle.bad-name": Recalled(
        "AMQ7048E: The queue manager name is either not valid or not known.", "dspmq's text; others unknown"
    ),
    "lifecycle.no-default": Recalled(
        "AMQ7048E: The queue manager name is either not valid or not known.",
        "text and status of a missing default queue manager are unknown",
    ),
    "lifecycle.being-created": Recalled("IBM MQ queue manager being created.", "status 3 is listed, the text not"),
    "lifecycle.running": Recalled(
        "IBM MQ queue manager running.",
        "seen in 9.1 for strmqm; whether 9.3 and later name it is unknown; recalled for dltmqm",
    ),
    "lifecycle.stopping": Recalled("IBM MQ queue manager ending.", "status 49 is listed, the text not"),
    "lifecycle.stream": Recalled("stderr", "transcripts join both streams"),
    "crtmqm.status": Recalled("Ended immediately", "what dspmq shows between crtmqm and the first strmqm"),
    "crtmqm.rc.log-path": Recalled(100, "listed for strmqm as log location invalid"),
    "crtmqm.rc.data-path": Recalled(71, "no status is known for a bad -md"),
    "crtmqm.rc.log-size": Recalled(115, "recalled: invalid log size"),
    "crtmqm.log-size": Recalled("AMQ7064E: Log size not valid.", "id and text are recalled"),
    "crtmqm.path": Recalled("AMQ7064E: Log path not valid or inaccessible: {path}", "id and text are recalled"),
    "dspmq.rc.invalid": Recalled(36, "taken from a script: invalid arguments"),
    "dspmq.rc.no-match": Recalled(72, "the text AMQ8919E was seen, its status not"),
    "dspmqver.rc.invalid": Recalled(20, "0, 10, 20 as for other display commands"),
    "dspmqinst.width": Recalled(15, "the labels are recalled, and the column where values begin"),
    "dspmqinst.unknown": Recalled("AMQ8602E: Entry not found.", "status 44 is listed, id and text are recalled"),
    "mqrc.unknown": Recalled("No matching return codes", "text and exit status of an unknown code are recalled"),
    "mqrc.rc.unknown": Recalled(1, "unknown"),
    "runmqicred.prefix": Recalled("<MQI>!2!", "the prefix <MQI>! is documented, the 2 is recalled"),
    "runmqicred.keyfile": Recalled("AMQ5742E: Unable to read the initial key file.", "id and text are recalled"),
    "runmqicred.empty": Recalled("AMQ5743E: No password was entered.", "unknown what an empty password does"),
    "runmqicred.rc.error": Recalled(1, "unknown"),
    "fault.full.text": Recalled(
        "AMQ6119S: An internal IBM MQ error has occurred ('28 - No space left on device' from write.)",
        "the form of AMQ6119 is recalled; what each command says on a full disk is unknown",
    ),
    "fault.rc.unexpected": Recalled(71, "listed for strmqm and dspmq; recalled for the others"),
}

MQSC: dict[str, Recalled] = {
    # runmqsc, dmpmqcfg, setmqaut, dspmqaut.
}

KEYS: dict[str, Recalled] = {
    # runmqakm, runmqktool, mqcertck.
    "keys.rc.failed": Recalled(1, "no status is known but 26, seen when -add met a known certificate"),
    "keys.rc.duplicate": Recalled(21, "recalled: the status is the number of CTGSK2nnn less 2000"),
    "keys.rc.validation": Recalled(43, "recalled: the status is the number of CTGSK2nnn less 2000"),
    "keys.object": Recalled("CTGSK????W Invalid object: {word}", "number and text are recalled"),
    "keys.action": Recalled("CTGSK????W Invalid action: {word}", "number and text are recalled"),
    "keys.option": Recalled("CTGSK????W Invalid option: {option}", "number and text are recalled"),
    "keys.option-value": Recalled(
        'CTGSK????W Invalid value "{value}" for the option {option}', "number and text are recalled"
    ),
    "keys.option-no-value": Recalled(
        "CTGSK????W Missing value for the option {option}", "number and text are recalled"
    ),
    "keys.option-missing": Recalled("CTGSK????W Missing option: {option}", "number and text are recalled"),
    "keys.option-twice": Recalled("CTGSK????W Duplicate option: {option}", "number and text are recalled"),
    "keys.both-passwords": Recalled(
        "CTGSK????W The options {first} and {second} exclude each other", "number and text are recalled"
    ),
    "keys.file": Recalled('CTGSK3026W The key file "{path}" does not exist or cannot be read.', "text is recalled"),
    "keys.password": Recalled("CTGSK2016W An invalid password was encountered.", "number and text are recalled"),
    "keys.type": Recalled(
        'CTGSK????W The key file "{path}" is not of the expected type.', "number and text are recalled"
    ),
    "keys.encryption": Recalled(
        'CTGSK3056W The key file "{path}" could not be read: its encryption is not supported.',
        "the number was seen for a PKCS#12 file that OpenSSL had made; the text, and from which level on AES "
        "is read, are recalled",
    ),
    "keys.stash": Recalled(
        'CTGSK????W The stash file "{path}" does not exist or cannot be read.', "number and text are recalled"
    ),
    "keys.exists": Recalled(
        'CTGSK????W The file "{path}" already exists.',
        "number and text are recalled, and that no command overwrites its target",
    ),
    "keys.unwritable": Recalled('CTGSK????W The file "{path}" could not be written.', "number and text are recalled"),
    "keys.password-length": Recalled(
        "CTGSK????W The password is too short or too long.", "number and text are recalled"
    ),
    "keys.password-characters": Recalled(
        "CTGSK????W The password contains characters that are not valid.", "number and text are recalled"
    ),
    "keys.password-weak": Recalled(
        "CTGSK????W The password does not meet the strong password requirements.",
        "number and text are recalled; the rule itself is documented",
    ),
    "keys.password.minimum": Recalled(5, "12345 was seen to be taken; the real minimum is unknown"),
    "keys.prompt.pw": Recalled("Source database password : ", "seen in Chinese only, without its form"),
    "keys.prompt.new_pw": Recalled("New database password : ", "unknown"),
    "keys.prompt.target_pw": Recalled("Target database password : ", "unknown"),
    "keys.dn": Recalled(
        'CTGSK????W The distinguished name "{dn}" is not valid: {why}.', "number and text are recalled"
    ),
    "keys.key-type": Recalled("CTGSK????W The key type is not supported.", "number and text are recalled"),
    "keys.certificate-unreadable": Recalled(
        'CTGSK????W The certificate file "{path}" could not be read.', "number and text are recalled"
    ),
    "keys.request-unreadable": Recalled(
        'CTGSK????W The certificate request file "{path}" could not be read.', "number and text are recalled"
    ),
    "keys.no-request": Recalled(
        "CTGSK????W The certificate request created for the certificate is not in the key database.",
        "the sentence is recalled from iKeyman",
    ),
    "keys.no-key": Recalled(
        'CTGSK????W The entry with label "{label}" has no private key.', "number and text are recalled"
    ),
    "keys.apostrophe": Recalled(
        "CTGSK????W The label is not valid.", "it fails with an apostrophe in the label; how is unknown"
    ),
    "keys.validity": Recalled("CTGSK????W A certificate is expired or not yet valid.", "number and text are recalled"),
    "keys.valid": Recalled("OK", "what -cert -validate prints is recalled"),
    "keys.no-requests": Recalled("No certificate requests were found.", "formed like the text for certificates"),
    "keys.formats": Recalled("CMS PKCS12", "what -keydb -list prints is unknown"),
    "mqcertck.rc.problem": Recalled(10, "unknown"),
    "mqcertck.rc.invalid": Recalled(20, "unknown"),
    "mqcertck.header": Recalled(
        "IBM MQ TLS Configuration Test utility", "the title was seen in documentation only; layout unknown"
    ),
    "mqcertck.sound": Recalled("No problems found.", "text and layout are recalled"),
}

WIRE: dict[str, Recalled] = {
    # Listeners, channels, clients.
    "wire.messages": Recalled("wire/messages.py", "ids and meanings are from facts; most wordings are recalled"),
    "wire.reason.blockaddr": Recalled(2009, "2009 and 2059 are both on record for BLOCKADDR"),
    "wire.reason.channel-type": Recalled(2539, "a client that asks for a channel of another type: unknown"),
    "wire.reason.sslpeer-refused": Recalled(2393, "what a client gets whose name the server's SSLPEER refuses"),
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

RECALLED: dict[str, Recalled] = {**MACHINE, **MQSC, **KEYS, **WIRE}


def recalled(key: str) -> str:
    """The recalled text of this key."""
    return str(RECALLED[key].value)


def recalled_status(key: str) -> int:
    """The recalled exit status of this key."""
    return int(RECALLED[key].value)
