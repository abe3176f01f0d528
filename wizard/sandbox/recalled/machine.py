"""What is recalled and not confirmed of the commands of a machine: lifecycle, installation, users, credentials."""

from __future__ import annotations

from wizard.sandbox.recalled.entry import Recalled

MACHINE: dict[str, Recalled] = {
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
    "strmqm.log.command-server": Recalled("The command server has started.", "AMQ5024I; the text is recalled"),
    "strmqm.log.initiator": Recalled("The channel initiator has started.", "AMQ5022I; the text is recalled"),
    "endmqm.status.immediate": Recalled("Ended immediately", "the state after endmqm -i; seen, not after what"),
    "dspmq.rc.invalid": Recalled(36, "taken from a script: invalid arguments"),
    "dspmq.rc.no-match": Recalled(72, "the text AMQ8919E was seen, its status not"),
    "dspmqver.mask": Recalled(
        "Name Version Level BuildType Platform Mode O/S InstName InstDesc InstPath DataPath MaxCmdLevel Primary"
        " LicenseType ReleaseType",
        "the fields of the bits 1, 2, 4 and so on of -f; only that of 2 was seen",
    ),
    "installation.year.10.0": Recalled("2026", "the year in the banner of 2026 builds"),
    "installation.build.9.1": Recalled("180709", "build date in the level"),
    "installation.build.9.2": Recalled("200710", "build date in the level"),
    "installation.build.10.0": Recalled("260612", "build date in the level"),
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
