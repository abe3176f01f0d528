"""Judges folders: owners and modes, whether MQ and mqwizard can write there, how full their file systems are. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wizard.run.doctor.findings import Finding, note, ok, problem, warning
from wizard.run.doctor.known import ERRORS_MODE, FEW_INODES, LITTLE_SPACE, NO_SPACE, RECENT_DAYS
from wizard.run.doctor.seen import DataSeen, FolderSeen, Seen
from wizard.run.doctor.wording import amount, listed
from wizard.run.installation import ADMINISTRATORS

AREA = "data path"
SPACE_AREA = "space"

WORLD_WRITABLE = 0o002
STICKY = 0o1000


def data_path(seen: DataSeen, mqm: int | None) -> Iterator[Finding]:
    """MQ's data path: its folders, its errors folder, incident reports."""
    sound = True
    for each in seen.folders:
        for found in _folder(each, mqm):
            sound = False
            yield found
    if sound and seen.folders:
        yield ok(AREA, f"{seen.folders[0].path} and the folders in it belong to the group {ADMINISTRATORS}.")
    if seen.folders and seen.folders[0].exists and not seen.folders[0].writable:
        yield note(
            AREA,
            f"This user cannot write to {seen.folders[0].path}.",
            "mqwizard's locks are then in the state folder, where they do not stop another user's run.",
            f"Run as {ADMINISTRATORS}, or agree on who runs it.",
        )
    if seen.errors is not None:
        yield _errors(seen.errors)
    yield from _incidents(seen)


def _folder(each: FolderSeen, mqm: int | None) -> Iterator[Finding]:
    if not each.exists:
        yield problem(
            AREA,
            f"{each.path} is missing, or this user cannot see it.",
            "Queue managers have their data there.",
            "Complete or repair the installation of MQ.",
        )
        return
    if each.mode & WORLD_WRITABLE and not each.mode & STICKY:
        yield problem(
            AREA,
            f"Everybody on this host can write to {each.path} (mode {each.mode:04o}).",
            "Anybody can put other files in the place of MQ's.",
            f"Ask root for: chmod o-w {each.path}",
        )
    if mqm is not None and each.gid != mqm:
        yield warning(
            AREA,
            f"{each.path} belongs to group {each.gid} and not to {ADMINISTRATORS} ({mqm}).",
            "Members of the group may be refused by the files in it.",
            f"Ask root for: chgrp {ADMINISTRATORS} {each.path}",
        )


def _errors(errors: FolderSeen) -> Finding:
    if errors.exists and errors.writable:
        return ok(AREA, f"{errors.path} takes what commands and clients have to say.")
    return problem(
        AREA,
        f"{errors.path} is missing, or this user cannot write there.",
        "Why a command or a client failed is written there, and is lost now.",
        f"Ask root for: chown {ADMINISTRATORS}:{ADMINISTRATORS} {errors.path}; chmod {ERRORS_MODE} {errors.path}",
    )


def _incidents(seen: DataSeen) -> Iterator[Finding]:
    """Incident reports: MQ writes an FDC file when something in itself went wrong."""
    if not seen.incidents or seen.errors is None:
        return
    recent = seen.newest_incident is not None and seen.newest_incident < RECENT_DAYS
    yield (warning if recent else note)(
        AREA,
        f"{seen.incidents} incident reports (FDC files) in {seen.errors.path}"
        + (f", the newest {seen.newest_incident:.0f} days old." if seen.newest_incident is not None else "."),
        "MQ writes one when something in itself went wrong.",
        "Look at the newest, with IBM's support where it says nothing to you; remove what is settled.",
    )


def space(seen: Seen) -> Iterator[Finding]:
    """Each file system once, with everything of ours on it."""
    memory = seen.memory.parent or seen.memory.folder
    places = [*seen.data.folders, memory]
    places += [found for one in seen.queue_managers for found in (one.data, one.log) if found]
    by_device: dict[int, list[FolderSeen]] = {}
    for each in places:
        if each.exists and each.free is not None:
            by_device.setdefault(each.device, []).append(each)
    for group in by_device.values():
        yield _space(group, sandboxed=seen.sandboxed)


def _space(group: Iterable[FolderSeen], *, sandboxed: bool) -> Finding:
    places = list(group)
    first, names = places[0], listed(list(dict.fromkeys(each.path for each in places)), 3)
    free, inodes = first.free or 0, first.inodes
    what = f"{amount(free)} free for {names}"
    scarce = inodes is not None and inodes < FEW_INODES
    remedy = "Make room: old logs, incident reports, backups; or give it a larger file system."
    if free < NO_SPACE or inodes == 0.0:
        means = "Queue managers stop when their log is full, and nothing new can be made."
        return problem(SPACE_AREA, f"{what}{_inodes(inodes)}.", means, remedy)
    if free < LITTLE_SPACE or scarce:
        means = "A queue manager's log alone may want more."
        return (note if sandboxed else warning)(SPACE_AREA, f"{what}{_inodes(inodes)}.", means, remedy)
    return ok(SPACE_AREA, f"{what}.")


def _inodes(part: float | None) -> str:
    return "" if part is None or part >= FEW_INODES else f", and {part:.1%} of the inodes"
