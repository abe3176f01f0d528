"""Rules about the words of each command: verbs, objects, keywords, values, quotes, inserts, secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wizard.errors import Problem
from wizard.mq.attributes import SUBTYPE_KEYWORDS, Type, attribute, flag, subtype
from wizard.mq.channel_types import CLUSTER
from wizard.mq.commands import COMMANDS, ZOS_KEYWORDS, ZOS_OBJECTS, ZOS_VERBS
from wizard.mq.lint.script import Hit, Script, Statement
from wizard.mq.lint.values import judged
from wizard.mq.nearness import meant
from wizard.mq.objects import QUEUE_KINDS, Kind
from wizard.mq.reader import OPTIONS, MqscCommand, secret_keywords

_QUOTED = re.compile(r"'(?:[^']|'')*'")
_BARE = re.compile(r"[A-Za-z0-9./_%*+]+|-?[0-9]+", re.ASCII)
_INSERT = re.compile(r"\+[A-Za-z_]+\+", re.ASCII)
_BARE_OPTIONS = frozenset({"REPLACE", "NOREPLACE", "FORCE", "NOFORCE", "PURGE", "NOPURGE"})
_CASED_WORDS = (
    "MCAUSER GROUP PRINCIPAL CLNTUSER USERLIST USERID LDAPUSER SUBUSER CERTLABL SSLKEYR KEYRPWD INITKEY LDAPPWD "
    "PASSWORD STARTCMD STARTARG STOPCMD STOPARG STDOUT STDERR SCYEXIT SENDEXIT RCVEXIT MSGEXIT TOPICSTR OCSPURL DESCR"
)
_CASED = frozenset(_CASED_WORDS.split())
"""Attributes of whose value MQ, or what it hands the value to, tells capitals from small letters."""

_TAKES_INSERTS = {
    Kind.SERVICE: frozenset({"STARTCMD", "STARTARG", "STOPCMD", "STOPARG", "STDOUT", "STDERR"}),
    Kind.CHANNEL: frozenset({"CLUSTER", "CONNAME"}),
}
"""Where MQ puts a value in place of +NAME+ (facts topologies 2.1, 2.8 and 6)."""

SECURITY_TYPES = ("AUTHSERV", "CONNAUTH", "SSL")


def unreadable(script: Script) -> Iterator[Hit]:
    """What is no MQSC."""
    for item in script.items:
        if isinstance(item, Problem):
            yield Hit("syntax", item.line, item.what, item.remedy)


def commands(script: Script) -> Iterator[Hit]:
    """Verbs and objects that there are not."""
    before: MqscCommand | Problem | None = None
    for item in script.items:
        if isinstance(item, MqscCommand):
            yield from _command(item, broken=isinstance(before, Problem))
        before = item


def _command(one: MqscCommand, *, broken: bool) -> Iterator[Hit]:
    """What is wrong with verb and object; behind a `broken` command they may be what it should have held."""
    verb, kind = one.verb, one.object
    if verb in ZOS_VERBS or (verb in COMMANDS and kind in ZOS_OBJECTS):
        what = f"{verb} {kind} is a command of MQ for z/OS; a queue manager elsewhere refuses it.".replace("  ", " ")
        yield Hit("zos-only", one.line, what, "Keep it in a script of its own.")
    elif verb not in COMMANDS and broken:
        yield Hit("unknown-command", one.line, "This is no command.", "Continue the one before it with +.")
    elif verb not in COMMANDS:
        remedy = meant(verb, COMMANDS) or f"A command begins with one of {', '.join(sorted(COMMANDS))}."
        yield Hit("unknown-command", one.line, f"MQSC has no command {verb[:40]}.", remedy)
    elif kind not in COMMANDS[verb]:
        said = f"{verb} is not followed by {kind[:40]}." if kind else f"{verb} of what is not said."
        able = sorted(COMMANDS[verb])
        yield Hit("unknown-object", one.line, said, meant(kind, able) or f"{verb} takes {', '.join(able)}.")


def keywords(script: Script) -> Iterator[Hit]:
    """Keywords of each command that names, shows or changes an object; how each value is written."""
    for one in script.statements:
        verb, kind = one.command.verb, one.command.object
        if kind not in COMMANDS.get(verb, ()):
            continue
        yield from _options(one)
        if one.wanted is not None:
            yield from judged(one, one.wanted, script.release)
            yield from _shapes(one, Kind(kind))
        elif verb == "DISPLAY":
            yield from _shown(one)
        yield from _quotes(one)


def _options(one: Statement) -> Iterator[Hit]:
    for keyword, value in one.command.parameters:
        if keyword in ZOS_KEYWORDS:
            yield Hit(
                "zos-only", one.line, f"{keyword} is for z/OS; a queue manager elsewhere refuses it.", "Leave it out."
            )
        elif keyword in _BARE_OPTIONS and value is not None:
            yield Hit("value", one.line, f"{keyword} has no value.", f"Write {keyword} alone.")
    if one.is_("REFRESH", "SECURITY") and one.text("TYPE") not in ("", *SECURITY_TYPES):
        what = f"REFRESH SECURITY has no type {one.text('TYPE')[:40]}."
        yield Hit("value", one.line, what, f"It has {', '.join(SECURITY_TYPES)}.")


def _shapes(one: Statement, kind: Kind) -> Iterator[Hit]:
    """Values in the shape that the keyword takes: one, several, none; the sub-type first."""
    assert one.wanted is not None  # noqa: S101 - the caller has looked
    for keyword, value in one.command.parameters:
        known = attribute(kind, keyword, subtype(one.wanted)) or attribute(kind, keyword)
        if known is None:
            if value is None and flag(keyword) is None and keyword in OPTIONS - _BARE_OPTIONS:
                yield Hit(
                    "no-value", one.line, f"{keyword} has no value.", "Write it in parentheses behind the keyword."
                )
        elif known.type is Type.FLAG:
            if value is not None:
                yield Hit("value", one.line, f"{keyword} has no value.", f"Write {keyword} or NO{keyword} alone.")
        elif value is None:
            yield Hit("no-value", one.line, f"{keyword} has no value.", f"Give {known.allowed}.")
        elif isinstance(value, tuple) and known.type not in {Type.LIST, Type.CONNAME}:
            yield Hit(
                "one-value", one.line, f"{keyword} takes one value, and here are {len(value)}.", "Put quotes around it."
            )
    leading = SUBTYPE_KEYWORDS.get(kind, "")
    first = next((keyword for keyword, _ in one.command.parameters), "")
    if kind is Kind.CHANNEL and one.command.has(leading) and first != leading:
        what = f"{leading} does not follow the name at once, as MQ wants it everywhere but on z/OS."
        yield Hit("order", one.line, what, f"Move {leading} to the front.")
    if one.command.verb == "ALTER" and kind in {Kind.CHANNEL, Kind.AUTHINFO} and not one.command.has(leading):
        yield Hit(
            "missing-keyword", one.line, f"{leading} is missing.", f"ALTER {kind.value} wants it behind the name."
        )


def _shown(one: Statement) -> Iterator[Hit]:
    """Keywords of DISPLAY; one that MQ does not know fails the whole command."""
    kind = one.command.object
    kinds = tuple(QUEUE_KINDS) if kind == "QUEUE" else (Kind(kind),) if kind in set(Kind) else ()
    if not kinds or kind in {"CHLAUTH", "AUTHREC", "SUB", "TOPIC"}:
        return
    for keyword, _ in one.command.parameters:
        if keyword in {"ALL", "WHERE", "TYPE", "CLUSINFO", "LIKE", "DEFTYPE", "CLUSDATE", "CLUSTIME", "CLUSQMGR"}:
            continue
        if (
            flag(keyword) is None
            and keyword not in ZOS_KEYWORDS
            and not any(attribute(one_, keyword) for one_ in kinds)
        ):
            what = f"{kind} has no attribute {keyword[:40]}, so that the whole command fails."
            yield Hit("unknown-keyword", one.line, what, "Take it out.")


def _quotes(one: Statement) -> Iterator[Hit]:
    """What is not in quotes and should be: MQ refuses it, or reads capitals."""
    for keyword, written in one.command.written:
        if one.command.verb == "DISPLAY" and keyword == "WHERE":
            continue
        called = keyword or "The name"
        if not written.strip(" \t,"):
            yield Hit(
                "empty",
                one.line,
                f"{called} has nothing in its parentheses.",
                "Write ('') or ( ' ' ), or leave it out.",
            )
        outside = _QUOTED.sub(" ", written)
        words = re.split(r"[\s,]+", outside.strip(" \t,"))
        if any(word and not _BARE.fullmatch(word) for word in words):
            what = f"{called} holds a character that needs quotes around the value."
            yield Hit("quotes", one.line, what, "Put single quotes around it, and double a quote inside.")
        elif keyword in _CASED and outside != outside.upper():
            what = f"{keyword} stands without quotes, so that MQ reads capitals."
            yield Hit("folded", one.line, what, "Put single quotes around it.")


def secrets(script: Script) -> Iterator[Hit]:
    """Passwords and keys in plain text; the value is never repeated."""
    for one in script.statements:
        for keyword in secret_keywords(one.command):
            what = f"{keyword} stands in the script in plain text, for everybody who can read the file or its history."
            row = attribute(Kind(one.command.object), keyword)
            if row is not None and script.release < row.since:
                what_else = f"{keyword}: Known from {row.since}, and this is {script.release}."
                yield Hit("release", one.line, what_else, "Leave it out.")
            yield Hit(
                "secret", one.line, what, "Take it out and set it at the prompt; mqwizard takes env:NAME or file:PATH."
            )


def inserts(script: Script) -> Iterator[Hit]:
    """+NAME+ where MQ does not put a value in its place."""
    for one in script.statements:
        kind = one.command.object
        if one.command.verb not in {"DEFINE", "ALTER"} or kind not in set(Kind):
            continue
        chltype = one.text("CHLTYPE")
        if _INSERT.search(one.command.name) and not (kind == Kind.CHANNEL and chltype in CLUSTER):
            what = "MQ puts a name in place of +QMNAME+ only in the names of cluster channels."
            yield Hit("insert", one.line, what, "Write the name out.")
        takes = _TAKES_INSERTS.get(Kind(kind), frozenset())
        for keyword, value in one.command.parameters:
            held = value if isinstance(value, str) else ",".join(value or ())
            allowed = keyword in takes and (kind != Kind.CHANNEL or chltype == "CLUSRCVR")
            if _INSERT.search(held) and not allowed and keyword != "DESCR":
                what = f"MQ puts nothing in place of the +…+ in {keyword} here."
                yield Hit("insert", one.line, what, "Write the value out.")


RULES = (unreadable, commands, keywords, secrets, inserts)
