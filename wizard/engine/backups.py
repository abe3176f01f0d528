"""Copies of what was there before the first change of a run: definitions of queue managers, key repositories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard.engine.places import Places
from wizard.run import files
from wizard.run.failures import not_told
from wizard.run.machine import Machine, Request

DUMP_SECONDS = 300.0


@dataclass(frozen=True)
class Backup:
    """The folder of one run's copies; it is made when there is something to keep."""

    folder: Path

    @classmethod
    def begun(cls, places: Places, moment: datetime) -> Backup:
        """The backup of a run that begins at that moment."""
        return cls(places.backups / moment.strftime("%Y%m%dT%H%M%S.%f"))

    def queue_manager(self, machine: Machine, name: str) -> None:
        """Keep everything that is defined on a queue manager, as MQSC: `dmpmqcfg -a`."""
        dumped = machine.run(Request(("dmpmqcfg", "-m", name, "-a"), seconds=DUMP_SECONDS))
        if dumped.exit_status != 0 or "ALTER QMGR" not in dumped.output:
            raise not_told(dumped, f"What is defined on {name}, which is saved before the first change,")
        folder = self._of(name)
        files.make_folder(folder)
        files.write_file(folder / "dmpmqcfg.mqsc", dumped.shown.encode(), mode=0o600)

    def store(self, owner: str, store: Path) -> None:
        """Keep a key repository, with its stash file and what else belongs to it."""
        for ending in (store.suffix, ".sth", ".rdb", ".crl"):
            part = store.with_suffix(ending)
            if part.is_file():
                files.backup(part, self._of(owner))

    def _of(self, owner: str) -> Path:
        return self.folder / owner.replace("/", "&")
