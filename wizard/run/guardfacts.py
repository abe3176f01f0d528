"""Reads everything of a running queue manager that decides who gets in: DISPLAYs in bulk, qm.ini, accounts, store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from wizard.access.guard import ADMINISTRATORS, Guard, Login, Users
from wizard.access.rulebook import RuleBook
from wizard.errors import OperationFailed
from wizard.mq.attributes import subtype
from wizard.mq.display import blocks, objects
from wizard.mq.ini import Stanza, setting, stanzas
from wizard.mq.messages import Outcome, meaning
from wizard.mq.mqsc import display
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.plan.adopt import own_label
from wizard.run.accounts import named_accounts
from wizard.run.doctor.look_stores import store
from wizard.run.doctor.seen import StoreSeen
from wizard.run.machine import Machine
from wizard.run.session import Reply

QUESTIONS = (
    "DISPLAY QMGR ALL",
    "DISPLAY QMSTATUS ALL",
    "DISPLAY CHANNEL(*) ALL",
    "DISPLAY CHLAUTH(*) ALL",
    "DISPLAY AUTHINFO(*) ALL",
    display(Kind.AUTHREC),
)


@dataclass(frozen=True)
class GuardSeen:
    """A queue manager's guard, its key repository where it has one, and where its error log is."""

    guard: Guard
    store: StoreSeen | None = None
    errors: Path | None = None


def read_guard(
    machine: Machine, name: str, users: Iterable[str], moment: datetime, password: SecretRef | None = None
) -> GuardSeen:
    """The guard of a running queue manager; `users` are those that somebody asks about.

    `password` is that of its key repository, where a recipe keeps it. Raises OperationFailed where the queue manager
    does not answer.
    """
    replies = machine.ask({name: QUESTIONS})[name]
    for reply in replies:
        _refuse_failure(name, reply)
    own, status, channels, rules, infos, rights = (reply.text.splitlines() for reply in replies)
    manager = next(iter(objects(own, Kind.QMGR)))
    data = next((str(block.attributes["DATPATH"]) for block in blocks(status) if "DATPATH" in block.attributes), "")
    folder = Path(data) if data else Path(manager.text("SSLKEYR")).parent.parent
    ini = _ini(folder)
    release = _release(machine, manager)
    listed = [one for one in objects(channels, Kind.CHANNEL) if subtype(one) != "CLNTCONN"]
    book = RuleBook(objects(rules, Kind.CHLAUTH), release)
    seen = store(machine, manager, release, password, moment.astimezone(UTC).replace(tzinfo=None))
    login = _login(objects(infos, Kind.AUTHINFO), manager, ini)
    guard = Guard(
        name=name,
        release=release,
        channels={one.name: one for one in listed},
        rules=book,
        chlauth=manager.text("CHLAUTH") != "DISABLED",
        login=login,
        users=_users(machine, {*users, *_named(book, listed)}, ldap=login.kind == "IDPWLDAP"),
        authorities=tuple(objects(rights, Kind.AUTHREC)),
        signers=tuple(one.subject for one in seen.certificates if one.subject) if seen and seen.listed else None,
        reverse_dns=manager.text("REVDNS") != "DISABLED",
        subject=_subject(manager, seen),
    )
    return GuardSeen(_with_ini(guard, ini), seen, folder / "errors")


def _refuse_failure(name: str, reply: Reply) -> None:
    if reply.outcome in {Outcome.DONE, Outcome.NOT_FOUND}:
        return
    known = meaning(reply.ids[0]) if reply.ids else None
    raise OperationFailed(
        f"{name} did not answer {reply.command}:\n{reply.shown.strip()}",
        known.what if known else "Without it nobody can say who gets in.",
        known.remedy if known else "",
    )


def _release(machine: Machine, manager: MqObject) -> Release:
    version = manager.text("VERSION")
    return Release.from_digits(version) if len(version) == 8 and version.isdigit() else machine.installation.release


def _ini(folder: Path) -> tuple[Stanza, ...] | None:
    """The stanzas of qm.ini; None where it cannot be read."""
    try:
        return stanzas((folder / "qm.ini").read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return None


def _on(ini: Sequence[Stanza], stanza: str, key: str) -> bool:
    return setting(ini, stanza, key).upper() in {"Y", "YES", "TRUE", "1"}


def _with_ini(guard: Guard, ini: Sequence[Stanza] | None) -> Guard:
    """What qm.ini says; values of keys that the release does not know count for nothing (facts TLS 4.6, 1.3)."""
    if ini is None:
        return guard
    return replace(
        guard,
        any_case=_on(ini, "Channels", "ChlauthIgnoreUserCase") and guard.release >= Release(9, 2),
        only_secure=_on(ini, "TCP", "SecureCommsOnly") and guard.release.secure_comms_only,
        tls13=guard.release.tls13 and setting(ini, "SSL", "AllowTLSV13").upper() not in {"N", "NO", "FALSE"},
    )


def _login(infos: Iterable[MqObject], manager: MqObject, ini: Sequence[Stanza] | None) -> Login:
    name = manager.text("CONNAUTH").strip()
    found = next((one for one in infos if one.name == name), None)
    if found is None:
        return Login()
    return Login(
        name=name,
        kind=found.text("AUTHTYPE"),
        check=found.text("CHCKCLNT") or "NONE",
        adopt=found.text("ADOPTCTX") == "YES",
        early_adopt=None if ini is None else _on(ini, "Channels", "ChlauthEarlyAdopt"),
    )


def _named(book: RuleBook, channels: Iterable[MqObject]) -> set[str]:
    """Every user that rules and channels name."""
    found = {one.text("MCAUSER").strip() for one in channels}
    for rule in book.rules:
        found |= {rule.user, rule.record.text("CLNTUSER"), *rule.users}
    return found


def _users(machine: Machine, named: set[str], *, ldap: bool) -> Users:
    """The users that exist among those named; who is in an LDAP directory is not known here."""
    wanted = {one for one in named if one and not one.startswith("*")} | {ADMINISTRATORS}
    found, _ = named_accounts(machine, wanted, set())
    return Users({user: fact.groups for user, fact in found.items()}, all_known=not ldap)


def _subject(manager: MqObject, seen: StoreSeen | None) -> str:
    label = own_label(manager).lower()
    listed = seen.certificates if seen else ()
    return next((one.subject for one in listed if one.personal and one.label.lower() == label), "")
