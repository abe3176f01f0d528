"""SET CHLAUTH (facts 4.1, 4.4)."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from wizard.sandbox.mqsc import addresses, dn
from wizard.sandbox.mqsc.context import Context, stamp
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.values import only
from wizard.sandbox.state import Attributes

TYPES = ("BLOCKADDR", "BLOCKUSER", "SSLPEERMAP", "ADDRESSMAP", "USERMAP", "QMGRMAP")
ACTIONS = ("ADD", "REPLACE", "REMOVE", "REMOVEALL")

IDENTITY = {"SSLPEERMAP": "SSLPEER", "ADDRESSMAP": "ADDRESS", "USERMAP": "CLNTUSER", "QMGRMAP": "QMNAME"}
"""The keyword that a mapping record cannot be without."""
KEYS = {
    "SSLPEERMAP": ("SSLPEER", "SSLCERTI", "ADDRESS"),
    "ADDRESSMAP": ("ADDRESS",),
    "USERMAP": ("CLNTUSER", "ADDRESS"),
    "QMGRMAP": ("QMNAME", "ADDRESS"),
}
"""What tells one mapping record of a profile from another."""
LISTS = {"BLOCKADDR": "ADDRLIST", "BLOCKUSER": "USERLIST"}
LENGTHS = {"SSLPEER": 1024, "SSLCERTI": 1024, "ADDRESS": 256, "CLNTUSER": 64, "QMNAME": 48}
LONGEST_LIST_VALUE = {"ADDRLIST": 48, "USERLIST": 64}
MOST_LIST_VALUES = 100

_PROFILE = re.compile(r"[A-Za-z0-9._/%*]{1,20}", re.ASCII)


class Wanted(NamedTuple):
    """What a SET CHLAUTH asks for."""

    profile: str
    type: str
    action: str
    keys: dict[str, str]
    values: list[str] | None
    settings: dict[str, str]


def set_record(context: Context, parameters: Parameters) -> list[str]:
    """Add, replace or remove a record."""
    wanted = _read(parameters)
    _check(wanted)
    with context.state.change():
        if wanted.type in LISTS:
            _set_list(context, wanted)
        else:
            _set_mapping(context, wanted)
    return [message("chlauth.set")]


def profile_name(parameters: Parameters, key: str) -> str:
    """The channel profile in a CHLAUTH noun: a channel name with `*` anywhere."""
    if parameters.noun.values is None:
        raise SyntaxRefusedError(parameters.noun.end)
    text = only(parameters.noun).text.rstrip(" ")
    if len(text) > 20:
        raise SyntaxRefusedError(parameters.noun.value_end)
    if not _PROFILE.fullmatch(text):
        raise failed(key)
    return text


def _read(parameters: Parameters) -> Wanted:
    profile = profile_name(parameters, "name.wrong")
    kind = parameters.one_of("TYPE", TYPES)
    if kind is None:
        raise parameters.missing()
    action = parameters.one_of("ACTION", ACTIONS) or "ADD"
    keys = {keyword: parameters.text(keyword, length) for keyword, length in LENGTHS.items()}
    lists = {keyword: parameters.texts(keyword, LONGEST_LIST_VALUE[keyword]) for keyword in LISTS.values()}
    settings = {
        "USERSRC": parameters.one_of("USERSRC", ("MAP", "NOACCESS", "CHANNEL")),
        "MCAUSER": parameters.text("MCAUSER", 12),
        "CHCKCLNT": parameters.one_of("CHCKCLNT", ("ASQMGR", "REQDADM", "REQUIRED")),
        "WARN": parameters.one_of("WARN", ("NO", "YES")),
        "DESCR": parameters.text("DESCR", 64),
        "CUSTOM": parameters.text("CUSTOM", 128),
    }
    parameters.done()
    own_list = LISTS.get(kind)
    _refuse_foreign(kind, {**keys, **lists, **settings})
    if own_list is None and not keys[IDENTITY[kind]] and action != "REMOVEALL":
        raise parameters.missing()
    if own_list is not None and not lists[own_list] and action != "REMOVEALL":
        raise parameters.missing()
    if own_list is None and action in ("ADD", "REPLACE"):
        source = settings["USERSRC"] or "MAP"
        if source == "MAP" and not settings["MCAUSER"]:
            raise parameters.missing()
    return Wanted(
        profile,
        kind,
        action,
        {keyword: keys[keyword] or "" for keyword in KEYS.get(kind, ())},
        lists[own_list] if own_list else None,
        {keyword: value for keyword, value in settings.items() if value is not None},
    )


def _refuse_foreign(kind: str, given: dict[str, Any]) -> None:
    """Refuse a parameter that this TYPE does not have."""
    allowed = {"WARN", "DESCR", "CUSTOM"}
    if kind in LISTS:
        allowed.add(LISTS[kind])
    else:
        allowed |= {*KEYS[kind], "USERSRC", "MCAUSER"}
        if kind != "QMGRMAP":
            allowed.add("CHCKCLNT")
    for keyword, value in given.items():
        if value is not None and keyword not in allowed:
            raise failed("chlauth.wrong.type", keyword=keyword)


def _check(wanted: Wanted) -> None:
    if wanted.action in ("REMOVE", "REMOVEALL") and wanted.settings:
        raise failed("chlauth.wrong.action")
    if wanted.type == "BLOCKADDR":
        if wanted.profile != "*":
            raise failed("chlauth.profile")
        for address in wanted.values or ():
            if not addresses.is_ip_pattern(address):
                raise failed("address.wrong")
            addresses.pattern(address)
    if wanted.values is not None and len(wanted.values) > MOST_LIST_VALUES:
        raise failed("chlauth.too.many")
    _check_keys(wanted.keys)
    _check_settings(wanted.settings)


def _check_keys(keys: dict[str, str]) -> None:
    address = keys.get("ADDRESS", "")
    if address and addresses.is_ip_pattern(address):
        addresses.pattern(address)
    elif address and not addresses.is_host_name(address):
        raise failed("address.wrong")
    for keyword in ("SSLPEER", "SSLCERTI"):
        if keys.get(keyword):
            try:
                dn.pattern(keys[keyword])
            except dn.BadNameError:
                raise failed("peer.name") from None
    name = keys.get("QMNAME", "")
    if name and not re.fullmatch(r"[A-Za-z0-9._/%*]+", name, re.ASCII):
        raise failed("name.wrong")


def _check_settings(settings: dict[str, str]) -> None:
    source = settings.get("USERSRC", "MAP")
    if "MCAUSER" in settings and source != "MAP":
        raise failed("chlauth.wrong.source", keyword="MCAUSER")
    if "CHCKCLNT" in settings and source == "NOACCESS":
        raise failed("chlauth.wrong.source", keyword="CHCKCLNT")
    if "WARN" in settings and ("USERSRC" in settings or "MCAUSER" in settings) and source != "NOACCESS":
        raise failed("chlauth.wrong.source", keyword="WARN")


def _records(context: Context, wanted: Wanted) -> list[tuple[int, Attributes]]:
    return [
        (number, attributes)
        for number, profile, kind, attributes in context.state.chlauth(context.qmgr)
        if profile == wanted.profile and kind == wanted.type
    ]


def _set_mapping(context: Context, wanted: Wanted) -> None:
    found = _records(context, wanted)
    same = [entry for entry in found if _keys(entry[1], wanted.type) == wanted.keys]
    if wanted.action == "REMOVEALL":
        given = {keyword: value for keyword, value in wanted.keys.items() if value}
        same = [(number, had) for number, had in found if given.items() <= had.items()]
    if wanted.action in ("REMOVE", "REMOVEALL"):
        _remove(context, same)
        return
    if same and wanted.action == "ADD":
        raise failed("chlauth.exists")
    others = [attributes for number, attributes in found if (number, attributes) not in same]
    _check_ranges(wanted, others)
    source = wanted.settings.get("USERSRC", "MAP")
    attributes: Attributes = {**wanted.keys, "USERSRC": source, "DESCR": "", "CUSTOM": ""}
    if source == "NOACCESS":
        attributes["WARN"] = "NO"
    elif wanted.type != "QMGRMAP":
        attributes["CHCKCLNT"] = "ASQMGR"
    _store(context, wanted, same, {**attributes, **wanted.settings})


def _keys(attributes: Attributes, kind: str) -> dict[str, str]:
    return {keyword: attributes.get(keyword, "") for keyword in KEYS[kind]}


def _set_list(context: Context, wanted: Wanted) -> None:
    found = _records(context, wanted)
    keyword = LISTS[wanted.type]
    values = list(dict.fromkeys(wanted.values or ()))
    had: list[str] = found[0][1][keyword] if found else []
    if wanted.action == "REMOVEALL":
        _remove(context, found)
        return
    if wanted.action == "REMOVE":
        if not set(values) <= set(had):
            raise failed("chlauth.unknown")
        values = [value for value in had if value not in values]
        if not values:
            _remove(context, found)
            return
    elif wanted.action == "ADD" and found:
        if set(values) <= set(had):
            raise failed("chlauth.exists")
        values = list(dict.fromkeys([*had, *values]))
    if wanted.type == "BLOCKADDR":
        _check_list_ranges(values)
    defaults: Attributes = {"DESCR": "", "CUSTOM": "", "WARN": "NO"}
    if found and wanted.action != "REPLACE":
        defaults = {key: found[0][1][key] for key in defaults}
    _store(context, wanted, found, {**defaults, keyword: values, **wanted.settings})


def _remove(context: Context, found: list[tuple[int, Attributes]]) -> None:
    if not found:
        raise failed("chlauth.unknown")
    for number, _ in found:
        context.state.db.execute("DELETE FROM chlauth WHERE id = ?", (number,))


def _store(context: Context, wanted: Wanted, same: list[tuple[int, Attributes]], attributes: Attributes) -> None:
    attributes["ALTDATE"], attributes["ALTTIME"] = stamp()
    text = json.dumps(attributes)
    if same:
        context.state.db.execute("UPDATE chlauth SET attributes = ? WHERE id = ?", (text, same[0][0]))
        return
    context.state.db.execute(
        "INSERT INTO chlauth (qmgr, profile, type, attributes) VALUES (?, ?, ?, ?)",
        (context.qmgr, wanted.profile, wanted.type, text),
    )


def _check_ranges(wanted: Wanted, others: list[Attributes]) -> None:
    """Ranges of one profile and identity are nested or apart (facts 4.4)."""
    address = wanted.keys.get("ADDRESS", "")
    if not address or not addresses.is_ip_pattern(address):
        return
    identity = {**wanted.keys, "ADDRESS": ""}
    for other in others:
        had = other.get("ADDRESS", "")
        is_same_identity = {**_keys(other, wanted.type), "ADDRESS": ""} == identity
        if is_same_identity and had and addresses.is_ip_pattern(had):
            _check_pair(address, had)


def _check_list_ranges(values: list[str]) -> None:
    for number, left in enumerate(values):
        for right in values[number + 1 :]:
            _check_pair(left, right)


def _check_pair(left: str, right: str) -> None:
    pairs = [(a, b) for a in addresses.pattern(left) for b in addresses.pattern(right)]
    if any(addresses.conflict(a, b) for a, b in pairs):
        raise failed("address.conflict")
