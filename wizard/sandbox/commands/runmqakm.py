"""runmqakm: key repositories, certificates and certificate requests; `wizard.sandbox.keys` does the work.

Prints nothing on success but what was asked for, as on Linux; failures go to standard output (recalled).
"""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from wizard.sandbox.keys import arguments, cert_actions, certreq_actions, keydb_actions
from wizard.sandbox.keys.messages import CommandError
from wizard.sandbox.state import State

ACTIONS = {
    "-keydb": keydb_actions.ACTIONS,
    "-cert": cert_actions.ACTIONS,
    "-certreq": certreq_actions.ACTIONS,
}


def main(argv: list[str], folder: Path) -> int:
    """Run the command in the sandbox `folder`; its exit status."""
    # A country of more than two letters is no mistake here, though cryptography warns of it.
    warnings.simplefilter("ignore", UserWarning)
    if argv in (["-help"], ["-h"]):
        return _say(arguments.usage(), 0)
    try:
        options = arguments.parse(argv)
        return _say(ACTIONS[options.object][options.action](options, version(folder)), 0)
    except CommandError as error:
        return _say(error.lines, error.status)


def version(folder: Path) -> str:
    """The simulated IBM MQ version."""
    state = State(folder)
    try:
        return state.meta("version")
    finally:
        state.close()


def _say(lines: list[str] | tuple[str, ...], status: int) -> int:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return status
