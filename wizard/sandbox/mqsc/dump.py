"""Writes the configuration of a queue manager as MQSC that runmqsc reads again: the work of dmpmqcfg (facts 5).

Header and comment marks are documented or seen; the order of the sections is recalled. Passwords are commented out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from wizard.sandbox.mqsc import selection
from wizard.sandbox.mqsc.attributes import Attribute, Table
from wizard.sandbox.mqsc.chlauth import KEYS
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.mqsc.kinds import KINDS, default_name, space_of
from wizard.sandbox.mqsc.oam import SELF

_PLAIN = re.compile(r"[A-Z0-9._/%]+", re.ASCII)

SPACES = (
    "QUEUE",
    "NAMELIST",
    "PROCESS",
    "TOPIC",
    "LISTENER",
    "SERVICE",
    "COMMINFO",
    "AUTHINFO",
    "CHANNEL",
    "CLNTCONN",
    "SUB",
)


class Piece(NamedTuple):
    """One parameter of a command; a commented one is shown to people and not read again."""

    text: str
    is_comment: bool = False


class Statement(NamedTuple):
    """One MQSC command."""

    verb: str
    pieces: list[Piece]


def quoted(value: str) -> str:
    """A value between quotes, with its own quotes doubled; a blank value is one blank."""
    return "'" + (value or " ").replace("'", "''") + "'"


def in_mqsc(value: str) -> str:
    """A value as MQSC wants it: in quotes unless it is plain upper case."""
    return value if _PLAIN.fullmatch(value) else quoted(value)


def queue_manager(context: Context, *, is_everything: bool) -> Iterator[Statement]:
    """ALTER QMGR."""
    table = context.table("QMGR")
    attributes = context.qmgr_attributes()
    pieces = list(_pieces(table, attributes, {} if is_everything else _defaults(table)))
    if any(not piece.is_comment for piece in pieces):
        yield Statement("ALTER QMGR", pieces)


def objects(context: Context, spaces: tuple[str, ...], name: str, *, is_everything: bool) -> Iterator[Statement]:
    """DEFINE for every object whose name fits; without `is_everything` only what differs from its default object."""
    for space in spaces:
        for found, kind, attributes in context.state.objects(context.qmgr, space):
            if selection.matches(name, found):
                yield _define(context, space, found, kind, attributes, is_everything=is_everything)


def _define(
    context: Context, space: str, name: str, kind: str, attributes: dict[str, Any], *, is_everything: bool
) -> Statement:
    noun = "CHANNEL" if space == "CLNTCONN" else "AUTHINFO" if space == "AUTHINFO" else kind
    subtype = str(attributes.get("CHLTYPE") or (kind if noun == "AUTHINFO" else "TCP" if noun == "LISTENER" else ""))
    table = context.table(noun, "" if noun == "LISTENER" else subtype)
    base: dict[str, Any] = {}
    if not is_everything:
        model = default_name(KINDS[noun], subtype)
        row = context.state.object(context.qmgr, space_of(KINDS[noun], subtype), model)
        base = row[1] if row and model != name else _defaults(table)
    pieces = []
    if KINDS[noun].subtype:
        pieces.append(Piece(f"{KINDS[noun].subtype}({subtype})"))
    required = {"CONNAME", "XMITQ", "TOPICSTR", "DEST", "OCSPURL", "SHORTUSR"}
    base = {keyword: value for keyword, value in base.items() if keyword not in required}
    pieces += [
        piece for piece in _pieces(table, attributes, base) if not piece.text.startswith("TRPTYPE") or subtype != "TCP"
    ]
    return Statement(f"DEFINE {noun}({quoted(name)})", [*pieces, Piece("REPLACE")])


def _defaults(table: Table) -> dict[str, Any]:
    return {
        keyword: ([attribute.default] if attribute.default else []) if attribute.is_list else attribute.default
        for keyword, attribute in table.items()
    }


def _pieces(table: Table, attributes: dict[str, Any], base: dict[str, Any]) -> Iterator[Piece]:
    for keyword, attribute in table.items():
        value = attributes.get(keyword, attribute.default)
        if attribute.type in ("negative", "bare") or (keyword in base and base[keyword] == value):
            continue
        if attribute.type == "shown":
            if not base and keyword not in ("CURDEPTH", "IPPROCS", "OPPROCS"):
                yield Piece(f"{keyword}({value})", is_comment=True)
        elif attribute.type == "flag":
            yield Piece(keyword if value == "YES" else f"NO{keyword}")
        elif attribute.type == "secret":
            if value:
                yield Piece(f"{keyword}('********')", is_comment=True)
        elif value or not attribute.is_list:
            yield Piece(f"{keyword}({_value(attribute, value)})")


def _value(attribute: Attribute, value: Any) -> str:
    if isinstance(value, list):
        return ",".join(in_mqsc(one) for one in value) or "' '"
    if attribute.type in ("one", "number"):
        return str(value)
    return quoted(str(value))


def channel_rules(context: Context, name: str) -> Iterator[Statement]:
    """SET CHLAUTH for every record."""
    for _, profile, kind, attributes in context.state.chlauth(context.qmgr):
        if not selection.matches(name, profile):
            continue
        pieces = [Piece(f"TYPE({kind})")]
        keys = KEYS.get(kind, ())
        pieces += [Piece(f"{keyword}({quoted(attributes[keyword])})") for keyword in keys if attributes.get(keyword)]
        for keyword in ("USERLIST", "ADDRLIST"):
            if keyword in attributes:
                pieces.append(Piece(f"{keyword}({','.join(quoted(value) for value in attributes[keyword])})"))
        pieces += [
            Piece(f"{keyword}({attributes[keyword]})")
            for keyword in ("USERSRC", "CHCKCLNT", "WARN")
            if keyword in attributes
        ]
        pieces += [
            Piece(f"{keyword}({quoted(attributes[keyword])})")
            for keyword in ("MCAUSER", "DESCR", "CUSTOM")
            if attributes.get(keyword)
        ]
        yield Statement(f"SET CHLAUTH({quoted(profile)})", [*pieces, Piece("ACTION(REPLACE)")])


def authority_records(context: Context, name: str) -> Iterator[Statement]:
    """SET AUTHREC for every record."""
    for profile, objtype, enttype, entity, granted in context.state.authrecs(context.qmgr):
        if not selection.matches(name, profile) and name != "*":
            continue
        pieces = [] if profile == SELF and objtype == "QMGR" else [Piece(f"PROFILE({quoted(profile)})")]
        pieces.append(Piece(f"{enttype}({quoted(entity)})"))
        pieces.append(Piece(f"OBJTYPE({objtype})"))
        pieces.append(Piece(f"AUTHADD({','.join(granted) or 'NONE'})"))
        yield Statement("SET AUTHREC", pieces)


def spaces_of(kind: str) -> tuple[str, ...]:
    """The name spaces behind a value of -t."""
    if kind == "all":
        return SPACES
    named = {"lstr": "LISTENER", "srvc": "SERVICE"}
    return (named.get(kind, kind.upper()),)


def one_line(statement: Statement) -> str:
    """A command on one line, without its commented parts."""
    return " ".join([statement.verb, *(piece.text for piece in statement.pieces if not piece.is_comment)])


def many_lines(statement: Statement) -> str:
    """A command with one parameter a line; read-only attributes are comment lines inside it."""
    pieces = statement.pieces
    # A comment cannot end a command: the last parameter that is read comes last.
    last = max(number for number, piece in enumerate(pieces) if not piece.is_comment)
    lines = [f"{statement.verb} +"]
    for piece in [*pieces[:last], *pieces[last + 1 :]]:
        lines.append(f"*  {piece.text} +" if piece.is_comment else f"   {piece.text} +")
    lines.append(f"   {pieces[last].text}")
    return "\n".join(lines)


def as_setmqaut(statement: Statement, qmgr: str) -> str:
    """An authority record as a setmqaut command; empty for every other command."""
    if statement.verb != "SET AUTHREC":
        return ""
    words = dict(piece.text.rstrip(")").split("(", 1) for piece in statement.pieces)
    target = f" -n {words['PROFILE']}" if "PROFILE" in words else ""
    flag = "-g" if "GROUP" in words else "-p"
    entity = words.get("GROUP") or words.get("PRINCIPAL", "")
    granted = " ".join(f"+{name.lower()}" for name in words["AUTHADD"].split(","))
    return f"setmqaut -m {qmgr}{target} -t {words['OBJTYPE'].lower()} {flag} {entity} {granted}\n"
