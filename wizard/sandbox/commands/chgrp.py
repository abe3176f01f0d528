"""chgrp: gives files to a group of the simulated machine, whose numbers are real."""

from __future__ import annotations

import os
from pathlib import Path

from wizard.sandbox import users
from wizard.sandbox.errors import MqError

FAILED = 1
LEAST_WORDS = 2


def main(argv: list[str], folder: Path) -> int:
    """Change the group of each file: 0; 1 where a name is unknown or the system refuses."""
    if len(argv) < LEAST_WORDS or argv[0].startswith("-"):
        raise MqError("chgrp: missing operand", FAILED)
    name, *files = argv
    groups = users.read(folder).groups
    if name not in groups and not name.isdigit():
        raise MqError(f"chgrp: invalid group: '{name}'", FAILED)
    number = groups[name].gid if name in groups else int(name)
    for file in files:
        try:
            os.chown(file, -1, number)
        except OSError as error:
            raise MqError(f"chgrp: changing group of '{file}': {error.strerror}", FAILED) from error
    return 0
