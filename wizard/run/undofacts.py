"""Reads what an undo is planned from: everything that the runs to be undone touched, and who uses it now.

One runmqsc session a queue manager, all of them at once. Nothing is changed or created.
"""

from __future__ import annotations

import stat
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path

from wizard.errors import OperationFailed
from wizard.plan.effects import EntrySet
from wizard.plan.undo_facts import FileNow, Present, UndoFacts
from wizard.plan.undo_past import Past
from wizard.run.dspmq import queue_managers
from wizard.run.filenotes import digest
from wizard.run.files import HALF_WRITTEN
from wizard.run.labels import lists, store_entries
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.undoqmgr import questions, read_replies


def read_undo_facts(
    machine: Machine, past: Past, now: datetime, *, owed: frozenset[str], passing: Collection[str]
) -> UndoFacts:
    """Everything here that a past is compared with. Raises OperationFailed where it cannot be read.

    `passing` are queues that somebody else is about to remove, such as those of a proof that was killed.
    """
    there = {status.name: status for status in queue_managers(machine.driver, machine.installation)}
    found = {
        name: Present(name, there[name].status, running=there[name].running)
        for name in past.queue_managers
        if name in there
    }
    asked = {name: questions(past, name) for name, one in found.items() if one.running}
    replies = machine.ask({name: [one.command for one in each] for name, each in asked.items()}) if asked else {}
    for name, each in asked.items():
        pairs = list(zip(each, replies[name], strict=True))
        found[name] = read_replies(past, found[name], pairs, machine.session_processes(), passing)
    files = _files(past)
    return UndoFacts(
        taken=now.astimezone(UTC).strftime("%H:%M"),
        host=machine.host,
        release=machine.installation.release,
        installation=machine.installation.name,
        queue_managers=found,
        files=files,
        folders=_folders(past),
        labels=_labels(machine, past, files),
        owed=owed,
    )


def _files(past: Past) -> dict[str, FileNow]:
    found = {}
    for effect in past.files:
        path = Path(str(effect.path))
        try:
            status = path.lstat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if stat.S_ISREG(status.st_mode):
            content = "" if effect.secret else digest(path)
            found[str(path)] = FileNow(content, stat.S_IMODE(status.st_mode), status.st_gid)
    return found


def _folders(past: Past) -> dict[str, frozenset[str]]:
    """The names in every folder in which a file was written, and in those that were made for one."""
    paths = [Path(str(effect.path)) for effect in past.files]
    wanted = {str(path.parent) for path in paths} | {str(path.with_suffix("")) for path in paths}
    wanted |= past.folders
    found = {}
    for folder in wanted:
        try:
            names = [one.name for one in Path(folder).iterdir()]
            found[folder] = frozenset(name for name in names if not HALF_WRITTEN.fullmatch(name))
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            raise OperationFailed(
                f"The folder {folder} cannot be read: {error.strerror}.",
                "Whether it holds files of others is not known.",
                "Run as a user who may read it.",
            ) from error
    return found


def _labels(machine: Machine, past: Past, files: Mapping[str, FileNow]) -> dict[str, frozenset[str]]:
    """The labels of every key repository that others changed since."""
    written = {str(effect.path): effect for effect in past.files}
    found = {}
    for entry in {str(one.store): one for one in past.entries}.values():
        path = str(entry.store)
        effect, now = written.get(path), files.get(path)
        if effect and effect.was and now and now.digest not in {effect.was.digest, effect.became}:
            found[path] = _listed(machine, path, entry)
    return found


def _listed(machine: Machine, path: str, entry: EntrySet) -> frozenset[str]:
    if entry.by_hand and entry.password:
        from wizard.pki.store import read_pkcs12

        held = read_pkcs12(Path(path).read_bytes(), machine.keyring.secret(entry.password).reveal(), own=True)
        return frozenset(one.label.lower() for one in held)
    words = ("-stashed",) if entry.password is None else ("-pw", "-")
    prompts = ((PASSWORD_PROMPT, machine.keyring.secret(entry.password)),) if entry.password else ()
    listing = machine.run(Request(("runmqakm", "-cert", "-list", "-db", path, *words), prompts=prompts))
    if not lists(listing.output):
        raise OperationFailed(
            f"The key repository {path} does not open.",
            listing.shown.strip(),
            "Put its password right; without it nobody can say what is in it.",
        )
    return frozenset(one.label.lower() for one in store_entries(listing.output))
