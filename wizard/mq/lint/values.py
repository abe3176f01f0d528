"""What the attribute tables say about one object of a script, as findings with a rule each."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.errors import UsageError
from wizard.mq import authority
from wizard.mq.attributes import Finding, Type, attribute, check, subtype
from wizard.mq.ciphers import cipher
from wizard.mq.lint.published import published
from wizard.mq.lint.script import Hit, Statement
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release

ACTIONS = ("ADD", "REPLACE", "REMOVE", "REMOVEALL")


def judged(one: Statement, wanted: MqObject, release: Release) -> Iterator[Hit]:
    """Everything that MQ of this release would refuse in what a command says of its object."""
    removing = one.text("ACTION").startswith("REMOVE")
    complete = one.command.verb != "ALTER" and not one.command.has("LIKE") and not removing
    for finding in check(wanted, release, complete=complete):
        hollow = one.command.has(finding.keyword) and one.command.value(finding.keyword) is None
        if hollow or (removing and finding.keyword == "MCAUSER"):
            continue
        hint = published(one, finding.keyword)
        if hint:
            yield Hit("published", one.line, hint[0], hint[1])
        else:
            yield _hit(one, wanted, finding, release)
    if wanted.kind is Kind.CHLAUTH:
        yield from _action(one)
    if wanted.kind is Kind.AUTHREC:
        yield from _authorities(one)


def _hit(one: Statement, wanted: MqObject, finding: Finding, release: Release) -> Hit:
    keyword = finding.keyword
    said = f"{keyword}: {finding.what}" if keyword else finding.what
    return Hit(_rule(wanted, keyword, release), one.line, said, _remedy(wanted, keyword, finding.remedy, release))


def _rule(wanted: MqObject, keyword: str, release: Release) -> str:
    if not keyword:
        return "name"
    if keyword not in wanted.attributes or (wanted.kind is Kind.AUTHREC and not wanted.text(keyword)):
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


def _remedy(wanted: MqObject, keyword: str, remedy: str, release: Release) -> str:
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


def _authorities(one: Statement) -> Iterator[Hit]:
    """The words of AUTHADD and AUTHRMV, and that there is something to say."""
    kind = one.text("OBJTYPE")
    if kind not in authority.OBJECT_TYPES:
        return
    for keyword in ("AUTHADD", "AUTHRMV"):
        value = one.command.value(keyword)
        try:
            authority.authorities(kind, (value,) if isinstance(value, str) else value or ())
        except UsageError as wrong:
            yield Hit("authority", one.line, f"{keyword}: {wrong.what}.", wrong.remedy)
    if not one.command.has("AUTHADD") and not one.command.has("AUTHRMV"):
        yield Hit(
            "missing-keyword", one.line, "AUTHADD and AUTHRMV are missing.", "Say which authorities are given or taken."
        )
