"""What the attribute tables say about one object of a script, as findings with a rule each."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.errors import UsageError
from wizard.mq import authority
from wizard.mq.attributes import Finding, Type, attribute, check, subtype
from wizard.mq.ciphers import cipher
from wizard.mq.commands import ZOS_KEYWORDS
from wizard.mq.lint.published import published
from wizard.mq.lint.script import Hit, Statement
from wizard.mq.nearness import meant
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release

ACTIONS = ("ADD", "REPLACE", "REMOVE", "REMOVEALL")


def judged(one: Statement, wanted: MqObject, release: Release) -> Iterator[Hit]:
    """Everything that MQ of this release would refuse in what a command says of its object."""
    if wanted.kind is Kind.AUTHREC:
        yield from _authority_record(one)
        return
    removing = one.text("ACTION").startswith("REMOVE")
    unfinished = wanted.name.startswith("SYSTEM.") and wanted.kind is not Kind.CHLAUTH
    # MQ's own default objects lack what every other object needs, also in a dump of them.
    complete = not (one.command.verb == "ALTER" or one.command.has("LIKE") or removing or unfinished)
    for finding in check(wanted, release, complete=complete):
        known = attribute(wanted.kind, finding.keyword, subtype(wanted)) is not None
        hollow = known and one.command.has(finding.keyword) and one.command.value(finding.keyword) is None
        if hollow or (removing and finding.keyword == "MCAUSER"):
            continue
        hint = published(one, finding.keyword)
        if hint:
            yield Hit("published", one.line, hint[0], hint[1])
        else:
            yield _hit(one, wanted, finding, release)
    if wanted.kind is Kind.CHLAUTH:
        yield from _action(one)


def _hit(one: Statement, wanted: MqObject, finding: Finding, release: Release) -> Hit:
    keyword = finding.keyword
    rule = _rule(wanted, keyword, release)
    if rule == "unknown-keyword" and _secret_without_value(one, wanted.kind):
        # The word that is no keyword may be the secret itself.
        return Hit(rule, one.line, "A word of the command is no keyword.", "Put values in parentheses.")
    said = f"{keyword}: {finding.what}" if keyword else finding.what
    return Hit(rule, one.line, said, _remedy(wanted, finding, release))


def _secret_without_value(one: Statement, kind: Kind) -> bool:
    rows = [attribute(kind, keyword) for keyword, value in one.command.parameters if value is None]
    return any(row is not None and row.secret for row in rows)


def _rule(wanted: MqObject, keyword: str, release: Release) -> str:
    if not keyword:
        return "name"
    if not wanted.text(keyword).strip():
        return "missing-keyword"
    row = attribute(wanted.kind, keyword, subtype(wanted))
    if row is None:
        return "unknown-keyword"
    if release < row.since:
        return "release"
    if row.type is Type.CIPHER:
        known = cipher(wanted.text(keyword))
        return "unknown-cipher" if known is None else "weak-cipher" if known.weak else "release"
    special = {Type.DN: "name-pattern"}
    return "address" if keyword in {"ADDRESS", "ADDRLIST"} else special.get(row.type, "value")


def _remedy(wanted: MqObject, finding: Finding, release: Release) -> str:
    keyword, remedy = finding.keyword, finding.remedy
    if not keyword:
        return remedy or "Choose another name."
    if _rule(wanted, keyword, release) == "unknown-keyword":
        return remedy or meant(keyword, ("REPLACE", "LIKE", "FORCE", "ACTION")) or "Take it out."
    known = cipher(wanted.text("SSLCIPH")) if keyword == "SSLCIPH" else None
    old = known is not None and known.protocol in {"SSL3.0", "TLS1.0"}
    if old and release.weak_ciphers_removed:
        return f"{remedy} This release cannot switch it on again."
    return remedy


def _action(one: Statement) -> Iterator[Hit]:
    action = one.text("ACTION")
    if one.command.has("ACTION") and action not in ACTIONS:
        hint = published(one, "ACTION")
        what, remedy = hint or (f"ACTION: {action[:40]!r} is none of its words.", f"It has {', '.join(ACTIONS)}.")
        yield Hit("published" if hint else "value", one.line, what, remedy)


_OF_RECORDS = ("PROFILE", "OBJTYPE", "GROUP", "PRINCIPAL", "AUTHADD", "AUTHRMV", "SERVCOMP")


def _authority_record(one: Statement) -> Iterator[Hit]:
    """SET AUTHREC: what it is about, for whom, and the authorities, which depend on the type of object."""
    for keyword, _ in one.command.parameters:
        if keyword not in _OF_RECORDS and keyword not in ZOS_KEYWORDS:
            known = ", ".join(_OF_RECORDS)
            what = f"SET AUTHREC has no keyword {keyword[:40]}."
            yield Hit("unknown-keyword", one.line, what, meant(keyword, _OF_RECORDS) or f"It has {known}.")
    kind = one.text("OBJTYPE")
    if kind not in authority.OBJECT_TYPES:
        what = f"OBJTYPE: {kind[:40]!r} is no type of object." if kind else "OBJTYPE is missing."
        remedy = f"Give one of {', '.join(authority.OBJECT_TYPES)}."
        yield Hit("value" if kind else "missing-keyword", one.line, what, remedy)
        return
    if kind != "QMGR" and not one.text("PROFILE"):
        yield Hit("missing-keyword", one.line, "PROFILE is missing.", "Name the object, or a pattern of objects.")
    if not one.text("GROUP") and not one.text("PRINCIPAL"):
        yield Hit("missing-keyword", one.line, "GROUP is missing.", "Say for whom, with GROUP or PRINCIPAL.")
    if not one.command.has("AUTHADD") and not one.command.has("AUTHRMV"):
        yield Hit("missing-keyword", one.line, "AUTHADD is missing.", "Say which authorities are given or taken.")
    for keyword in ("AUTHADD", "AUTHRMV"):
        value = one.command.value(keyword)
        try:
            authority.authorities(kind, (value,) if isinstance(value, str) else value or ())
        except UsageError as wrong:
            yield Hit("authority", one.line, f"{keyword}: {wrong.what}.", wrong.remedy)
