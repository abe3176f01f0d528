"""crtmqm: creates a queue manager with its directories, qm.ini and default objects (facts 1.1)."""

from __future__ import annotations

import sys
from pathlib import Path

from wizard.sandbox import creation, errorlog, installation, qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.options import Flags, Given, number, parsed
from wizard.sandbox.recalled import recalled, recalled_status
from wizard.sandbox.state import State

FLAGS = Flags(
    usage=(
        "crtmqm [-z] [-q] [-c Text] [-d DefXmitQ] [-h MaxHandles] [-lc | -ll | -lla | -lln]\n"
        "              [-ld LogPath] [-lf LogFilePages] [-lp LogPrimaryFiles] [-ls LogSecondaryFiles]\n"
        "              [-md DataPath] [-oa group|user] [-p Port] [-t Interval] [-u DeadQ]\n"
        "              [-x MaxUMsgs] QMgrName"
    ),
    bare=frozenset({"z", "q", "lc", "ll", "lla", "lln"}),
    valued=frozenset({"c", "d", "h", "ld", "lf", "lp", "ls", "md", "oa", "p", "t", "u", "x"}),
    left_out=frozenset({"lr", "sx", "g"}),
)
AUTOMATIC_CONFIGURATION = FLAGS._replace(left_out=FLAGS.left_out | {"ii", "ic", "iv"})
"""From 9.2."""

KEYWORDS = {"u": "DEADQ", "d": "DEFXMITQ", "c": "DESCR", "h": "MAXHANDS", "x": "MAXUMSGS", "t": "TRIGINT"}
NUMBERS = {"MAXHANDS": (1, 999_999_999), "MAXUMSGS": (1, 999_999_999), "TRIGINT": (0, 999_999_999)}
LONGEST_DESCRIPTION = 64
LOG_TYPES = {"lc": "CIRCULAR", "ll": "LINEAR", "lla": "LINEAR", "lln": "LINEAR"}


def main(argv: list[str], folder: Path) -> int:
    """Create the queue manager: 0 created, 8 exists."""
    state = State(folder)
    version = state.meta("version")
    flags = AUTOMATIC_CONFIGURATION if installation.at_least(version, "9.2") else FLAGS
    given = parsed(argv, flags)
    qmgrs.require_administrator(folder)
    wish = _wish(given, version, flags)
    quiet = given.has("z")
    with creation.begun(state, wish) as made:
        if not quiet:
            _tell_created(wish.name, made.data, version)
        count = creation.create_objects(state, wish)
        errorlog.write(
            folder,
            wish.name,
            "AMQ8048I",
            f"Default objects statistics : {count} created. 0 replaced. 0 failed.",
            inserts=[count, 0],
            program="crtmqm",
        )
    state.close()
    if not quiet:
        sys.stdout.write(
            f"Default objects statistics : {count} created. 0 replaced. 0 failed.\n"
            "Completing setup.\nSetup completed.\n"
        )
    return 0


def _tell_created(name: str, data: Path, version: str) -> None:
    named = f" '{name}'" if installation.at_least(version, "9.3") else ""
    sys.stdout.write(
        f"IBM MQ queue manager{named} created.\n"
        f"Directory '{data}' created.\n"
        f"The queue manager is associated with installation '{installation.NAME}'.\n"
        f"Creating or replacing default objects for queue manager '{name}'.\n"
    )
    sys.stdout.flush()


def _wish(given: Given, version: str, flags: Flags) -> creation.Wish:
    """What the arguments ask for; the usage text or the message that MQ has for what is wrong with them."""
    if len(given.operands) != 1 or len([kind for kind in LOG_TYPES if given.has(kind)]) > 1:
        raise flags.refusal()
    name = given.operands[0]
    if not installation.valid_name(name):
        raise MqError(recalled("lifecycle.bad-name"), recalled_status("lifecycle.rc.name"))
    attributes = {
        keyword: _checked(keyword, given.last(flag), flags) for flag, keyword in KEYWORDS.items() if given.has(flag)
    }
    primary = int(number(given.last("lp", "3"), 2, 510, flags))
    secondary = int(number(given.last("ls", "2"), 1, 509, flags))
    if primary + secondary > 511:
        raise MqError(recalled("crtmqm.log-size"), recalled_status("crtmqm.rc.log-size"))
    security = given.last("oa", "group")
    policies = ("group", "user") + (("UserExternal",) if installation.at_least(version, "9.2.1") else ())
    if security not in policies:
        raise flags.refusal()
    return creation.Wish(
        name=name,
        version=version,
        default=given.has("q"),
        port=int(number(given.last("p"), 1, 65535, flags)) if given.has("p") else 0,
        attributes=attributes,
        security=security,
        log_type=next((LOG_TYPES[kind] for kind in LOG_TYPES if given.has(kind)), "CIRCULAR"),
        automatic_log=given.has("lla"),
        log_files=(primary, secondary, int(number(given.last("lf", "4096"), 64, 65535, flags))),
        log_parent=_existing(given.last("ld"), "crtmqm.rc.log-path"),
        data_parent=_existing(given.last("md"), "crtmqm.rc.data-path"),
    )


def _checked(keyword: str, text: str, flags: Flags) -> str:
    """A value for an attribute of the queue manager."""
    if keyword in NUMBERS:
        return number(text, *NUMBERS[keyword], flags)
    fits = len(text) <= LONGEST_DESCRIPTION if keyword == "DESCR" else installation.valid_name(text)
    if not fits:
        raise flags.refusal()
    return text


def _existing(text: str, status: str) -> Path | None:
    """A directory that -ld or -md names."""
    if not text:
        return None
    path = Path(text)
    if not (path.is_absolute() and path.is_dir()):
        raise MqError(recalled("crtmqm.path").format(path=text), recalled_status(status))
    return path
