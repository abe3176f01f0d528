"""Writes MQSC commands: each function gives one logical command as a single line of text.

Values are quoted by their type, so no value can become a keyword or a second command. Where a command is
too long for one line, `physical_lines` breaks it. Every function raises UnquotableValue for a
value that MQSC cannot carry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wizard.errors import UsageError
from wizard.mq.attribute_tables import SUBTYPE_KEYWORDS, attribute, canonical_keyword
from wizard.mq.attribute_type import Type
from wizard.mq.mqsc_lines import physical_lines
from wizard.mq.objects import CHLAUTH_KEYS, Kind, MqObject, Value
from wizard.mq.quoting import UnquotableValue, bare_word, keyword_word, quote, quote_if_needed
from wizard.mq.secret_text import Secretful, SecretRef, parts

__all__ = [
    "UnquotableValue",
    "alter",
    "alter_secret",
    "clear",
    "define",
    "delete",
    "delete_authrec",
    "display",
    "display_runcheck",
    "parts",
    "physical_lines",
    "ping",
    "quote",
    "refresh",
    "refresh_cluster",
    "set_authrec",
    "set_chlauth",
    "start",
    "stop",
]


def _parameter(kind: Kind, keyword: str, value: Value, chltype: str = "") -> str:
    """One attribute with its value, quoted by its type; an attribute that is not known is quoted as text."""
    word = keyword_word(canonical_keyword(keyword))
    found = attribute(kind, word, chltype) or attribute(kind, word)
    if found and found.type is Type.FLAG:
        return _flag(word, value)
    if isinstance(value, str):
        return f"{word}({_scalar(found.type if found else Type.TEXT, value)})"
    write = bare_word if found and found.choices else quote_if_needed
    return f"{word}({','.join(write(element) for element in value) or quote('')})"


def _scalar(value_type: Type, value: str) -> str:
    if value_type in {Type.ENUM, Type.INTEGER} and value:
        return bare_word(value.upper())
    if value_type in {Type.NAME, Type.CIPHER, Type.LIST}:
        return quote_if_needed(value)
    return quote(value)


def _flag(keyword: str, value: Value) -> str:
    if value == "YES":
        return keyword
    if value == "NO":
        return f"NO{keyword}"
    raise UnquotableValue(f"{keyword} is neither YES nor NO", "MQSC writes it as a bare keyword.", "Say YES or NO.")


def _object(kind: Kind | str, name: str) -> str:
    word = keyword_word(str(kind).upper())
    return word if word == "QMGR" else f"{word}({quote_if_needed(name)})"


def _parameters(kind: Kind, values: Mapping[str, Value], chltype: str, *, skip: Iterable[str] = ()) -> list[str]:
    """The attributes in the order given; those that MQ keeps itself are left out."""
    left_out = set(skip)
    written = []
    for keyword, value in values.items():
        found = attribute(kind, keyword)
        if keyword in left_out or (found is not None and (found.read_only or found.secret)):
            continue
        written.append(_parameter(kind, keyword, value, chltype))
    return written


def _subtype(kind: Kind, chltype: str) -> list[str]:
    keyword = SUBTYPE_KEYWORDS.get(kind)
    return [f"{keyword}({bare_word(chltype.upper())})"] if keyword and chltype else []


def define(obj: MqObject, *, replace: bool = False) -> str:
    """The command after which the object exists as described: DEFINE, for a rule or right SET, for a queue
    manager ALTER.

    Without `replace` an existing object is left alone and MQ refuses. Attributes that MQ keeps itself, and
    secrets, are left out.
    """
    if obj.kind is Kind.CHLAUTH:
        return set_chlauth(obj, "REPLACE" if replace else "ADD")
    if obj.kind is Kind.AUTHREC:
        return set_authrec(obj)
    if obj.kind is Kind.QMGR:
        return alter(Kind.QMGR, obj.name, obj.attributes)
    leading = SUBTYPE_KEYWORDS.get(obj.kind, "")
    chltype = obj.text(leading)
    words = ["DEFINE", _object(obj.kind, obj.name), *_subtype(obj.kind, chltype)]
    words += _parameters(obj.kind, obj.attributes, chltype, skip=(leading,))
    return " ".join([*words, "REPLACE"] if replace else words)


def alter(kind: Kind, name: str, changed: Mapping[str, Value], *, chltype: str = "", force: bool = False) -> str:
    """ALTER with the attributes that change.

    `chltype` is the sub-type that MQ wants named: CHLTYPE, AUTHTYPE, TRPTYPE; where it is empty, `changed`
    may hold it. `force` is for a queue that is open, or for QMGR.
    """
    leading = SUBTYPE_KEYWORDS.get(kind, "")
    given = changed.get(leading, "") if leading else ""
    named = chltype or (given if isinstance(given, str) else "")
    words = ["ALTER", _object(kind, name), *_subtype(kind, named)]
    words += _parameters(kind, changed, named, skip=(leading,))
    return " ".join([*words, "FORCE"] if force else words)


def alter_secret(kind: Kind, name: str, changed: Mapping[str, SecretRef], *, chltype: str = "") -> Secretful:
    """ALTER with attributes that are secret, in parts; `secret_text` masks or reveals it."""
    command: list[str | SecretRef] = []
    text = " ".join(["ALTER", _object(kind, name), *_subtype(kind, chltype)])
    for keyword, reference in changed.items():
        command += [f"{text} {keyword_word(canonical_keyword(keyword))}(", reference]
        text = ")"
    return (*command, text)


def delete(obj: MqObject, *, purge: bool = False) -> str:
    """DELETE, for a rule SET CHLAUTH with ACTION(REMOVE); `purge` throws away the messages of a local
    queue.
    """
    if obj.kind is Kind.CHLAUTH:
        return set_chlauth(obj, "REMOVE")
    if obj.kind is Kind.AUTHREC:
        return delete_authrec(obj)
    if obj.kind is Kind.QMGR:
        raise UsageError("A queue manager is not deleted by MQSC", "", "dltmqm deletes it, after endmqm.")
    words = ["DELETE", _object(obj.kind, obj.name)]
    if obj.kind is Kind.CHANNEL and obj.text("CHLTYPE") == "CLNTCONN":
        words.append("CHLTABLE(CLNTTBL)")
    if purge and obj.kind is Kind.QLOCAL:
        words.append("PURGE")
    return " ".join(words)


def display(kind: Kind | str, name: str = "", keywords: Iterable[str] = ()) -> str:
    """DISPLAY of what a name or pattern covers: the attributes asked for, or ALL.

    The kind may also be a word of MQSC that is no kind of object: QUEUE, CHSTATUS, LSSTATUS, QMSTATUS. For
    AUTHREC the name is the profile; SELF is the queue manager's own, an empty name all of them.
    """
    asked = " ".join(keyword_word(canonical_keyword(keyword)) for keyword in keywords) or "ALL"
    if kind == Kind.AUTHREC:
        profile = "OBJTYPE(QMGR) " if name == "SELF" else f"PROFILE({quote_if_needed(name)}) " if name else ""
        return f"DISPLAY AUTHREC {profile}{asked}"
    if not name:
        return f"DISPLAY {keyword_word(str(kind).upper())} {asked}"
    return f"DISPLAY {_object(kind, name)} {asked}"


def display_runcheck(channel: str, partner: Mapping[str, str]) -> str:
    """DISPLAY CHLAUTH that asks MQ which record a partner would meet (facts TLS 4.5).

    The channel is an exact name. The partner is told by ADDRESS (an IP address), by CLNTUSER for a
    server-connection channel and QMNAME for every other one, and by SSLPEER and SSLCERTI where it shows a
    certificate; blank values are left out.
    """
    words = [f"DISPLAY CHLAUTH({quote_if_needed(channel)}) MATCH(RUNCHECK) ALL"]
    words += [f"{keyword_word(keyword)}({quote(value)})" for keyword, value in partner.items() if value]
    return " ".join(words)


def set_chlauth(obj: MqObject, action: str) -> str:
    """SET CHLAUTH with ACTION ADD, REPLACE, REMOVE or REMOVEALL; removing names the record by its keys alone.

    Blank attributes are left out: MQ takes them as not said.
    """
    removing = action.upper().startswith("REMOVE")
    keys = {*CHLAUTH_KEYS, "USERLIST", "ADDRLIST"}
    values = {
        keyword: value
        for keyword, value in obj.attributes.items()
        if value not in ("", ()) and keyword != "TYPE" and (keyword in keys or not removing)
    }
    words = ["SET", f"CHLAUTH({quote(obj.name)})", f"TYPE({bare_word(obj.text('TYPE'))})"]
    words += _parameters(Kind.CHLAUTH, values, obj.text("TYPE"))
    return " ".join([*words, f"ACTION({bare_word(action.upper())})"])


def _authrec(verb: str, obj: MqObject) -> list[str]:
    object_type = obj.text("OBJTYPE")
    words = [verb, "AUTHREC"]
    if object_type != "QMGR":
        words.append(f"PROFILE({quote_if_needed(obj.name)})")
    entity = f"{bare_word(obj.text('ENTTYPE'))}({quote(obj.text('ENTITY'))})"
    return [*words, f"OBJTYPE({bare_word(object_type)})", entity]


def set_authrec(obj: MqObject, *, add: Iterable[str] = (), remove: Iterable[str] = ()) -> str:
    """SET AUTHREC that adds and removes authorities; with neither given it adds all that the record lists."""
    added, removed = tuple(add), tuple(remove)
    if not added and not removed:
        listed = obj.attributes.get("AUTHLIST", ())
        added = tuple(listed.split(",")) if isinstance(listed, str) else listed
    words = _authrec("SET", obj)
    for keyword, authorities in (("AUTHADD", added), ("AUTHRMV", removed)):
        if authorities:
            words.append(f"{keyword}({','.join(bare_word(authority.strip()) for authority in authorities)})")
    return " ".join(words)


def delete_authrec(obj: MqObject) -> str:
    """DELETE AUTHREC of one entity's record on one profile."""
    return " ".join(_authrec("DELETE", obj))


_REFRESHES = {
    "SSL": "REFRESH SECURITY TYPE(SSL)",
    "CONNAUTH": "REFRESH SECURITY TYPE(CONNAUTH)",
    "AUTHSERV": "REFRESH SECURITY TYPE(AUTHSERV)",
    "PROXYSUB": "REFRESH QMGR TYPE(PROXYSUB)",
}


def refresh(what: str) -> str:
    """REFRESH SECURITY of SSL, CONNAUTH or AUTHSERV, or REFRESH QMGR TYPE(PROXYSUB); UsageError for another
    word.
    """
    command = _REFRESHES.get(what.upper())
    if command is None:
        raise UsageError(f"{what!r} cannot be refreshed", "", f"One of {', '.join(_REFRESHES)} can.")
    return command


def refresh_cluster(cluster: str, *, repository: bool = False) -> str:
    """REFRESH CLUSTER; with `repository` the full repositories' own records go too, which a full repository
    refuses.
    """
    return f"REFRESH CLUSTER({quote_if_needed(cluster)}) REPOS({'YES' if repository else 'NO'})"


def start(kind: Kind, name: str) -> str:
    """START of a channel, listener or service."""
    return f"START {_object(kind, name)}"


def stop(kind: Kind, name: str, *, mode: str = "", status: str = "") -> str:
    """STOP of a channel, listener or service; `mode` (QUIESCE, FORCE, TERMINATE) and `status` are for
    channels.
    """
    words = [f"STOP {_object(kind, name)}"]
    words += [f"{keyword}({bare_word(value)})" for keyword, value in (("MODE", mode), ("STATUS", status)) if value]
    return " ".join(words)


def ping(kind: Kind, name: str = "") -> str:
    """PING of a sender channel or of the queue manager."""
    return f"PING {_object(kind, name)}"


def clear(name: str) -> str:
    """CLEAR QLOCAL: throws away the messages of a queue that nobody has open."""
    return f"CLEAR {_object(Kind.QLOCAL, name)}"
