"""The console script `mqwizard`: the command line, and the full screen where no recipe is named."""

from __future__ import annotations

import sys

from wizard import __version__


def main() -> None:
    """Run mqwizard and leave with its exit status."""
    if sys.argv[1:] == ["--version"]:
        # Scripts ask this often; the parser, which takes it too, loads for longer than all the rest.
        sys.stdout.write(f"mqwizard {__version__}\n")
        return
    from wizard.cli.main import main as command_line

    sys.exit(command_line(sys.argv[1:], open_screens))


def open_screens() -> int:
    """Say how to work headless: the full-screen wizard is not part of this version."""
    sys.stderr.write(
        "mqwizard: the full-screen wizard is not part of this version.\n"
        "Name a recipe: mqwizard --recipe FILE|NAME [--dry-run] [--sandbox]. `mqwizard recipes` lists some.\n"
    )
    return 2
