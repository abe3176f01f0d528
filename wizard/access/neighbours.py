"""Connections that differ from one in a single thing: what would change the answer, either way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wizard.access.guard import ADMINISTRATORS, Guard
from wizard.access.rules import Partner, Rule, RuleType
from wizard.access.values import Connection, Password, Shown
from wizard.mq.addresses import AddressPattern
from wizard.mq.dn import DistinguishedName, Pattern

STRANGERS = ("192.0.2.77", "198.51.100.77", "203.0.113.77")
"""Addresses of the documentation ranges, which are nobody's."""

MOST = 6
"""Of the rules that let others in, so many are tried."""


def neighbours(guard: Guard, connection: Connection) -> tuple[tuple[str, Connection], ...]:
    """Connections beside this one, each with the difference in words."""
    found = [*_certificates(connection), *_addresses(connection)]
    channel = guard.channels.get(connection.channel)
    if channel is not None and channel.text("SSLCIPH").strip():
        found.append(("without TLS", replace(connection, cipher="", certificate=None)))
    if not connection.queue_manager:
        found += _logins(connection)
    opening = [
        rule
        for rule in guard.rules.covering(connection.channel)
        if not rule.refuses and (rule.type is not RuleType.QMGRMAP) == (not connection.queue_manager)
    ]
    for rule in opening[:MOST]:
        found.append(as_rule_wants(rule, connection))
    return tuple((what, near) for what, near in found if near != connection)


def _certificates(connection: Connection) -> Iterator[tuple[str, Connection]]:
    shown = connection.certificate
    if shown is None:
        return
    yield "without a certificate", replace(connection, certificate=None)
    other = replace(shown, subject=DistinguishedName.of([("CN", "somebody else"), ("O", "Elsewhere")]))
    yield "with another certificate of the same issuer", replace(connection, certificate=other)


def _addresses(connection: Connection) -> Iterator[tuple[str, Connection]]:
    stranger = next(one for one in STRANGERS if one != connection.address)
    yield f"from another address, such as {stranger}", replace(connection, address=stranger, host_name="")


def _logins(connection: Connection) -> Iterator[tuple[str, Connection]]:
    if connection.user != ADMINISTRATORS:
        yield f"as a client that says it is {ADMINISTRATORS}", replace(connection, user=ADMINISTRATORS)
    if connection.login:
        if connection.password is not Password.NONE:
            yield "without user and password", replace(connection, login="", password=Password.NONE)
        if connection.password is not Password.WRONG:
            yield "with a wrong password", replace(connection, password=Password.WRONG)
        if connection.password is not Password.RIGHT:
            yield "with the right password", replace(connection, password=Password.RIGHT)
    elif connection.user:
        with_password = replace(connection, login=connection.user, password=Password.RIGHT)
        yield f"with user {connection.user} and its password", with_password


def as_rule_wants(rule: Rule, connection: Connection) -> tuple[str, Connection]:
    """The connection made to fit a rule, and in which words."""
    words, changed = [], connection
    record, shown = rule.record, connection.certificate
    if rule.subject is not None and not _shows(rule, shown):
        issuer = example(rule.issuer) if rule.issuer else shown.issuer if shown else None
        words.append(f"with a certificate that matches {rule.subject}")
        changed = replace(changed, certificate=Shown(example(rule.subject), issuer))
    if record.text("CLNTUSER") not in {"", connection.user}:
        words.append(f"as user {record.text('CLNTUSER')}")
        changed = replace(changed, user=record.text("CLNTUSER"))
    if record.text("QMNAME"):
        name = record.text("QMNAME").replace("*", "") or "ANY"
        words.append(f"as queue manager {name}")
        changed = replace(changed, queue_manager=name)
    if rule.place is not None and not rule.place.covers(Partner(connection.address, connection.host_name)):
        words.append(f"from {rule.place.text}")
        host = rule.place.text.replace("*", "x") if rule.place.pattern is None else ""
        changed = replace(changed, address=_address(rule.place.pattern) or connection.address, host_name=host)
    if rule.client_check == "REQUIRED" and connection.password is not Password.RIGHT:
        words.append("with a password")
        changed = replace(changed, login=changed.user or "somebody", password=Password.RIGHT)
    return " ".join(words) or f"by the rule on {rule.profile}", changed


def _shows(rule: Rule, shown: Shown | None) -> bool:
    """Whether the certificate that is shown is one that the rule wants."""
    if shown is None or rule.subject is None or not rule.subject.matches(shown.subject):
        return False
    return rule.issuer is None or (shown.issuer is not None and rule.issuer.matches(shown.issuer))


def _address(pattern: AddressPattern | None) -> str:
    """An address that a pattern covers."""
    if pattern is None or not pattern.version:
        return ""
    lowest = [low for low, _ in pattern.parts]
    if pattern.version == 4:
        return ".".join(map(str, lowest))
    return ":".join(f"{one:x}" for one in lowest)


def example(pattern: Pattern) -> DistinguishedName:
    """A name that a pattern matches."""
    return DistinguishedName.of((keyword, value.text or "x") for keyword, value in pattern.parts)
