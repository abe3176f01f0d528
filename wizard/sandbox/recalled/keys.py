"""What is recalled and not confirmed of runmqakm and runmqktool."""

from __future__ import annotations

from wizard.sandbox.recalled.entry import Recalled

KEYS: dict[str, Recalled] = {
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
    "keys.default.sig_alg": Recalled("SHA256WithRSA", "what an absent -sig_alg means is recalled"),
    "keys.default.size": Recalled(2048, "what an absent -size means for RSA is recalled"),
    "keys.expire.maximum": Recalled(7300, "the most days that -expire takes are recalled"),
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
