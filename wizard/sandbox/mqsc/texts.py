"""MQ's replies by key: those seen or documented (facts 2.6); all others stand in the recalled table.

Used by every part of runmqsc; `{...}` are inserts.
"""

from __future__ import annotations

from wizard.sandbox.recalled import recalled

DOCUMENTED = {
    "qmgr.changed": "AMQ8005I: IBM MQ queue manager changed.",
    "qmgr.shown": "AMQ8408I: Display Queue Manager details.",
    "qmstatus.shown": "AMQ8705I: Display Queue Manager Status Details.",
    "queue.created": "AMQ8006I: IBM MQ queue created.",
    "queue.changed": "AMQ8008I: IBM MQ queue changed.",
    "queue.deleted": "AMQ8007I: IBM MQ queue deleted.",
    "queue.shown": "AMQ8409I: Display Queue details.",
    "queue.cleared": "AMQ8022I: IBM MQ queue cleared.",
    "qstatus.shown": "AMQ8450I: Display queue status details.",
    "channel.created": "AMQ8014I: IBM MQ channel created.",
    "channel.changed": "AMQ8016I: IBM MQ channel changed.",
    "channel.shown": "AMQ8414I: Display Channel details.",
    "channel.started": "AMQ8018I: Start IBM MQ channel accepted.",
    "channel.unknown": "AMQ8227E: Channel {name} not found.",
    "channel.cipher": "AMQ8242E: SSLCIPH definition wrong.",
    "chstatus.shown": "AMQ8417I: Display Channel Status details.",
    "chstatus.none": "AMQ8420I: Channel Status not found.",
    "listener.created": "AMQ8626I: IBM MQ listener created.",
    "listener.shown": "AMQ8630I: Display listener information details.",
    "listener.started": "AMQ8021I: Request to start IBM MQ listener accepted.",
    "lsstatus.shown": "AMQ8631I: Display listener status details.",
    "chlauth.set": "AMQ8877I: IBM MQ channel authentication record set.",
    "chlauth.shown": "AMQ8878I: Display channel authentication record details.",
    "chlauth.runs.as": "AMQ9783I: Channel will run using MCAUSER('{user}').",
    "authrec.set": "AMQ8862I: IBM MQ authority record set.",
    "authinfo.created": "AMQ8563I: IBM MQ authentication information object created.",
    "authinfo.changed": "AMQ8567I: IBM MQ authentication information changed.",
    "topic.created": "AMQ8690I: IBM MQ topic created.",
    "topic.changed": "AMQ8691I: IBM MQ topic changed.",
    "topic.shown": "AMQ8633I: Display topic details.",
    "sub.shown": "AMQ8096I: IBM MQ subscription inquired.",
    "namelist.changed": "AMQ8551I: IBM MQ namelist changed.",
    "namelist.shown": "AMQ8550I: Display namelist details.",
    "process.created": "AMQ8010I: IBM MQ process created.",
    "comminfo.created": "AMQ8858I: IBM MQ comminfo created.",
    "security.refreshed": "AMQ8560I: IBM MQ security cache refreshed.",
    "object.in.use": "AMQ8148E: IBM MQ object in use.",
    "not.authorized": "AMQ8135E: Not authorized.",
    "connection.broken": "AMQ8145E: Connection broken.",
    "qmgr.unknown": "AMQ8118E: IBM MQ queue manager does not exist.",
    "qmgr.not.available": "AMQ8146E: IBM MQ queue manager not available.",
    "syntax.error": "AMQ8405I: Syntax error detected at or near end of command segment below:-",
    "syntax.commands": "AMQ8426I: Valid MQSC commands are:",
    "syntax.command": "AMQ8427I: Valid syntax for the MQSC command is:",
}


def message(key: str, **inserts: str) -> str:
    """The text of a reply; an unknown key raises KeyError."""
    text = DOCUMENTED.get(key)
    if text is None:
        text = recalled(f"mqsc.{key}")
    return text.format_map(inserts) if inserts else text
