"""SET, DELETE and DISPLAY AUTHREC, and DISPLAY ENTAUTH (facts 2.6, 6)."""

from __future__ import annotations

from wizard.sandbox import users
from wizard.sandbox.mqsc import oam, selection
from wizard.sandbox.mqsc.authorities import GENERIC, OBJTYPES, ORDER, expanded, ordered
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.layout import block
from wizard.sandbox.mqsc.oam import SELF, Entity, Record
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed
from wizard.sandbox.mqsc.syntax import Word
from wizard.sandbox.mqsc.texts import message

SHOWN = ("ENTITY", "ENTTYPE", "OBJTYPE", "AUTHLIST")


def set_record(context: Context, parameters: Parameters) -> list[str]:
    """SET AUTHREC: at least one of AUTHADD and AUTHRMV, for one principal or one group."""
    objtype, profile = _object(parameters)
    kind, name = _entity(parameters)
    lists = [parameters.take(keyword) for keyword in ("AUTHADD", "AUTHRMV")]
    parameters.text("SERVCOMP", 48)
    parameters.done()
    if not any(lists):
        raise parameters.missing()
    add, remove = (_names(objtype, word) for word in lists)
    who = oam.entity(context, kind, name)
    oam.change(context.state, Record(context.qmgr, profile, objtype, who), add=add, remove=remove)
    return [message("authrec.set")]


def delete_record(context: Context, parameters: Parameters) -> list[str]:
    """DELETE AUTHREC."""
    objtype, profile = _object(parameters)
    kind, name = _entity(parameters)
    parameters.done()
    if not oam.delete(context.state, Record(context.qmgr, profile, objtype, oam.entity(context, kind, name))):
        raise failed("authrec.none")
    return [message("authrec.deleted")]


def show_records(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY AUTHREC: the records that fit what is named; MATCH(PROFILE) includes profiles that cover a name."""
    _no_name(parameters)
    profile = parameters.text("PROFILE", 48)
    objtype = parameters.one_of("OBJTYPE", OBJTYPES) if _has_value(parameters, "OBJTYPE") else None
    principal, group = parameters.text("PRINCIPAL", 64), parameters.text("GROUP", 64)
    if principal and group:
        raise parameters.missing()
    match = parameters.one_of("MATCH", ("PROFILE", "MEMBERSHIP", "MEMBER", "EXACT")) or "PROFILE"
    parameters.text("SERVCOMP", 48)
    names = selection.requested(parameters, SHOWN, {})
    who = None
    if principal or group:
        who = oam.entity(context, "GROUP" if group else "PRINCIPAL", group or principal or "")
    groups = users.read(context.folder).groups_of(principal) if principal and match.startswith("MEMBER") else []
    lines: list[str] = []
    for found, kind, enttype, entity, granted in context.state.authrecs(context.qmgr):
        if objtype and kind != objtype:
            continue
        if profile is not None and not _fits(match, found, profile):
            continue
        if who is not None and Entity(enttype, entity) != who and not (enttype == "GROUP" and entity in groups):
            continue
        values: dict[str, str | list[str]] = {
            "ENTITY": entity,
            "ENTTYPE": enttype,
            "OBJTYPE": kind,
            "AUTHLIST": _shown(granted),
        }
        wanted = SHOWN if not names else [key for key in SHOWN if key in names]
        lines += block(message("authrec.shown"), [("PROFILE", found), *[(key, values[key]) for key in wanted]])
    if not lines:
        raise failed("authrec.none")
    return lines


def show_entity(context: Context, parameters: Parameters) -> list[str]:
    """DISPLAY ENTAUTH: everything that a user or a group may do with one object."""
    _no_name(parameters)
    objtype = parameters.one_of("OBJTYPE", OBJTYPES)
    name = parameters.text("OBJNAME", 48)
    kind, entity = _entity(parameters)
    parameters.text("SERVCOMP", 48)
    selection.requested(parameters, SHOWN, {})
    if objtype is None or (objtype != "QMGR" and not name):
        raise parameters.missing()
    who = oam.entity(context, kind, entity)
    if kind == "PRINCIPAL":
        granted = oam.authorities(context.state, context.folder, context.qmgr, objtype, name or "", entity)
    else:
        granted = oam.entity_authorities(context.state, context.qmgr, objtype, name or "", who)
    return block(
        message("entauth.shown"),
        [
            ("OBJNAME", name or context.qmgr),
            ("ENTITY", entity),
            ("ENTTYPE", kind),
            ("OBJTYPE", objtype),
            ("AUTHLIST", _shown(ordered(granted))),
        ],
    )


def _no_name(parameters: Parameters) -> None:
    if parameters.noun.values is not None:
        raise SyntaxRefusedError(parameters.noun.end)


def _has_value(parameters: Parameters, keyword: str) -> bool:
    return any(found == keyword and word.values is not None for found, word in parameters)


def _object(parameters: Parameters) -> tuple[str, str]:
    """Object type and profile; the queue manager takes no PROFILE, everything else needs one."""
    _no_name(parameters)
    objtype = parameters.one_of("OBJTYPE", OBJTYPES)
    word = parameters.take("PROFILE")
    if objtype is None or (objtype != "QMGR" and word is None):
        raise parameters.missing()
    if objtype == "QMGR":
        if word is not None:
            raise SyntaxRefusedError(word.end)
        return objtype, SELF
    profile = word.values[0].text.rstrip(" ") if word and word.values and len(word.values) == 1 else ""
    if not profile or (word is not None and len(profile) > 48):
        raise SyntaxRefusedError(word.value_end if word else 0)
    return objtype, profile


def _entity(parameters: Parameters) -> tuple[str, str]:
    principal, group = parameters.text("PRINCIPAL", 64), parameters.text("GROUP", 64)
    if bool(principal) == bool(group):
        raise parameters.missing()
    return ("GROUP", group) if group else ("PRINCIPAL", principal or "")


def _names(objtype: str, word: Word | None) -> set[str]:
    if word is None:
        return set()
    if word.values is None:
        raise SyntaxRefusedError(word.end)
    names = [value.text for value in word.values]
    if any(name not in (*ORDER, *GENERIC) for name in names):
        raise SyntaxRefusedError(word.value_end)
    try:
        return expanded(objtype, names)
    except KeyError:
        raise failed("authrec.wrong.authority") from None


def _shown(granted: list[str]) -> list[str]:
    return granted or ["NONE"]


def _fits(match: str, found: str, profile: str) -> bool:
    return found == profile or (match != "EXACT" and oam.profile_matches(found, profile))
