"""Checks an object against the attribute tables, before MQ is asked."""

from __future__ import annotations

from collections.abc import Mapping

from wizard.mq import ciphers, names
from wizard.mq.attribute_tables import (
    SUBTYPE_KEYWORDS,
    attribute,
    attributes,
    canonical_keyword,
    subtype,
)
from wizard.mq.attribute_type import Attribute, Type
from wizard.mq.attribute_values import normalise
from wizard.mq.dn import DnProblem, Pattern
from wizard.mq.findings import Finding
from wizard.mq.nearness import meant
from wizard.mq.objects import Kind, MqObject, Value
from wizard.mq.quoting import UnquotableValue, refuse_control_characters
from wizard.mq.releases import Release

_REQUIRED: Mapping[tuple[Kind, str], str] = {
    (Kind.CHANNEL, "SDR"): "CONNAME XMITQ",
    (Kind.CHANNEL, "SVR"): "XMITQ",
    (Kind.CHANNEL, "RQSTR"): "CONNAME",
    (Kind.CHANNEL, "CLUSSDR"): "CONNAME",
    (Kind.CHANNEL, "CLNTCONN"): "CONNAME",
    (Kind.AUTHINFO, "CRLLDAP"): "CONNAME",
    (Kind.AUTHINFO, "OCSP"): "OCSPURL",
    (Kind.AUTHINFO, "IDPWLDAP"): "CONNAME SHORTUSR USRFIELD",
    (Kind.CHLAUTH, "SSLPEERMAP"): "SSLPEER",
    (Kind.CHLAUTH, "ADDRESSMAP"): "ADDRESS",
    (Kind.CHLAUTH, "USERMAP"): "CLNTUSER",
    (Kind.CHLAUTH, "QMGRMAP"): "QMNAME",
    (Kind.CHLAUTH, "BLOCKUSER"): "USERLIST",
    (Kind.CHLAUTH, "BLOCKADDR"): "ADDRLIST",
    (Kind.TOPIC, ""): "TOPICSTR",
    (Kind.AUTHREC, ""): "OBJTYPE ENTTYPE ENTITY",
}
"""What DEFINE or SET needs beside the sub-type; IBM's command reference."""


def check(obj: MqObject, release: Release, *, complete: bool = True) -> list[Finding]:
    """Everything that MQ of this release would refuse in the object, in the order of its attributes.

    With `complete` a missing attribute that DEFINE needs is found too; without it the object is taken for a
    change.
    """
    findings = []
    wrong_name = names.problem(obj.kind, obj.name) if obj.name or obj.kind is not Kind.QMGR else None
    if wrong_name:
        findings.append(Finding("", f"The name {obj.name!r} cannot be used: {wrong_name}."))
    chltype = subtype(obj)
    leading = attribute(obj.kind, SUBTYPE_KEYWORDS.get(obj.kind, ""))
    # A sub-type that is no word of MQ is one mistake, and says nothing about the other attributes.
    judged_as = chltype if leading is None or chltype in leading.choices else ""
    for keyword, value in obj.attributes.items():
        found = _checked(obj.kind, keyword, value, judged_as, release)
        if found:
            findings.append(found)
    if complete:
        findings += _missing(obj, chltype)
    if obj.kind is Kind.CHLAUTH:
        findings += _rule(obj)
    return findings


def _checked(kind: Kind, keyword: str, value: Value, chltype: str, release: Release) -> Finding | None:
    known = attributes(kind, chltype)
    found = attribute(kind, keyword, chltype)
    if found is None:
        elsewhere = attribute(kind, keyword)
        if elsewhere is not None:
            return Finding(
                keyword,
                f"{_called(kind, chltype)} has no {canonical_keyword(keyword)}.",
                f"It is for {', '.join(sorted(elsewhere.chltypes))}.",
            )
        what = f"{_called(kind)} has no attribute {keyword}."
        return Finding(keyword, what, meant(keyword, known))
    if found.read_only:
        return Finding(keyword, "MQ sets this itself.", "Leave it out.")
    if release < found.since:
        return Finding(keyword, f"Known from {found.since}, and this is {release}.", "Leave it out.")
    return _of_type(found, normalise(kind, keyword, value, chltype), release)


def _called(kind: Kind, chltype: str = "") -> str:
    return f"{kind.value} of type {chltype}" if chltype else f"{kind.value}"


def _of_type(found: Attribute, value: Value, release: Release) -> Finding | None:
    elements = value if isinstance(value, tuple) else (value,)
    for element in elements:
        try:
            refuse_control_characters(element)
        except UnquotableValue as refused:
            return Finding(found.keyword, f"{refused.what}.", refused.remedy)
        if found.length and len(element) > found.length:
            what = f"{len(element)} characters, and at most {found.length} are allowed."
            return Finding(found.keyword, what, "Shorten it.")
        if found.choices and found.type is not Type.INTEGER and element and element not in found.choices:
            return Finding(found.keyword, f"{element!r} is not {found.allowed}.", meant(element, found.choices))
    return _of_special_type(found, value, release) if isinstance(value, str) else None


def _of_special_type(found: Attribute, value: str, release: Release) -> Finding | None:
    if found.type in {Type.ENUM, Type.FLAG, Type.INTEGER} and not value:
        return Finding(found.keyword, "It is empty.", f"Give {found.allowed}.")
    if found.type is Type.INTEGER and not _number_fits(found, value):
        return Finding(found.keyword, f"{value!r} is not {found.allowed}.", meant(value, found.choices))
    if found.type is Type.CIPHER:
        return ciphers.problem(value, release)
    if found.type is Type.DN and value:
        try:
            Pattern.parse(value)
        except DnProblem as wrong:
            return Finding(found.keyword, f"{wrong.what}.", wrong.remedy)
    return None


def _number_fits(found: Attribute, value: str) -> bool:
    if value in found.choices:
        return True
    longest = len(str(found.high))
    if not (value.isascii() and value.isdigit()) or len(value) > longest:
        return False
    return found.low <= int(value) <= found.high


def _missing(obj: MqObject, chltype: str) -> list[Finding]:
    leading = SUBTYPE_KEYWORDS.get(obj.kind, "")
    if leading and not chltype:
        row = attribute(obj.kind, leading)
        return [Finding(leading, "It is missing.", f"Give {row.allowed}." if row else "")]
    wanted = _REQUIRED.get((obj.kind, chltype)) or _REQUIRED.get((obj.kind, "")) or ""
    missing = [keyword for keyword in wanted.split() if not obj.text(keyword).strip()]
    if obj.kind is Kind.SUB and not obj.text("TOPICSTR") and not obj.text("TOPICOBJ"):
        missing.append("TOPICSTR")
    called = _called(obj.kind, chltype)
    return [Finding(keyword, "It is missing.", f"{called} cannot do without it.") for keyword in missing]


def _rule(obj: MqObject) -> list[Finding]:
    """What a channel authentication record cannot combine (facts TLS 4.1)."""
    from wizard.mq.addresses import address_problem

    findings = []
    rule_type, source = obj.text("TYPE"), obj.text("USERSRC") or "MAP"
    if rule_type == "BLOCKADDR" and obj.name != "*":
        findings.append(Finding("", "A BLOCKADDR record must have the profile *.", "Name it *."))
    mapping = rule_type.endswith("MAP")
    if mapping and source == "MAP" and not obj.text("MCAUSER"):
        findings.append(Finding("MCAUSER", "It is missing.", "USERSRC(MAP) says that the partner runs as this user."))
    if mapping and source != "MAP" and obj.text("MCAUSER"):
        findings.append(Finding("MCAUSER", f"USERSRC({source}) does not use it.", "Leave it out, or say USERSRC(MAP)."))
    addresses = [("ADDRESS", obj.text("ADDRESS"))] if obj.text("ADDRESS") else []
    listed = obj.attributes.get("ADDRLIST", ())
    addresses += [("ADDRLIST", each) for each in (listed.split(",") if isinstance(listed, str) else listed)]
    for keyword, address in addresses:
        wrong = address_problem(address, host_names=keyword == "ADDRESS")
        if wrong:
            findings.append(Finding(keyword, f"{wrong.what}.", wrong.remedy))
    return findings
