"""Judges each queue manager: does it run, where, in which role, is anybody listening, how full is its log. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from wizard.mq.ini import setting
from wizard.run.doctor.findings import Finding, Severity, note, ok, problem, warning
from wizard.run.doctor.known import ERROR_LOG_SIZE
from wizard.run.doctor.seen import ListenerSeen, QueueManagerSeen
from wizard.run.doctor.wording import amount

ENDED_ON_PURPOSE = {"ended normally", "ended immediately", "ended pre-emptively"}
ON_THE_WAY = {"starting", "quiescing", "ending immediately", "ending pre-emptively", "being deleted"}
NOT_AVAILABLE = {"not available", "status not available", "being created"}
ELSEWHERE = {"running as standby": "standby", "running elsewhere": "elsewhere", "replica": "replica"}


def area(name: str) -> str:
    """The area of everything about one queue manager."""
    return f"queue manager {name}"


def status(seen: QueueManagerSeen, *, wanted: bool, installation: str, may_ask: bool) -> Iterator[Finding]:
    """How it is; `wanted` is whether the recipe is about it, which makes a standstill worse."""
    here, word = area(seen.name), seen.status.status
    shown = word.casefold()
    if seen.status.installation not in {"", installation}:
        yield (warning if wanted else note)(
            here,
            f"It belongs to the installation {seen.status.installation} ({word}).",
            f"Commands of {installation} do not work on it; it was not asked.",
            f"--installation {seen.status.installation}",
        )
        return
    if shown in ELSEWHERE or seen.status.role.casefold() == "replica":
        yield _elsewhere(seen, wanted=wanted)
    elif shown == "running":
        yield from _running(seen, may_ask=may_ask)
    else:
        yield _stands_still(seen, wanted=wanted)


def _elsewhere(seen: QueueManagerSeen, *, wanted: bool) -> Finding:
    host = next((one.host for one in seen.status.instances if one.mode.casefold() == "active"), "")
    role = seen.status.role.casefold() or ELSEWHERE.get(seen.status.status.casefold(), "")
    words = {
        "standby": "This is its standby instance.",
        "elsewhere": "It runs on another host.",
        "replica": "This is a replica of native HA.",
    }
    return (problem if wanted else note)(
        area(seen.name),
        f"{words.get(role, words['elsewhere'])} dspmq says: {seen.status.status}.",
        "It takes commands only where it is active" + (f", which is {host}." if host else "."),
        f"Run mqwizard {f'on {host}' if host else 'where it is active'}; dspmq -x -o all names the instances.",
    )


def _running(seen: QueueManagerSeen, *, may_ask: bool) -> Iterator[Finding]:
    here = area(seen.name)
    if seen.asked:
        yield ok(here, "It runs, and takes commands.")
    elif may_ask:
        remedy = f"Run `runmqsc {seen.name}` by hand; the reason it gives must go first."
        yield problem(here, "It runs, but could not be asked.", seen.trouble, remedy)
    else:
        yield note(here, "It runs; it was not asked, since this user may not.")
    yield from _partners(seen)


def _partners(seen: QueueManagerSeen) -> Iterator[Finding]:
    """Standby instances, and the other members of native HA."""
    here, fields = area(seen.name), seen.status.fields
    standbys = [one.host for one in seen.status.instances if one.mode.casefold() == "standby"]
    if standbys:
        yield ok(here, f"Multi-instance: active here, standby on {', '.join(standbys)}.")
    elif fields.get("STANDBY", "").casefold() == "permitted":
        yield warning(
            here,
            "A standby instance is permitted, and none runs.",
            "When this host fails, nobody takes over.",
            f"On the other host: strmqm -x {seen.name}",
        )
    if not seen.status.role:
        return
    in_step, quorum = fields.get("INSYNC", "").casefold(), fields.get("QUORUM", "")
    up, _, of = quorum.partition("/")
    if in_step == "no" or (up.isdigit() and of.isdigit() and int(up) < int(of)):
        yield warning(
            here,
            f"Native HA: {seen.status.role}, in step: {in_step or 'not known'}, quorum {quorum or 'not known'}.",
            "Not every instance is there and up to date; one more failure may stop the queue manager.",
            f"dspmq -m {seen.name} -o nativeha -x shows which one; start it or mend its network.",
        )
    else:
        yield ok(here, f"Native HA: {seen.status.role}{f', quorum {quorum}' if quorum else ''}.")


def _stands_still(seen: QueueManagerSeen, *, wanted: bool) -> Finding:
    here, word = area(seen.name), seen.status.status
    shown = word.casefold()
    start = f"Start it: strmqm {seen.name}"
    if shown in ENDED_ON_PURPOSE:
        means = "Nobody can connect, and it cannot be asked."
        return (warning if wanted else note)(here, f"It does not run: {word}.", means, start)
    if shown == "ended unexpectedly":
        means = "It, or this host, went down without ending it; its error log has the reason."
        return problem(here, f"It does not run: {word}.", means, start)
    if shown in NOT_AVAILABLE:
        return problem(
            here,
            f"dspmq says: {word}.",
            "It is half made, or its data cannot be reached: a file system is not mounted, or this user may not.",
            f"Look at its data path; a half-made one goes with: dltmqm {seen.name}",
        )
    if shown in ON_THE_WAY:
        return (warning if wanted else note)(
            here, f"dspmq says: {word}.", "It is on its way.", "Wait, then look again."
        )
    return Finding(here, Severity.NOTE, f"dspmq says: {word or 'nothing about its state'}.")


def listeners(seen: QueueManagerSeen) -> Iterator[Finding]:
    """Whether clients find somebody at each port."""
    if not seen.asked:
        return
    here = area(seen.name)
    for one in seen.listeners:
        place = f"port {one.port}" if one.address == "*" else f"{one.address} port {one.port}"
        if one.running:
            yield ok(here, f"{one.name} listens on {place}.")
        elif one.holder:
            yield problem(
                here,
                f"{one.name} cannot listen: {place} is taken by {one.holder}.",
                "START LISTENER says nothing of it (AMQ9218 is in the error log); clients reach somebody else.",
                f"End what holds the port, or give {one.name} another one; then START LISTENER({one.name}).",
            )
        elif one.control != "MANUAL":
            yield warning(
                here,
                f"{one.name} does not run, and {place} is free.",
                "Clients cannot connect through it.",
                f"In runmqsc {seen.name}: START LISTENER({one.name})",
            )
        else:
            yield note(here, f"{one.name} ({place}) is started by hand, and does not run.")
    if not seen.listeners:
        yield note(here, "It has no TCP listener of its own.", "Only local programs connect, or a listener outside it.")


def shared_ports(managers: Sequence[QueueManagerSeen]) -> Iterator[Finding]:
    """Listeners of several queue managers that want one port: whoever starts first has it."""
    wanting: dict[int, list[tuple[str, ListenerSeen]]] = defaultdict(list)
    for manager in managers:
        for one in manager.listeners:
            if one.control != "MANUAL":
                wanting[one.port].append((manager.name, one))
    for port, each in wanting.items():
        names = list(dict.fromkeys(name for name, _ in each))
        addresses = [one.address for _, one in each]
        if len(names) > 1 and ("*" in addresses or len(set(addresses)) < len(addresses)):
            yield warning(
                area(names[0]),
                f"Port {port} is wanted by {', '.join(names)}.",
                "The one that starts first has it; the others cannot be reached.",
                "Give each listener a port or an address of its own.",
            )


def error_log(seen: QueueManagerSeen) -> Iterator[Finding]:
    """The size of AMQERR01.LOG: MQ begins a new one at a limit, so a much larger one could not be moved away."""
    if seen.error_log is None:
        return
    named = setting(seen.settings, "QMErrorLog", "ErrorLogSize")
    limit = int(named) if named.isascii() and named.isdigit() and int(named) else ERROR_LOG_SIZE
    if seen.error_log > 2 * limit:
        yield warning(
            area(seen.name),
            f"AMQERR01.LOG has {amount(seen.error_log)}, and a new one should begin at {amount(limit)}.",
            "MQ could not move the old one away; the file system fills up.",
            "Look at owner and mode of the errors folder: mqm must be able to rename files there.",
        )
    else:
        yield ok(area(seen.name), f"AMQERR01.LOG has {amount(seen.error_log)}.")
