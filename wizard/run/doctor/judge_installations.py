"""Judges the installations of MQ, what this session points at, the commands, and what the release cannot do. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.releases import Release
from wizard.run.doctor.findings import Finding, Severity, from_error, note, ok, problem, warning
from wizard.run.doctor.known import CAPABILITIES, COMMANDS, OLDEST
from wizard.run.doctor.seen import InstallationSeen, MqSeen

AREA = "IBM MQ"
COMMANDS_AREA = "commands"
RELEASE_AREA = "release"


def installations(seen: MqSeen) -> Iterator[Finding]:
    """Every installation, the choice among them, and what this session points at."""
    for each in seen.installations:
        yield _installation(each, seen)
    if seen.refused is not None:
        yield from_error(AREA, seen.refused)
    if seen.chosen is None:
        return
    yield from environment(seen)
    yield from commands(seen)
    yield from release(seen.chosen.release)


def _installation(each: InstallationSeen, seen: MqSeen) -> Finding:
    chosen = seen.chosen if seen.refused is None else None
    used = chosen is not None and chosen.name == each.name
    version = each.version or (str(chosen.release) if chosen and used else "")
    words = [version, f"in {each.path}", "primary" if each.primary else "", "used now" if used else ""]
    what = f"{each.name}: {', '.join(filter(None, words))}."
    if each.state.startswith("Available"):
        return ok(AREA, what)
    return warning(
        AREA,
        f"{what} Its state is: {each.state}.",
        "Its commands may be missing or half installed.",
        "Repair or remove it: dspmqinst shows what MQ knows of it.",
    )


def environment(seen: MqSeen) -> Iterator[Finding]:
    """Whether commands typed in this session, and clients started from it, reach what mqwizard uses."""
    if seen.chosen is None:
        return
    path = str(seen.chosen.path)
    source = f". {path}/bin/setmqenv -s"
    other = next((place for place in (seen.set_up, seen.on_path) if place not in {"", path}), "")
    if other:
        yield warning(
            AREA,
            f"This session points at {other}, and mqwizard uses {path}.",
            "Commands typed by hand reach another installation than mqwizard does.",
            f"{source}; or name the other one with --installation {other}",
        )
    elif not seen.on_path:
        yield note(
            AREA,
            "setmqenv was not sourced in this session.",
            "mqwizard uses whole paths; commands typed by hand are not found.",
            source,
        )
    else:
        yield ok(AREA, "Commands typed in this session reach the same installation.")
    if seen.steering:
        yield note(
            AREA,
            f"Set in this session: {', '.join(seen.steering)}.",
            "They steer every C client started here; MQSERVER wins over a CCDT and cannot carry TLS.",
            f"Where a client does not connect as its kit says: unset {' '.join(seen.steering)}",
        )


def commands(seen: MqSeen) -> Iterator[Finding]:
    """What is installed, and which package brings what is not."""
    release = seen.chosen.release if seen.chosen else OLDEST
    whole = True
    for known in COMMANDS:
        gone = [command for command in known.commands if command in seen.missing and release >= known.since]
        if gone:
            whole = False
            verb = "is" if len(gone) == 1 else "are"
            what = f"{', '.join(gone)} {verb} missing, or this user may not run {'it' if len(gone) == 1 else 'them'}."
            yield Finding(COMMANDS_AREA, known.severity, what, known.means, f"Install {known.package}.")
    if whole:
        yield ok(COMMANDS_AREA, "Every command that this release has is installed.")
    if seen.gskit9 and not seen.icu:
        yield problem(
            COMMANDS_AREA,
            "This installation uses GSKit 9, and the system's ICU library (libicuio) was not found.",
            "Every call of runmqakm would end with: Failed to dlopen ICU library.",
            "Ask root to install libicu; on Debian and Ubuntu its name ends in a version.",
        )
    if not seen.java:
        yield note(
            COMMANDS_AREA,
            "There is no Java here.",
            "Only Java clients on this host, and runmqktool, need one.",
            "For them, install MQSeriesJRE (ibmmq-jre) or another Java.",
        )


def release(chosen: Release) -> Iterator[Finding]:
    """What this release cannot do, and what is done instead."""
    if chosen < OLDEST:
        yield problem(
            RELEASE_AREA,
            f"IBM MQ {chosen} is older than {OLDEST.version}.{OLDEST.release}.",
            "mqwizard does not know what it can do.",
            "Move to a release that IBM supports.",
        )
    lacking = [each for each in CAPABILITIES if not getattr(chosen, each.name)]
    for each in lacking:
        yield Finding(
            RELEASE_AREA,
            Severity.NOTE,
            f"IBM MQ {chosen} has no {each.what}.",
            each.means,
            f"It came with {each.since}.",
        )
    if not lacking:
        yield ok(RELEASE_AREA, f"IBM MQ {chosen} can do everything that mqwizard uses.")
