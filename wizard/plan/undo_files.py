"""Undo of files: what was made goes, what was written over comes back, what others changed since stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from wizard.mq.secret_text import SecretRef
from wizard.plan.effects import EntrySet, FileSet
from wizard.plan.handmade import HandmadeStore
from wizard.plan.keytool import StoreTool, stem
from wizard.plan.operations import Operation, State
from wizard.plan.steps import Command, Step
from wizard.plan.undo_facts import UndoFacts
from wizard.plan.undo_parts import Left, Part
from wizard.plan.undo_past import Past

Verdict = Part | Left | None


class FileParts:
    """What becomes of every file and key repository entry of a past."""

    def __init__(self, past: Past, facts: UndoFacts, kept_stores: Mapping[str, str]) -> None:
        """`kept_stores` names, by their paths without extension, the repositories that must stay, and why."""
        self._past = past
        self._facts = facts
        self._kept = kept_stores

    def file(self, effect: FileSet) -> Verdict:
        """What becomes of a file; the files of a key repository share one fate."""
        path = str(effect.path)
        if stem(path) in self._kept:
            return Left(self._kept[stem(path)])
        opens = next((stem(str(one.store)) for one in self._past.entries if one.password == kept_secret(path)), "")
        if opens in self._kept:
            return Left(self._kept[opens])
        store = self._stores.get(stem(path))
        if store is None:
            return self._kit_key(effect) if effect.key else self._plain(effect)
        verdict = self._plain(store)
        if not isinstance(verdict, Left) or effect.path == store.path:
            return self._store(store) if effect.path == store.path else self._plain(effect)
        return None if self._entry_by_entry(store) else verdict

    def entry(self, effect: EntrySet) -> Verdict:
        """What becomes of a certificate in a queue manager's key repository."""
        store = self._stores.get(stem(str(effect.store)))
        if stem(str(effect.store)) in self._kept or store is None:
            return None
        if self._entry_by_entry(store):
            return self._taken_out(effect)
        verdict = self._plain(store)
        return replace(verdict, words="with the key repository", steps=()) if isinstance(verdict, Part) else None

    def _store(self, store: FileSet) -> Verdict:
        verdict = None if self._entry_by_entry(store) else self._plain(store)
        return replace(verdict, refresh=True) if isinstance(verdict, Part) else verdict

    def _entry_by_entry(self, store: FileSet) -> bool:
        """Whether others changed a repository since that was there before: only our entries are taken out of it."""
        now = self._facts.files.get(str(store.path))
        return bool(store.was and now and now.digest not in {store.was.digest, store.became})

    def _taken_out(self, effect: EntrySet) -> Verdict:
        path = str(effect.store)
        if effect.label.lower() not in self._facts.labels.get(path, frozenset()):
            return None
        if effect.there:
            was = self._stores[stem(path)].was
            copy = was.copy if was else ""
            return Left(f"another certificate stood under {effect.label} before: it is in {copy}", drift=True)
        kind = "cms" if path.endswith(".kdb") else "pkcs12"
        password = effect.password or SecretRef("")
        tool: StoreTool | HandmadeStore = StoreTool(path, kind, password, stash=effect.password is None)
        if effect.by_hand:
            tool = HandmadeStore(path, password)
        words = "taken out; others changed the repository since"
        return Part(State.DELETE, words, (tool.delete(effect.label),), refresh=True)

    @cached_property
    def _stores(self) -> dict[str, FileSet]:
        """The queue managers' repositories, by their paths without extension."""
        named = {str(entry.store) for entry in self._past.entries}
        files = {str(one.path): one for one in self._past.files}
        return {stem(path): files[path] for path in named if path in files}

    def _plain(self, effect: FileSet) -> Verdict:
        path = str(effect.path)
        now, was = self._facts.files.get(path), effect.was
        if was is None:
            if now is None:
                return None
            if effect.became and now.digest != effect.became:
                return Left(f"{path} was changed since by somebody", drift=True)
            return Part(State.DELETE, PurePosixPath(path).name, (Command(("rm", "-f", path)),))
        if now is None:
            return Left(f"{path} was deleted since by somebody", drift=True)
        if effect.secret or (now.digest, now.mode, now.group) == (was.digest, was.mode, was.group):
            return None
        if effect.became and now.digest not in {effect.became, was.digest}:
            return Left(f"{path} was changed since by somebody; what it was before is in {was.copy}", drift=True)
        return Part(State.CHANGE, f"{PurePosixPath(path).name} as it was before", tuple(self._back(effect)))

    def _back(self, effect: FileSet) -> list[Step]:
        path, was = str(effect.path), effect.was
        now = self._facts.files[path]
        assert was is not None  # noqa: S101 - only what was there comes back
        group, mode = str(was.group), f"{was.mode:04o}"
        if now.digest != was.digest:
            # Beside its place and then over it: a kill leaves the one file or the other, none wider than it was.
            beside = f"{path}.before"
            words = (("cp", was.copy, beside), ("chgrp", group, beside), ("chmod", mode, beside))
            return [Command(each) for each in (*words, ("mv", "-f", beside, path))]
        steps: list[Step] = [Command(("chgrp", group, path))] if now.group != was.group else []
        return [*steps, *([Command(("chmod", mode, path))] if now.mode != was.mode else [])]

    def _kit_key(self, effect: FileSet) -> Verdict:
        """A client's key, or its password: made with the kit, it goes with it, and stays with what is left of it."""
        verdict = self._plain(effect)
        if not isinstance(verdict, Part) or verdict.state is not State.DELETE:
            return verdict
        path = str(effect.path)
        kit = stem(path) if effect.secret else str(PurePosixPath(path).parent)
        left = self._left_in(kit)
        return Left(f"{path} stays with {kit}, where others left {', '.join(left)}", drift=True) if left else verdict

    def _left_in(self, kit: str) -> list[str]:
        """The files of a kit that are not ours, or that others changed since."""
        ours = {str(one.path): one for one in self._past.files}
        found = []
        for name in sorted(self._facts.folders.get(kit, ())):
            path = f"{kit}/{name}"
            known = ours.get(path)
            foreign = known is None and path not in self._past.known_files
            if foreign or (known and isinstance(self._plain(known), Left)):
                found.append(name)
        return found


def kept_secret(path: str) -> SecretRef:
    """The reference to a password that is kept in a file."""
    return SecretRef(f"kept:{path}")


def emptied(operations: list[Operation], past: Past, facts: UndoFacts) -> list[Operation]:
    """The operations, with the folders that runs made removed as soon as nothing is left in them."""
    left = {folder: set(names) for folder, names in facts.folders.items()}
    found = []
    for operation in operations:
        gone = _removed(operation)
        steps: list[Step] = []
        while gone:
            path = PurePosixPath(gone.pop())
            folder = str(path.parent)
            names = left.get(folder, set())
            names.discard(path.name)
            if folder in past.folders and not names and folder in left:
                steps.append(Command(("rmdir", folder), accepts=frozenset({0, 1})))
                gone.append(folder)
                del left[folder]
        found.append(replace(operation, steps=(*operation.steps, *steps)) if steps else operation)
    return found


def _removed(operation: Operation) -> list[str]:
    commands = [step.argv for step in operation.steps if isinstance(step, Command)]
    return [str(path) for argv in commands if argv[:2] == ("rm", "-f") for path in argv[2:]]
