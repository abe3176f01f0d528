"""The message ids of runmqsc and the control commands: which mean success, which failure, and what to do.

Ids and texts: facts commands 1, 2.6, 6. Recalled, because no captured reply shows them: AMQ8007, 8010 to 8012, 8015,
8019, 8020, 8023, 8025, 8091, 8095 to 8097, 8276, 8407, 8415, 8424, 8459, 8552, 8553, 8566, 8568, 8622 to 8624, 8627 to
8629, 8632, 8692, 8734, 8859, 8860, 8863, 8864, 9533's letter, 9782. What SUSPEND, RESUME, RESET and REFRESH of a
cluster answer is not known.
"""

from __future__ import annotations

from wizard.mq.message_table_more import MORE_MEANINGS
from wizard.mq.message_table_tls import TLS_MEANINGS
from wizard.mq.message_table_zos import ZOS_MEANINGS
from wizard.mq.message_type import Meaning


def _numbers(*numbers: int | range) -> frozenset[str]:
    found: set[str] = set()
    for number in numbers:
        found.update(f"AMQ{each}" for each in ([number] if isinstance(number, int) else number))
    return frozenset(found)


DONE = _numbers(
    8003,  # queue manager started, ended
    8004,
    range(8005, 8009),  # queue manager changed, queue created, deleted, changed
    range(8010, 8013),  # process created, deleted, changed
    range(8014, 8017),  # channel created, deleted, changed
    range(8018, 8024),  # channel started, stopped, pinged; listener started; queue cleared; channel reset
    8025,  # channel resolved
    8091,  # subscription deleted
    range(8094, 8098),  # subscription created, changed, inquired, deleted
    8276,  # details of connections
    8407,  # details of process, queue manager, queue
    8408,
    8409,
    8414,
    8415,
    8417,
    8450,
    range(8550, 8554),  # namelist
    8560,  # security refreshed
    8563,  # authentication information
    range(8566, 8569),
    range(8622, 8634),  # service, listener, topic
    range(8690, 8693),  # topic
    8705,
    8706,  # listener stopped
    8733,  # service started, stopped
    8734,
    range(8858, 8865),  # communication information, authority record
    8877,
    8878,
    8939,
    8942,
    9782,
    9783,
)
"""Messages that say that the command did what it was asked to."""

ALREADY = _numbers(8730, 9533)
"""Messages that say that it was so before."""

FAILED = {
    "AMQ8147": "not found",
    "AMQ8227": "not found",
    "AMQ8420": "not found",
    "AMQ8459": "not found",
    "AMQ8884": "not found",
    "AMQ8118": "not found",
    "AMQ7048": "not found",
    "AMQ8919": "not found",
    "AMQ8150": "exists already",
    "AMQ8110": "exists already",
    "AMQ8148": "in use",
    "AMQ9514": "in use",
    "AMQ8405": "syntax error",
    "AMQ8426": "syntax error",
    "AMQ8427": "syntax error",
    "AMQ8424": "value refused",
    "AMQ8242": "value refused",
    "AMQ8518": "value refused",
    "AMQ8135": "not authorised",
    "AMQ7077": "not authorised",
    "AMQ8149": "failed",
    "AMQ9218": "failed",
    "AMQ9558": "failed",
    "AMQ8156": "queue manager not running",
    "AMQ8146": "queue manager not running",
    "AMQ8145": "connection lost",
    "AMQ8416": "connection lost",
}
"""Messages that say that it did not, and in which way."""

_COMMANDS = {
    "AMQ7017": Meaning("The recovery log cannot be read.", "See the queue manager's error log; restore the log."),
    "AMQ7048": Meaning("There is no queue manager of that name here.", "Check the name: it is case-sensitive."),
    "AMQ7077": Meaning(
        "This user may not do that: it is not in group mqm, or was not when this session began.",
        "Log in again after joining group mqm, or run as mqm.",
    ),
    "AMQ8110": Meaning("A queue manager of that name exists already.", "Use it, or choose another name."),
    "AMQ8118": Meaning("There is no queue manager of that name.", "Check the name with dspmq: it is case-sensitive."),
    "AMQ8135": Meaning(
        "The queue manager refused this user.",
        "Run as mqm or a member of its group; where CHCKLOCL asks for a password, use runmqsc -u.",
    ),
    "AMQ8145": Meaning(
        "The queue manager ended, or the connection to it broke, in the middle of the work.",
        "See dspmq and the queue manager's error log; what the last command did is not known.",
    ),
    "AMQ8146": Meaning("The queue manager is not running.", "Start it with strmqm."),
    "AMQ8147": Meaning("There is no object of that name.", "Check name and type; names are case-sensitive."),
    "AMQ8148": Meaning(
        "The object is in use: an application or channel has it open.",
        "Stop who uses it (DISPLAY CONN TYPE(HANDLE)), then try again.",
    ),
    "AMQ8149": Meaning("The object is damaged.", "Recover it with rcrmqobj, or delete and define it again."),
    "AMQ8150": Meaning("An object of that name exists already.", "Change it, or define it with REPLACE."),
    "AMQ8156": Meaning("The queue manager is ending.", "Wait until it has ended, start it with strmqm, try again."),
    "AMQ8227": Meaning("There is no channel of that name.", "Check the name; it is case-sensitive."),
    "AMQ8405": Meaning(
        "MQ did not understand the command from the place that it shows.",
        "An attribute may be new or gone in this release: see the command reference of the release.",
    ),
    "AMQ8416": Meaning("MQ did not answer in time.", "See whether the command server and the channels run."),
    "AMQ8420": Meaning("No instance of the channel is running.", "Start it, or let the application connect."),
    "AMQ8424": Meaning("The name is not valid.", "Names have letters, digits and . / _ %; wildcards only in DISPLAY."),
    "AMQ8426": Meaning("The command does not begin with a verb of MQSC.", "See the list below the message."),
    "AMQ8427": Meaning("Part of the command is not valid.", "See the syntax below the message."),
    "AMQ8459": Meaning(
        "No record matches what was asked for.", "Check profile, type and entity; names are case-sensitive."
    ),
    "AMQ8518": Meaning("Logger events need linear logging.", "Leave LOGGEREV(DISABLED), or use linear logging."),
    "AMQ8730": Meaning("The listener runs already.", "Nothing needs to be done."),
    "AMQ8884": Meaning("There is no such channel authentication record.", "Check profile, type and keys."),
    "AMQ8919": Meaning("No queue manager name matches the pattern.", "See dspmq."),
    "AMQ9218": Meaning(
        "The listener could not take its port.",
        "Another program listens there: choose another port, or stop it (ss -ltnp shows it).",
    ),
    "AMQ9514": Meaning("The channel is in use.", "Stop it, or wait."),
    "AMQ9533": Meaning("The channel is not running.", "Nothing needs to be stopped."),
    "AMQ9558": Meaning("The remote channel is not available.", "See the partner's error log."),
    "AMQ8077": Meaning(
        "The user lacks an authority on an object; the message names both.",
        "Grant it with SET AUTHREC, to a group of the user.",
    ),
}

MEANINGS = {**MORE_MEANINGS, **_COMMANDS, **TLS_MEANINGS, **ZOS_MEANINGS}
"""What to tell the person, by id without severity letter."""
