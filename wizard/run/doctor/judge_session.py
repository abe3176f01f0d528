"""Judges the session: its user, its groups, its language, its limits, its clock. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import datetime

from wizard.run.doctor import findings
from wizard.run.doctor.findings import Finding, note, ok, problem
from wizard.run.doctor.known import BUILD_YEAR, OPEN_FILES, PROCESSES
from wizard.run.doctor.seen import MqSeen, Seen, SystemSeen, UserSeen
from wizard.run.installation import ADMINISTRATORS

AREA = "session"


def session(seen: Seen) -> Iterator[Finding]:
    """The user first: without its rights little else can be looked at."""
    if seen.sandboxed:
        yield ok(AREA, f"{seen.user.name} uses a sandbox, which runs as anyone.")
    else:
        yield user(seen.user, seen.arguments)
    yield from system(seen.system, sandboxed=seen.sandboxed)
    yield clock(seen.moment, MqSeen() if seen.sandboxed else seen.mq)


def user(seen: UserSeen, arguments: tuple[str, ...]) -> Finding:
    """Whether this user may administer MQ, now."""
    again = shlex.join(arguments)
    if seen.root:
        return problem(
            AREA,
            "mqwizard runs as root.",
            "Files made by root in MQ's folders lock queue managers out. As root none of them is looked into.",
            f"sudo -u {ADMINISTRATORS} -- {again}",
        )
    if seen.trouble:
        return problem(AREA, seen.trouble, "Who may administer MQ is not known.", "Install getent (part of glibc).")
    if seen.mqm is None:
        return problem(
            AREA,
            f"There is no group {ADMINISTRATORS} on this machine.",
            "An installation of IBM MQ makes it; only its members administer MQ.",
            "Complete the installation, or practise with --sandbox.",
        )
    if seen.active:
        return ok(AREA, f"{seen.name} is in the group {ADMINISTRATORS}, and so is this session.")
    if seen.member:
        return problem(
            AREA,
            f"{seen.name} is in the group {ADMINISTRATORS}, but this session began before that.",
            "MQ answers AMQ7077E: not authorized. Queue managers are not asked.",
            f"Log in again, or: sg {ADMINISTRATORS} -c {shlex.quote(again)}",
        )
    return problem(
        AREA,
        f"{seen.name} is not in the group {ADMINISTRATORS}.",
        "Only its members administer IBM MQ here. Queue managers are not asked.",
        f"Ask root for: usermod -aG {ADMINISTRATORS} {seen.name}; then log in again. Or run as {ADMINISTRATORS}.",
    )


def system(seen: SystemSeen, *, sandboxed: bool) -> Iterator[Finding]:
    """Language, limits, commands of the system. A sandbox needs none of the limits, so they are notes there."""
    warning = note if sandboxed else findings.warning
    if "utf-8" in seen.language.lower() or "utf8" in seen.language.lower():
        yield ok(AREA, f"The language is {seen.language}; MQ's commands are run in English.")
    else:
        yield note(
            AREA,
            f"The language is {seen.language or 'not set'}, without UTF-8.",
            "MQ's commands are run in English and UTF-8 all the same; this terminal may not show every character.",
            "Set LANG to C.UTF-8 or another UTF-8 locale.",
        )
    if seen.english_utf8 is False:
        yield warning(
            AREA,
            "The locale C.UTF-8 is not installed.",
            "MQ's commands are run in it; labels and descriptions beyond ASCII may come out wrong.",
            "Install the locale: `locale -a` lists those that are there.",
        )
    yield _limit("Open files", seen.open_files, OPEN_FILES, "nofile", sandboxed=sandboxed)
    yield _limit("Processes and threads", seen.processes, PROCESSES, "nproc", sandboxed=sandboxed)
    for command in seen.commands_missing:
        yield problem(
            AREA, f"The command {command} is missing.", "Users and groups cannot be looked up.", "Install it."
        )


def _limit(what: str, limits: tuple[int | None, int | None], wanted: int, name: str, *, sandboxed: bool) -> Finding:
    soft, hard = limits
    if soft is None or soft >= wanted:
        return ok(AREA, f"{what}: {'no limit' if soft is None else f'{soft:,} at most'}.")
    at_once = f"ulimit -{'n' if name == 'nofile' else 'u'} {wanted}" if hard is None or hard >= wanted else ""
    warning = note if sandboxed else findings.warning
    return warning(
        AREA,
        f"{what}: {soft:,} at most, and MQ wants {wanted:,}.",
        "It holds for queue managers started from this session: under load connections are refused.",
        f"Ask root for `{ADMINISTRATORS} - {name} {wanted}` in /etc/security/limits.d, then log in again."
        + (f" For this session: {at_once}" if at_once else ""),
    )


def clock(moment: datetime, mq: MqSeen) -> Finding:
    """Whether the clock can be right: it is not before this program or MQ was built."""
    built = f"20{mq.built[:2]}-{mq.built[2:4]}-{mq.built[4:]}" if mq.built else ""
    shown = moment.strftime("%Y-%m-%d")
    if moment.year < BUILD_YEAR or (built and shown < built):
        return problem(
            AREA,
            f"The clock shows {shown}, which is before {'IBM MQ' if built > shown else 'mqwizard'} was built.",
            "Certificates made now would not be valid elsewhere, and valid ones would not be here.",
            "Set the clock, and let NTP keep it: timedatectl",
        )
    return ok(AREA, f"The clock shows {shown}.")
