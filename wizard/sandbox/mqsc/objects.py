"""DEFINE, ALTER and DELETE of every kind of object but the queue manager (facts 2.6)."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from wizard.sandbox.mqsc import assignments, requirements, usage
from wizard.sandbox.mqsc.context import Context, stamp
from wizard.sandbox.mqsc.kinds import KINDS, SUBTYPES, Kind, default_name, objtype_of, space_of
from wizard.sandbox.mqsc.parameters import Parameters
from wizard.sandbox.mqsc.refusals import SyntaxRefusedError, failed
from wizard.sandbox.mqsc.texts import message
from wizard.sandbox.mqsc.values import object_name, only
from wizard.sandbox.mqsc.verbs import NOUN_SYNONYMS
from wizard.sandbox.state import Attributes

INSERT = "+QMNAME+"
"""In the name of a cluster-sender: the partner's name, filled in when it answers."""


class Target(NamedTuple):
    """The object that a command names."""

    kind: Kind
    subtype: str
    name: str

    @property
    def space(self) -> str:
        return space_of(self.kind, self.subtype)

    @property
    def stored_kind(self) -> str:
        return self.subtype if self.kind.noun == "AUTHINFO" else self.kind.noun


def define(context: Context, parameters: Parameters) -> list[str]:
    """DEFINE, with REPLACE and LIKE: what is not named comes from the LIKE object or the default object."""
    target = _target(parameters)
    _check_client_table(context, target)
    is_replace = parameters.flag("REPLACE") or False
    like = parameters.text("LIKE")
    table = context.table(target.kind.noun, target.subtype)
    given = assignments.assignments(context, table, parameters)
    _protect(context, table, given)
    with context.state.change():
        existing = _row(context, target.space, target.name)
        if existing is not None and not is_replace:
            raise failed("channel.exists" if target.kind.noun == "CHANNEL" else "object.exists", name=target.name)
        _check_type(target, existing)
        attributes = _base(context, target, like)
        attributes.update(given)
        date, time = stamp()
        attributes["ALTDATE"], attributes["ALTTIME"] = date, time
        if "CRDATE" in attributes or "CRDATE" in table:
            made = existing[1] if existing else {}
            attributes["CRDATE"] = made.get("CRDATE", date)
            attributes["CRTIME"] = made.get("CRTIME", time)
        requirements.check(target.kind, target.subtype, target.name, attributes)
        if existing:
            usage.check_change(context, target.kind, target.name, existing[1], attributes, is_forced=False)
        _store(context, target, attributes)
        if existing is None:
            _grant_administrators(context, target)
    _after(context, target)
    return [message(f"{target.kind.replies}.created")]


def alter(context: Context, parameters: Parameters) -> list[str]:
    """ALTER: what is not named stays."""
    target = _target(parameters, is_new=False)
    _check_client_table(context, target)
    is_forced = parameters.flag("FORCE") or False
    table = context.table(target.kind.noun, target.subtype)
    given = assignments.assignments(context, table, parameters)
    if target.kind.noun == "TOPIC" and "TOPICSTR" in given:
        raise failed("topic.string.fixed")
    _protect(context, table, given)
    with context.state.change():
        existing = _row(context, target.space, target.name)
        if existing is None:
            raise _unknown(target)
        _check_type(target, existing)
        attributes = {**existing[1], **given}
        attributes["ALTDATE"], attributes["ALTTIME"] = stamp()
        requirements.check(target.kind, target.subtype, target.name, attributes)
        usage.check_change(context, target.kind, target.name, existing[1], attributes, is_forced=is_forced)
        _store(context, target, attributes)
    _after(context, target)
    return [message(f"{target.kind.replies}.changed")]


def delete(context: Context, parameters: Parameters) -> list[str]:
    """DELETE; a queue with messages needs PURGE, an object in use cannot be deleted."""
    target = _target(parameters, needs_subtype=False)
    if target.kind.noun == "CHANNEL":
        table = parameters.one_of("CHLTABLE", ("QMGRTBL", "CLNTTBL"))
        kind = parameters.one_of("CHLTYPE", ("AMQP",))
        target = target._replace(subtype="CLNTCONN" if table == "CLNTTBL" else kind or "")
    _check_client_table(context, target)
    is_purge = (parameters.flag("PURGE") or False) if target.kind.noun == "QLOCAL" else False
    keeps_authority = False
    if target.kind.objtype:
        keeps_authority = parameters.one_of("AUTHREC", ("YES", "NO")) == "NO"
    ignores = parameters.one_of("IGNSTATE", ("NO", "YES")) == "YES"
    parameters.done()
    with context.state.change() as db:
        existing = _row(context, target.space, target.name)
        if existing is None and ignores:
            return [message(f"{target.kind.replies}.deleted")]
        if existing is None:
            raise _unknown(target)
        if target.space == "QUEUE" and existing[0] != target.kind.noun:
            raise failed("object.other.type", name=target.name)
        usage.check_deletion(context, target.kind, target.name, is_purge=is_purge)
        context.state.delete_object(context.qmgr, target.space, target.name)
        if target.space == "QUEUE":
            db.execute("DELETE FROM message WHERE qmgr = ? AND queue = ?", (context.qmgr, target.name))
        if not keeps_authority:
            db.execute(
                "DELETE FROM authrec WHERE qmgr = ? AND profile = ? AND objtype = ?",
                (context.qmgr, target.name, objtype_of(target.kind, target.subtype)),
            )
    _after(context, target)
    return [message(f"{target.kind.replies}.deleted")]


def _target(parameters: Parameters, *, needs_subtype: bool = True, is_new: bool = True) -> Target:
    word = parameters.noun
    kind = KINDS[NOUN_SYNONYMS.get(word.keyword, word.keyword)]
    subtype = ""
    if kind.subtype and needs_subtype:
        # CHLTYPE must follow the name on Multiplatforms.
        if kind.noun == "CHANNEL" and parameters.first != kind.subtype:
            raise SyntaxRefusedError(word.end)
        subtype = parameters.one_of(kind.subtype, SUBTYPES[kind.subtype]) or ""
        if not subtype and (is_new or kind.noun != "LISTENER"):
            raise parameters.missing()
    if kind.noun == "SUB":
        name = only(word).text.rstrip(" ")
        if not name:
            raise failed("name.wrong")
    elif subtype == "CLUSSDR" and INSERT in only(word).text:
        name = only(word).text
    else:
        name = object_name(word, kind.name_length)
    return Target(kind, subtype, name)


def _check_client_table(context: Context, target: Target) -> None:
    if context.client_table is not None and target.space != "CLNTCONN":
        raise failed("local.only")


def _row(context: Context, space: str, name: str) -> tuple[str, Attributes] | None:
    return context.state.object(context.qmgr, space, name)


def _unknown(target: Target) -> Exception:
    key = "channel.unknown" if target.kind.noun == "CHANNEL" else "object.unknown"
    return failed(key, name=target.name)


def _check_type(target: Target, existing: tuple[str, Attributes] | None) -> None:
    if existing is None:
        return
    kind, attributes = existing
    is_same = kind == target.stored_kind and attributes.get("CHLTYPE", target.subtype) == target.subtype
    if target.kind.noun == "LISTENER":
        is_same = True
    if not is_same:
        raise failed("object.other.type", name=target.name)


def _base(context: Context, target: Target, like: str | None) -> Attributes:
    name = like if like is not None else default_name(target.kind, target.subtype)
    row = context.state.db.execute(
        "SELECT kind, attributes FROM object WHERE qmgr = ? AND space = ? AND name = ?",
        (context.qmgr, target.space, name),
    ).fetchone()
    if row is None or row["kind"] != target.stored_kind:
        raise failed("object.unknown", name=name)
    attributes = dict(_parsed(row["attributes"]))
    if attributes.get("CHLTYPE", target.subtype) != target.subtype and target.kind.noun == "CHANNEL":
        raise failed("object.unknown", name=name)
    return attributes


@lru_cache(maxsize=32)
def _parsed(text: str) -> dict[str, Any]:
    """The attributes of a default object; many commands in a row start from the same one."""
    found: dict[str, Any] = json.loads(text)
    return found


def _protect(context: Context, table: dict[str, Any], given: dict[str, Any]) -> None:
    for keyword, value in given.items():
        if value and table[keyword].type == "secret":
            from wizard.sandbox.mqsc import secrets

            given[keyword] = secrets.protect(context.state, context.qmgr, str(value))


def _store(context: Context, target: Target, attributes: Attributes) -> None:
    context.state.put_object(context.qmgr, target.space, target.name, target.stored_kind, attributes)


def _grant_administrators(context: Context, target: Target) -> None:
    objtype = objtype_of(target.kind, target.subtype)
    if objtype and context.client_table is None:
        from wizard.sandbox.mqsc.authorities import administrators_list

        context.state.db.execute(
            "INSERT OR IGNORE INTO authrec VALUES (?, ?, ?, 'GROUP', 'mqm', ?)",
            (context.qmgr, target.name, objtype, administrators_list(objtype)),
        )


def _after(context: Context, target: Target) -> None:
    if target.space == "CLNTCONN" and not context.is_rehearsal:
        from wizard.sandbox.mqsc import ccdt

        ccdt.rewrite(context)
