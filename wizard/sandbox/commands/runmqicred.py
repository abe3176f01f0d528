"""runmqicred: encrypts a client's key store password (facts 1.7)."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import credentials, installation, terminal
from wizard.sandbox.errors import MqError
from wizard.sandbox.options import Flags, parsed
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

FLAGS = Flags(
    usage="runmqicred [-sf KeyFile]",
    bare=frozenset(),
    valued=frozenset({"sf"}),
    left_out=frozenset({"sp"}),
    status="runmqicred.rc.error",
)
DEFAULT_KEY_NOTICE = (
    "Credentials are encrypted using the default encryption key. For more secure\n"
    "protection of stored credentials, use a custom, strong encryption key.\n"
)


def main(argv: list[str], folder: Path) -> int:
    """Ask for a password and print its encrypted form: 0."""
    given = parsed(argv, FLAGS)
    if given.operands:
        raise FLAGS.refusal()
    state = State(folder)
    version = state.meta("version")
    state.close()
    sys.stdout.write(installation.copyright_line(version) + "\n")
    key = credentials.DEFAULT_KEY
    if given.has("sf"):
        key = _initial_key(Path(given.last("sf")))
    else:
        sys.stdout.write(DEFAULT_KEY_NOTICE)
    sys.stdout.write("Enter password:\n")
    password = terminal.read_password()
    if not password:
        raise MqError(recalled("runmqicred.empty"), recalled_status("runmqicred.rc.error"))
    sys.stdout.write(credentials.encode(password, key) + "\n")
    return 0


def _initial_key(path: Path) -> str:
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        lines = []
    if not lines or not lines[0]:
        raise MqError(recalled("runmqicred.keyfile"), recalled_status("runmqicred.rc.error"))
    return lines[0]
