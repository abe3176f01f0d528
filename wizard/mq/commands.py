"""The commands of MQSC: which verb goes with which object on Multiplatforms, and which exist on z/OS alone.

The words come from IBM's command reference (facts commands 2.6); which objects are for z/OS alone is recalled.
"""

from __future__ import annotations

_DEFINED = "AUTHINFO CHANNEL COMMINFO LISTENER NAMELIST PROCESS QALIAS QLOCAL QMODEL QREMOTE SERVICE SUB TOPIC"

COMMANDS = {
    verb: frozenset(objects.split())
    for verb, objects in {
        "ALTER": f"{_DEFINED} QMGR",
        "CLEAR": "QLOCAL TOPICSTR",
        "DEFINE": _DEFINED,
        "DELETE": f"{_DEFINED} AUTHREC POLICY",
        "DISPLAY": f"{_DEFINED} APSTATUS AUTHREC AUTHSERV CHLAUTH CHSTATUS CLUSQMGR CONN ENTAUTH LSSTATUS NHASTATUS "
        "POLICY PUBSUB QCLUSTER QMGR QMSTATUS QSTATUS QUEUE SBSTATUS SVSTATUS TCLUSTER TPSTATUS",
        "PING": "CHANNEL QMGR",
        "PURGE": "CHANNEL",
        "REFRESH": "CLUSTER QMGR SECURITY",
        "RESET": "CHANNEL CLUSTER QMGR",
        "RESOLVE": "CHANNEL",
        "RESUME": "QMGR",
        "SET": "AUTHREC CHLAUTH LOG POLICY",
        "START": "CHANNEL CHINIT LISTENER SERVICE",
        "STOP": "CHANNEL CONN LISTENER SERVICE",
        "SUSPEND": "QMGR",
    }.items()
}
"""Verb → the objects that may follow it."""

ZOS_VERBS = frozenset({"ARCHIVE", "BACKUP", "MOVE", "RECOVER", "RVERIFY"})
_ZOS = (
    "ARCHIVE BSDS BUFFPOOL CFSTRUCT CMDSERV GROUP INDOUBT MAXSMSGS PSID SMDS SMDSCONN STGCLASS SYSTEM THREAD TPIPE "
    "TRACE USAGE"
)
ZOS_OBJECTS = frozenset(_ZOS.split())
ZOS_KEYWORDS = frozenset({"CMDSCOPE", "QSGDISP", "STGCLASS", "CFSTRUCT", "INDXTYPE", "INDISP", "DEFCDISP"})
"""What a Multiplatforms queue manager refuses, although IBM's reference describes it."""
