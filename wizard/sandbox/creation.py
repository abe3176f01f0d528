"""Makes a queue manager: its directories, qm.ini, its row in the state, its default objects.

Used by crtmqm alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from wizard.sandbox import errorlog, installation, qmgrs
from wizard.sandbox.errors import MqError
from wizard.sandbox.mqsc.defaults import create_default_objects
from wizard.sandbox.recalled import recalled
from wizard.sandbox.state import State

PORT_LISTENER = "SYSTEM.LISTENER.TCP.1"
"""The listener that crtmqm -p makes (facts 1.1)."""

SUBDIRECTORIES = ("@ipcc", "errors", "plugcomp", "queues", "ssl", "startprm")

QM_INI_HEAD = """\
#*******************************************************************#
#* Module Name: qm.ini                                             *#
#* Type       : IBM MQ queue manager configuration file            *#
#  Function   : Define the configuration of a single queue manager *#
#*******************************************************************#"""


class Wish(NamedTuple):
    """What crtmqm was asked for; `port` 0 is no listener, a parent of None is the usual place."""

    name: str
    version: str
    default: bool
    port: int
    attributes: Mapping[str, str]
    security: str
    log_type: str
    automatic_log: bool
    log_files: tuple[int, int, int]
    log_parent: Path | None
    data_parent: Path | None


class Made(NamedTuple):
    """The directories of a queue manager being created."""

    data: Path
    log: Path


@contextmanager
def begun(state: State, wish: Wish) -> Iterator[Made]:
    """Hold a queue manager as being created while the block works; it is there, ended, when the block ends.

    Killed in between, it stays half-made: dspmq shows it as not available and dltmqm removes it. AMQ8110E
    when another process was first.
    """
    qmgrs_folder = installation.data_path(state.folder) / "qmgrs"
    with ExitStack() as held:
        with installation.locked(qmgrs_folder):
            if state.qmgr(wish.name):
                raise MqError("AMQ8110E: IBM MQ queue manager already exists.", 8)
            directory = _unused_directory(state, wish)
            made = Made(
                (wish.data_parent or qmgrs_folder) / directory,
                (wish.log_parent or installation.data_path(state.folder) / "log") / directory,
            )
            made.data.mkdir(mode=0o2775, exist_ok=True)
            if wish.data_parent:
                (qmgrs_folder / directory).symlink_to(made.data)
            held.enter_context(installation.locked(made.data))
            _claim(state, wish, directory, made)
        _fill(state, wish, made)
        yield made
        qmgrs.set_status(state, wish.name, recalled("crtmqm.status"))


def _unused_directory(state: State, wish: Wish) -> str:
    """The mangled name, with a suffix where that directory holds something already (facts 1.1)."""
    data = installation.data_path(state.folder)
    places = {data / "qmgrs", wish.data_parent or data / "qmgrs", wish.log_parent or data / "log"}
    taken = {row["directory"] for row in state.qmgrs()}
    plain = installation.mangled(wish.name)
    for directory in (plain, *(f"{plain}.{number:03}" for number in range(1000))):
        if directory not in taken and all(_is_free(place / directory) for place in places):
            return directory
    raise MqError(recalled("crtmqm.path").format(path=data / "qmgrs" / plain), 71)


def _is_free(path: Path) -> bool:
    return not path.is_symlink() and (not path.exists() or (path.is_dir() and not any(path.iterdir())))


def _claim(state: State, wish: Wish, directory: str, made: Made) -> None:
    """Enter the queue manager, so that dspmq and a second crtmqm see it."""
    with state.change() as db:
        if wish.default:
            db.execute("UPDATE qmgr SET is_default = 0")
        db.execute(
            "INSERT INTO qmgr (name, directory, status, log_type, is_default) VALUES (?, ?, ?, ?, ?)",
            (wish.name, directory, qmgrs.BEING_CREATED, wish.log_type, int(wish.default)),
        )
        qmgrs.set_log_directory(state, wish.name, made.log)
    qmgrs.write_mqs_ini(state)


def _fill(state: State, wish: Wish, made: Made) -> None:
    for name in SUBDIRECTORIES:
        (made.data / name).mkdir(exist_ok=True)
        (made.data / name).chmod(0o2770 if name == "ssl" else 0o2775)
    errorlog.create(made.data / "errors")
    active = made.log / "active"
    active.mkdir(parents=True, exist_ok=True)
    for number in range(wish.log_files[0]):
        (active / f"S{number:07}.LOG").touch()
    (made.log / "amqhlctl.lfh").touch()
    installation.replace(
        made.data / "qm.ini", _qm_ini(wish, made, installation.data_path(state.folder) / "exits"), 0o664
    )


def _qm_ini(wish: Wish, made: Made, exits: Path) -> str:
    primary, secondary, pages = wish.log_files
    stanzas = {
        "ExitPath": [f"ExitsDefaultPath={exits}", f"ExitsDefaultPath64={exits}64"],
        "Log": [
            f"LogPrimaryFiles={primary}",
            f"LogSecondaryFiles={secondary}",
            f"LogFilePages={pages}",
            f"LogType={wish.log_type}",
            *(["LogManagement=Automatic"] if wish.automatic_log else []),
            "LogBufferPages=0",
            f"LogPath={made.log}/",
            "LogWriteIntegrity=TripleWrite",
        ],
        "Service": [
            "Name=AuthorizationService",
            "EntryPoints=14",
            *([f"SecurityPolicy={wish.security}"] if wish.security != "group" else []),
        ],
        "ServiceComponent": [
            "Service=AuthorizationService",
            "Name=MQSeries.UNIX.auth.service",
            "Module=amqzfu",
            "ComponentDataSize=0",
        ],
        "Channels": ["ChlauthEarlyAdopt=Y"],
    }
    if installation.at_least(wish.version, "9.2"):
        stanzas["SSL"] = ["AllowTLSV13=TRUE"]
    lines = [QM_INI_HEAD]
    for name, entries in stanzas.items():
        lines += [f"{name}:", *(f"   {entry}" for entry in entries)]
    return "\n".join(lines) + "\n"


def create_objects(state: State, wish: Wish) -> int:
    """Make the default objects, set what crtmqm's flags say about the queue manager; the number of objects."""
    create_default_objects(state, wish.name)
    with state.change():
        found = state.object(wish.name, "QMGR", wish.name)
        if found and wish.attributes:
            state.put_object(wish.name, "QMGR", wish.name, found[0], {**found[1], **wish.attributes})
        model = state.object(wish.name, "LISTENER", "SYSTEM.DEFAULT.LISTENER.TCP")
        if model and wish.port:
            attributes = {**model[1], "PORT": str(wish.port), "CONTROL": "QMGR"}
            state.put_object(wish.name, "LISTENER", PORT_LISTENER, model[0], attributes)
    counted = state.db.execute("SELECT count(*) FROM object WHERE qmgr = ? AND space != 'QMGR'", (wish.name,))
    return int(counted.fetchone()[0])
