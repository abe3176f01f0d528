"""dspmq: shows queue managers and their state (facts 3.1)."""

from __future__ import annotations

import os
import sqlite3
import sys
from fnmatch import fnmatchcase
from pathlib import Path

from wizard.sandbox import installation, qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled_status
from wizard.sandbox.state import State

FLAGS = Flags(
    usage=(
        "dspmq [-m QMgrName] [-o status | -s] [-o default]\n             [-o standby] [-o installation] [-x] [-n] [-a]"
    ),
    bare=frozenset({"s", "x", "n", "a"}),
    valued=frozenset({"m", "o"}),
    left_out=frozenset({"c", "g"}),
    status="dspmq.rc.invalid",
)
NAME_WIDTH = 58
GROUPS = {
    "status": ("STATUS",),
    "default": ("DEFAULT",),
    "standby": ("STANDBY",),
    "installation": ("INSTNAME", "INSTPATH", "INSTVER"),
    "nativeha": ("ROLE", "INSTANCE", "INSYNC", "QUORUM"),
    "recovery": ("GRPLSN", "GRPNAME", "GRPROLE"),
}
SINCE = {"nativeha": "9.2.3", "recovery": "9.4.2"}
CHOICES = ("all", "status", "default", "standby", "installation", "nativeha")
TRANSLATED = ("STATUS", "DEFAULT", "STANDBY")
"""What -n leaves untranslated, which shows in capitals."""


def main(argv: list[str], folder: Path) -> int:
    """List queue managers: 0, with -a 5, 72 for a name that is not known."""
    given = parsed(argv, FLAGS)
    wanted = given.values.get("o", [])
    if given.operands or any(choice not in CHOICES for choice in wanted):
        raise FLAGS.refusal()
    state = State(folder)
    version = state.meta("version")
    groups = [
        group
        for group in GROUPS
        if installation.at_least(version, SINCE.get(group, "0"))
        and ("all" in wanted or group in wanted or (group == "status" and (given.has("s") or not wanted)))
    ]
    if "nativeha" in wanted and "nativeha" not in groups:
        raise FLAGS.refusal()
    for row in _chosen(state, given.last("m")):
        if given.has("a") and row["status"] != qmgrs.RUNNING:
            continue
        fields = _fields(folder, row, version)
        shown = [
            f"{key}({fields[key].upper() if given.has('n') and key in TRANSLATED else fields[key]})"
            for group in groups
            for key in GROUPS[group]
        ]
        sys.stdout.write(" ".join([f"QMNAME({row['name']})".ljust(NAME_WIDTH - 1), *shown]) + "\n")
        if given.has("x") and row["status"] == qmgrs.RUNNING:
            sys.stdout.write(f"    INSTANCE({os.uname().nodename}) MODE(Active)\n")
    state.close()
    return 5 if given.has("a") else 0


def _chosen(state: State, name: str) -> list[sqlite3.Row]:
    if not name:
        return state.qmgrs()
    if "*" in name or "?" in name:
        found = [row for row in state.qmgrs() if fnmatchcase(row["name"], name.replace("[", "[[]"))]
        if not found:
            raise MqError(
                "AMQ8919E: There are no matching IBM MQ queue manager names.",
                recalled_status("dspmq.rc.no-match"),
            )
        return found
    row = state.qmgr(name)
    if row is None:
        raise MqError("AMQ7048E: The queue manager name is either not valid or not known.", 72)
    return [row]


def _fields(folder: Path, row: sqlite3.Row, version: str) -> dict[str, str]:
    running = row["status"] == qmgrs.RUNNING
    return {
        "STATUS": "Status not available" if row["status"] == qmgrs.BEING_CREATED else row["status"],
        "DEFAULT": "yes" if row["is_default"] else "no",
        "STANDBY": "Not permitted" if running else "Not applicable",
        "INSTNAME": installation.NAME,
        "INSTPATH": str(installation.install_path(folder)),
        "INSTVER": version,
        "ROLE": "Not configured",
        "INSTANCE": "",
        "INSYNC": "",
        "QUORUM": "",
        "GRPLSN": "",
        "GRPNAME": "",
        "GRPROLE": "Not configured",
    }
