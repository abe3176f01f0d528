"""dspmqinst: shows the installations of the machine, of which a sandbox has one.

Facts 3.3; the layout is recalled.
"""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import installation
from wizard.sandbox.errors import MqError
from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

FLAGS = Flags(
    usage="dspmqinst [-p Path | -n Name]",
    bare=frozenset(),
    valued=frozenset({"p", "n"}),
    status="dspmq.rc.invalid",
)


def main(argv: list[str], folder: Path) -> int:
    """Show the installation: 0; 44 for a name or path that is not installed."""
    given = parsed(argv, FLAGS)
    if given.operands or (given.has("n") and given.has("p")):
        raise FLAGS.refusal()
    path = str(installation.install_path(folder))
    if given.last("n", installation.NAME) != installation.NAME or given.last("p", path).rstrip("/") != path:
        raise MqError(recalled("dspmqinst.unknown"), 44)
    state = State(folder)
    version = state.meta("version")
    state.close()
    fields = {
        "InstName": installation.NAME,
        "InstDesc": "",
        "Identifier": "1",
        "InstPath": path,
        "Version": version,
        "Primary": "Yes",
        "State": "Available",
    }
    width = recalled_status("dspmqinst.width")
    sys.stdout.write("".join(f"{label}:".ljust(width) + value + "\n" for label, value in fields.items()))
    return 0
