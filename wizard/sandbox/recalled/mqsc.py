"""What is recalled and not confirmed of runmqsc, MQSC, dmpmqcfg and authorities."""

from __future__ import annotations

from wizard.sandbox.recalled.entry import Recalled

MQSC: dict[str, Recalled] = {
    "mqsc.address.conflict": Recalled(
        "AMQ8889E: IP address range conflict with an existing channel authentication record.",
        "PCF 3343; ids 8881 to 8892 counted from 8884, which is 3338; text recalled",
    ),
    "mqsc.address.range": Recalled("AMQ8892E: IP address range not valid.", "PCF 3346; id counted from 8884"),
    "mqsc.address.wrong": Recalled("AMQ8891E: IP address not valid.", "PCF 3345; id counted from 8884"),
    "mqsc.attribute.missing": Recalled(
        "AMQ8229E: {keyword} parameter is required.", "which message says so is unknown"
    ),
    "mqsc.authinfo.deleted": Recalled("AMQ8568I: IBM MQ authentication information object deleted.", "facts 2.6"),
    "mqsc.authinfo.shown": Recalled("AMQ8566I: Display authentication information details.", "facts 2.6"),
    "mqsc.authrec.deleted": Recalled("AMQ8863I: IBM MQ authority record deleted.", "facts 2.6"),
    "mqsc.authrec.none": Recalled("AMQ8459I: Not found.", "id and text recalled"),
    "mqsc.authrec.shown": Recalled("AMQ8864I: Display authority record details.", "facts 2.6"),
    "mqsc.authrec.unknown.entity": Recalled(
        "AMQ8871E: Entity, principal or group not known.", "the id is seen in public scripts; text recalled"
    ),
    "mqsc.authrec.wrong.authority": Recalled(
        "AMQ8868E: Authority value not valid for the object type.", "PCF MQRCCF_AUTH_VALUE_ERROR; id recalled"
    ),
    "mqsc.ccdt.unreadable": Recalled(
        "AMQ9518E: The client channel definition table is not valid.", "id and text recalled"
    ),
    "mqsc.channel.deleted": Recalled("AMQ8015I: IBM MQ channel deleted.", "facts 2.6"),
    "mqsc.channel.conname": Recalled(
        "AMQ8214E: CONNAME parameter required with channel types SDR, RQSTR, CLNTCONN, CLUSSDR and CLUSRCVR.",
        "id and text seen in public code, without the letter",
    ),
    "mqsc.channel.exists": Recalled(
        "AMQ8226E: IBM MQ channel already exists.", "id seen in public code for this case; text recalled"
    ),
    "mqsc.channel.in.use": Recalled("AMQ9514E: Channel '{name}' is in use.", "facts 2.6 name the id only"),
    "mqsc.channel.inactive": Recalled(
        "AMQ9533W: Channel '{name}' is not currently active.", "text seen on 7.0; letter recalled"
    ),
    "mqsc.channel.not.found": Recalled(
        "AMQ9519E: Channel '{name}' not found.", "what RUNCHECK says of an unknown channel; id seen in public code"
    ),
    "mqsc.channel.stopped": Recalled("AMQ8019I: Stop IBM MQ channel accepted.", "facts 2.6"),
    "mqsc.channel.xmitq": Recalled(
        "AMQ8213E: XMITQ parameter required with channel types SDR and SVR.", "id and text recalled"
    ),
    "mqsc.chlauth.disabled": Recalled("AMQ8899E: Channel authentication is disabled.", "PCF 3357; id recalled"),
    "mqsc.chlauth.exists": Recalled(
        "AMQ8883E: Channel authentication record already exists.", "PCF 3337; id counted from 8884"
    ),
    "mqsc.chlauth.profile": Recalled(
        "AMQ8895E: Channel name not valid for this channel authentication record type.",
        "PCF 3349; id recalled",
    ),
    "mqsc.chlauth.runcheck": Recalled(
        "AMQ8896E: Run-time check parameters not valid.", "PCF 3350; id and text recalled"
    ),
    "mqsc.chlauth.too.many": Recalled("AMQ8890E: Maximum number of values exceeded.", "PCF 3344; id counted from 8884"),
    "mqsc.chlauth.unknown": Recalled("AMQ8884E: Channel authentication record not found.", "facts 2.6; PCF 3338"),
    "mqsc.chlauth.wrong.action": Recalled(
        "AMQ8885E: Parameter not allowed for this action on a channel authentication record.",
        "PCF 3339; id counted from 8884",
    ),
    "mqsc.chlauth.wrong.match": Recalled(
        "AMQ8888E: Parameter not allowed for this channel authentication record match value.",
        "PCF 3342; id counted from 8884",
    ),
    "mqsc.chlauth.wrong.source": Recalled(
        "AMQ8886E: Parameter not allowed for this channel authentication record user source value.",
        "PCF 3340; id counted from 8884",
    ),
    "mqsc.chlauth.wrong.type": Recalled(
        "AMQ8882E: Parameter not allowed for this channel authentication record type.",
        "PCF 3336; id counted from 8884",
    ),
    "mqsc.cluster.both": Recalled(
        "AMQ8218E: The system cannot accept the combination of parameters entered.",
        "CLUSTER with CLUSNL, REPOS with REPOSNL; id recalled",
    ),
    "mqsc.comminfo.changed": Recalled("AMQ8859I: IBM MQ comminfo changed.", "id recalled"),
    "mqsc.comminfo.deleted": Recalled("AMQ8860I: IBM MQ comminfo deleted.", "id recalled"),
    "mqsc.comminfo.shown": Recalled("AMQ8861I: Display comminfo details.", "id recalled"),
    "mqsc.conn.shown": Recalled("AMQ8276I: Display Connection details.", "id and text recalled"),
    "mqsc.conn.none": Recalled("AMQ8147E: IBM MQ object {name} not found.", "id recalled"),
    "mqsc.entauth.shown": Recalled("AMQ8866I: Display entity authority details.", "id and layout recalled"),
    "mqsc.filter.wrong": Recalled(
        "AMQ8569E: Error in filter specification", "id and text seen in public code, without the letter"
    ),
    "mqsc.listener.active": Recalled(
        "AMQ8730W: Listener already active.", "id, letter and exit status seen; text recalled"
    ),
    "mqsc.listener.changed": Recalled("AMQ8627I: IBM MQ listener changed.", "facts 2.6"),
    "mqsc.listener.deleted": Recalled("AMQ8628I: IBM MQ listener deleted.", "facts 2.6"),
    "mqsc.listener.inactive": Recalled("AMQ8731W: Listener not active.", "id and text recalled"),
    "mqsc.listener.stopped": Recalled(
        "AMQ8706I: Request to stop IBM MQ Listener accepted.", "id seen; English text recalled"
    ),
    "mqsc.local.only": Recalled(
        "AMQ8549E: Command not valid with runmqsc -n.", "that -n takes client channels only is documented"
    ),
    "mqsc.logger.events": Recalled(
        "AMQ8518E: Logger events are not available with circular logging.", "id seen; text recalled"
    ),
    "mqsc.name.wrong": Recalled("AMQ8424E: Error detected in a name keyword.", "id seen; letter recalled"),
    "mqsc.namelist.created": Recalled("AMQ8552I: IBM MQ namelist created.", "facts 2.6"),
    "mqsc.namelist.deleted": Recalled("AMQ8553I: IBM MQ namelist deleted.", "id recalled"),
    "mqsc.object.exists": Recalled("AMQ8150E: IBM MQ object already exists.", "likely, unconfirmed (facts 2.6)"),
    "mqsc.object.other.type": Recalled("AMQ8151E: IBM MQ object has a different type.", "id and text recalled"),
    "mqsc.object.unknown": Recalled(
        "AMQ8147E: IBM MQ object {name} not found.", "id used by real tools; text recalled"
    ),
    "mqsc.peer.name": Recalled("AMQ8243E: SSLPEER definition wrong.", "PCF 4093; id counted from AMQ8242"),
    "mqsc.process.changed": Recalled("AMQ8012I: IBM MQ process changed.", "id recalled"),
    "mqsc.process.deleted": Recalled("AMQ8011I: IBM MQ process deleted.", "id recalled"),
    "mqsc.process.shown": Recalled("AMQ8407I: Display Process details.", "id recalled"),
    "mqsc.qmgr.pinged": Recalled("AMQ8415I: Ping IBM MQ Queue Manager command complete.", "id seen; text recalled"),
    "mqsc.qstatus.none": Recalled(
        "AMQ8147E: IBM MQ object {name} not found.", "what TYPE(HANDLE) says without handles is unknown"
    ),
    "mqsc.queue.not.empty": Recalled("AMQ8143E: IBM MQ queue not empty.", "seen on 7.x without the letter"),
    "mqsc.service.created": Recalled("AMQ8625I: IBM MQ service created.", "facts 2.6"),
    "mqsc.service.changed": Recalled("AMQ8623I: IBM MQ service changed.", "id recalled"),
    "mqsc.service.deleted": Recalled("AMQ8624I: IBM MQ service deleted.", "id recalled"),
    "mqsc.service.shown": Recalled("AMQ8629I: Display service information details.", "id recalled"),
    "mqsc.sub.created": Recalled("AMQ8094I: IBM MQ subscription created.", "facts 2.6"),
    "mqsc.sub.changed": Recalled("AMQ8095I: IBM MQ subscription changed.", "id recalled"),
    "mqsc.sub.deleted": Recalled("AMQ8091I: IBM MQ subscription deleted.", "id recalled"),
    "mqsc.suiteb.wrong": Recalled("AMQ8218E: SUITEB definition wrong.", "id and text recalled"),
    "mqsc.topic.deleted": Recalled("AMQ8692I: IBM MQ topic deleted.", "facts 2.6"),
    "mqsc.topic.string.fixed": Recalled(
        "AMQ8218E: TOPICSTR cannot be changed.", "that it cannot is documented; id and text recalled"
    ),
    "runmqsc.assumes.length": Recalled("syntax error", "a name or text that is too long, a number out of range"),
    "runmqsc.assumes.chltype": Recalled(
        "second", "CHLTYPE must follow the name (IBM says so; what a breach gives is open)"
    ),
    "runmqsc.assumes.alias": Recalled("9.1.1", "ANY_TLS12 came with 9.1.1 or 9.1.2, the other aliases with 9.1.4"),
    "runmqsc.assumes.chlauth.warn": Recalled(
        "syntax error", "ALTER QMGR CHLAUTH(WARN) is mentioned for 9.1 to 9.3, unconfirmed"
    ),
    "runmqsc.assumes.stars": Recalled(
        "syntax error", "an IP pattern that is short of parts and has several stars inside, such as 2001:*:5:*:1"
    ),
    "runmqsc.assumes.escaped.star": Recalled("taken", "a literal star in SSLPEER or SSLCERTI, written \\*"),
    "runmqsc.assumes.crlf": Recalled("taken", "a carriage return before the line end, in scripts from Windows"),
    "runmqsc.assumes.foreign": Recalled(
        "syntax error", "an attribute that another CHLTYPE has, such as SSLCAUTH on a SDR"
    ),
    "runmqsc.assumes.quoted": Recalled("taken", "numbers and words such as TCP between quotes, if in upper case"),
    "runmqsc.assumes.system": Recalled("taken", "SYSTEM objects without CONNAME, XMITQ, TOPICSTR: a dump holds them"),
    "runmqsc.assumes.eof": Recalled("run", "a continued command that the end of the input cuts off"),
    "runmqsc.assumes.refresh": Recalled("AUTHSERV", "REFRESH SECURITY without a TYPE"),
    "runmqsc.assumes.chltable": Recalled("QMGRTBL", "DELETE CHANNEL without CHLTABLE never finds a CLNTCONN"),
    "runmqsc.assumes.profile": Recalled("taken", "SET AUTHREC and setmqaut for an object that does not exist"),
    "runmqsc.assumes.principal": Recalled("12", "a principal of more than 12 characters is an unknown one"),
    "runmqsc.assumes.runcheck": Recalled(
        "record", "RUNCHECK shows a record for MAP, NOACCESS, BLOCKUSER, else AMQ9783I"
    ),
    "runmqsc.assumes.order": Recalled("facts 4.3", "which CHLAUTH record wins: see mqsc/rules.py"),
    "runmqsc.assumes.crt": Recalled("not in ALL", "whether AUTHADD(ALL) holds CRT"),
    "runmqsc.rc.not.run": Recalled(20, "the queue manager is missing or not available (facts 2.1)"),
    "runmqsc.summary.one.syntax": Recalled("One command has a syntax error.", "facts 2.5"),
    "runmqsc.summary.many.syntax": Recalled("{count} commands have a syntax error.", "facts 2.5"),
    "runmqsc.prompt": Recalled(
        "each line", "whether MQPROMPT is printed before each line, or (`each command`) not before continuation lines"
    ),
    "runmqsc.password.prompt": Recalled("Enter password: ", "prompt of -u"),
    "runmqsc.local.banner": Recalled("Starting local MQSC for '{table}'.", "banner of -n"),
    "setmqaut.rc.not.available": Recalled(40, "facts 6"),
    "setmqaut.rc.unknown.entity": Recalled(149, "facts 6: entity missing; for an unknown one it is a guess"),
    "setmqaut.rc.wrong.type": Recalled(148, "facts 6"),
    "setmqaut.rc.no.type": Recalled(147, "facts 6"),
    "setmqaut.rc.no.name": Recalled(146, "facts 6"),
    "setmqaut.rc.unexpected.name": Recalled(145, "facts 6"),
    "setmqaut.rc.no.authority": Recalled(150, "facts 6"),
    "setmqaut.rc.wrong.authority": Recalled(151, "facts 6"),
    "setmqaut.rc.name": Recalled(72, "facts 6"),
    "setmqaut.unknown.entity": Recalled("AMQ7026E: A principal or group name was invalid.", "id and text recalled"),
    "setmqaut.usage": Recalled(
        "AMQ7023E: The setmqaut command was entered with parameters that are not valid.", "text recalled"
    ),
    "dmpmqcfg.rc.error": Recalled(20, "facts 5"),
}
