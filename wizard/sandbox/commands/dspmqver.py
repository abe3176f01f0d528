"""dspmqver: shows the installed version (facts 3.2)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from wizard.sandbox import installation
from wizard.sandbox.options import Flags, number, parsed
from wizard.sandbox.recalled import recalled
from wizard.sandbox.state import State

FLAGS = Flags(
    usage="dspmqver [-a] [-b] [-f FieldMask] [-i] [-p ComponentMask] [-v]",
    bare=frozenset({"a", "b", "i", "v"}),
    valued=frozenset({"f", "p"}),
    status="dspmqver.rc.invalid",
)
LABEL_WIDTH = 13
SERVER_OR_CLIENT = 1
MASKS = {label: 1 << bit for bit, label in enumerate(recalled("dspmqver.mask").split())}
MASKS["O/S Details"] = MASKS["O/S"]


def main(argv: list[str], folder: Path) -> int:
    """Show the fields of the mask, with their labels unless -b: 0."""
    given = parsed(argv, FLAGS)
    mask = int(number(given.last("f", "65535"), 1, 65535, FLAGS))
    components = int(number(given.last("p", "1"), 1, 255, FLAGS))
    if given.operands:
        raise FLAGS.refusal()
    if not components & SERVER_OR_CLIENT:
        return 0
    state = State(folder)
    version = state.meta("version")
    state.close()
    for label, value in _fields(folder, version):
        if MASKS[label] & mask:
            sys.stdout.write(value if given.has("b") else f"{label}:".ljust(LABEL_WIDTH) + value)
            sys.stdout.write("\n")
    return 0


def _fields(folder: Path, version: str) -> list[tuple[str, str]]:
    newer = installation.at_least(version, "9.4")
    numbers = installation.numbers(version)
    return [
        ("Name", "IBM MQ"),
        ("Version", version),
        ("Level", installation.level(version)),
        ("BuildType", "IKAP - (Production)"),
        ("Platform", "IBM MQ for Linux (x86-64 platform)"),
        ("Mode", "64-bit"),
        ("O/S", f"{os.uname().sysname} {os.uname().release}"),
        *([("O/S Details", _distribution())] if newer else []),
        ("InstName", installation.NAME),
        ("InstDesc", ""),
        ("Primary", "Yes"),
        ("InstPath", str(installation.install_path(folder))),
        ("DataPath", str(installation.data_path(folder))),
        ("MaxCmdLevel", str(numbers[0] * 100 + numbers[1] * 10 + numbers[2])),
        ("LicenseType", "Production"),
        *([("ReleaseType", _release_type(numbers))] if newer else []),
    ]


def _release_type(numbers: tuple[int, ...]) -> str:
    if numbers[2]:
        return "Continuous Delivery (CD)"
    if numbers[3]:
        return "Long Term Support (LTS)"
    return "Long Term Support (LTS) and Continuous Delivery (CD)"


def _distribution() -> str:
    release = Path("/etc/os-release")
    if not release.exists():
        return os.uname().version
    lines = release.read_text(encoding="utf-8", errors="replace").splitlines()
    values = dict(line.split("=", 1) for line in lines if "=" in line)
    return " ".join(values[key].strip('"') for key in ("NAME", "VERSION") if key in values)
