"""Words that are widely published and that MQSC does not have, with what is meant (facts TLS 4.1, topologies 1.2).

Tutorials copy them from one another; MQ answers each with a syntax error that says nothing.
"""

from __future__ import annotations

from wizard.mq.lint.script import Statement

_LETS_IN = "USERSRC says who gets in: MAP with MCAUSER, CHANNEL, or NOACCESS."
_ACTIONS = "ACTION says what becomes of the record: ADD, REPLACE, REMOVE or REMOVEALL. " + _LETS_IN

_IN_RULES = {
    ("CHLAUTH", ""): ("SET CHLAUTH has no keyword CHLAUTH behind the profile.", _LETS_IN),
    ("CHNAME", ""): ("SET CHLAUTH has no keyword CHNAME.", "The channel, or a pattern, stands behind CHLAUTH."),
    ("CHANNEL", ""): ("SET CHLAUTH has no keyword CHANNEL.", "The channel, or a pattern, stands behind CHLAUTH."),
    ("USER", ""): ("SET CHLAUTH has no keyword USER.", "The client's user is CLNTUSER, the user it gets MCAUSER."),
    ("IPADDR", ""): ("SET CHLAUTH has no keyword IPADDR.", "It is called ADDRESS, in BLOCKADDR records ADDRLIST."),
    ("ACCESS", ""): ("SET CHLAUTH has no keyword ACCESS.", _LETS_IN),
    ("ACTION", "BLOCK"): ("ACTION(BLOCK) does not exist.", _ACTIONS),
    ("ACTION", "ALLOW"): ("ACTION(ALLOW) does not exist.", _ACTIONS),
    ("ACTION", "DENY"): ("ACTION(DENY) does not exist.", _ACTIONS),
    ("USERSRC", "ALLOW"): ("USERSRC(ALLOW) does not exist.", _LETS_IN),
    ("USERSRC", "BLOCK"): ("USERSRC(BLOCK) does not exist.", _LETS_IN),
    ("USERSRC", "DENY"): ("USERSRC(DENY) does not exist.", _LETS_IN),
    ("TYPE", "ALLOW"): ("TYPE(ALLOW) does not exist.", _LETS_IN),
    ("TYPE", "BLOCK"): ("TYPE(BLOCK) does not exist.", "There are BLOCKUSER and BLOCKADDR. " + _LETS_IN),
    ("TYPE", "IPMAP"): ("TYPE(IPMAP) does not exist.", "It is called ADDRESSMAP."),
}
_ELSEWHERE = {
    ("CHANNEL", "CHLAUTH"): (
        "A channel has no CHLAUTH.",
        "Records are set with SET CHLAUTH; ALTER QMGR CHLAUTH(ENABLED).",
    ),
    ("QMGR", "CHCKCLNT"): (
        "A queue manager has no CHCKCLNT.",
        "It is an attribute of the AUTHINFO object of CONNAUTH.",
    ),
    ("QMGR", "SSLCIPH"): ("A queue manager has no SSLCIPH.", "Each channel has its own."),
    ("QMGR", "SSLCAUTH"): ("A queue manager has no SSLCAUTH.", "Each channel that is called has its own."),
}

INSTEAD = {
    "PERSISTENCE": "A queue has DEFPSIST; persistence is a property of messages.",
    "CIPHER": "The CipherSpec is called SSLCIPH.",
    "CIPHERSPEC": "The CipherSpec is called SSLCIPH.",
    "SSLCIPHER": "The CipherSpec is called SSLCIPH.",
    "SSLCIPHERSPEC": "The CipherSpec is called SSLCIPH.",
    "SSLCLIENTAUTH": "It is called SSLCAUTH.",
    "HOST": "A channel has CONNAME('host(port)').",
    "MAXMSGLEN": "It is called MAXMSGL.",
    "MAXMSGLENGTH": "It is called MAXMSGL.",
    "KEYREPOS": "The key repository is called SSLKEYR.",
    "DESCRIPTION": "It is called DESCR.",
}
"""Keywords that no command has, and what they are called."""


def published(one: Statement, keyword: str) -> tuple[str, str] | None:
    """What is wrong with a keyword or its value, and the remedy, where it is one of those that are often copied."""
    kind = one.command.object
    if keyword in INSTEAD and (kind, keyword) not in _ELSEWHERE:
        return f"MQSC has no keyword {keyword}.", INSTEAD[keyword]
    if kind == "CHLAUTH" and one.command.verb == "SET":
        return _IN_RULES.get((keyword, "")) or _IN_RULES.get((keyword, one.text(keyword)))
    return _ELSEWHERE.get((kind, keyword))
