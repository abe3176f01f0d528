"""runmqktool: Java's keytool under IBM's name, from 9.4 on.

The real command hands over to the keytool of IBM's Java; this one to the keytool of the host, with the same
arguments, terminal and exit status. Facts: commands 4.1.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from wizard.sandbox import installation
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.state import State


def main(argv: list[str], folder: Path) -> int:
    """Become keytool; raises SandboxError before 9.4 and where the host has no keytool."""
    state = State(folder)
    version = state.meta("version")
    state.close()
    if not installation.at_least(version, "9.4"):
        raise SandboxError(f"IBM MQ {version} has no runmqktool.", "It came with 9.4.", "Use runmqakm.")
    keytool = shutil.which("keytool")
    if keytool is None:
        raise SandboxError(
            "The sandbox's runmqktool needs Java's keytool, and this machine has none.",
            remedy="Install a Java runtime, or use runmqakm.",
        )
    sys.stdout.flush()
    os.execv(keytool, ["keytool", *argv])  # noqa: S606 - an argument list, no shell
