"""Makes a sandbox: a folder that stands for one machine with IBM MQ installed.

Used by the engine and by tests. `prepare` is idempotent, safe when several processes call it at once, and
never changes what a sandbox already holds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wizard.sandbox import errorlog, hosts, installation, qmgrs, users
from wizard.sandbox.errors import SandboxError
from wizard.sandbox.state import DATABASE, State

COMMANDS = {
    "crtmqm": "9.1",
    "strmqm": "9.1",
    "endmqm": "9.1",
    "dltmqm": "9.1",
    "dspmq": "9.1",
    "dspmqver": "9.1",
    "dspmqinst": "9.1",
    "runmqsc": "9.1",
    "runmqlsr": "9.1",
    "endmqlsr": "9.1",
    "setmqaut": "9.1",
    "dspmqaut": "9.1",
    "dmpmqcfg": "9.1",
    "runmqakm": "9.1",
    "runmqktool": "9.4",
    "runmqicred": "9.3",
    "mqcertck": "9.1",
    "mqrc": "9.1",
    "amqsputc": "9.1",
    "amqsgetc": "9.1",
    "amqssslc": "9.1",
    "getent": "9.1",
    "id": "9.1",
    "useradd": "9.1",
    "groupadd": "9.1",
    "usermod": "9.1",
    "chgrp": "9.1",
    "chpasswd": "9.1",
}
"""Every simulated command, and the release that brought it."""

LIBRARIES = ("wizard", "cryptography", "asn1crypto", "cffi", "OpenSSL")
"""What the commands import from outside the standard library."""

LONGEST_SHEBANG = 120
"""Older kernels cut an interpreter line at 127 bytes."""


@dataclass(frozen=True)
class Sandbox:
    """One prepared sandbox: its folder, the folder of its commands, its address, its version."""

    folder: Path
    bin: Path
    address: str
    version: str

    @property
    def data_path(self) -> Path:
        """Where its queue managers and their logs are."""
        return installation.data_path(self.folder)

    def environment(self, base: Mapping[str, str]) -> dict[str, str]:
        """The environment under which programs find the simulated commands first; `base` is left as it is."""
        return {
            **base,
            "PATH": os.pathsep.join(filter(None, (str(self.bin), base.get("PATH", "")))),
            "MQ_INSTALLATION_PATH": str(installation.install_path(self.folder)),
            "MQ_DATA_PATH": str(installation.data_path(self.folder)),
        }


def foreseen(folder: Path, version: str | None = None) -> Sandbox | None:
    """The sandbox that `prepare` would make in `folder`, without making it; None where something is there already.

    SandboxError when the version is unknown.
    """
    wanted = installation.full_version(version) if version else installation.DEFAULT_VERSION
    folder = Path(os.path.realpath(folder))
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        return None
    return Sandbox(folder, folder / "bin", _address(folder), wanted)


def prepare(folder: Path, version: str | None = None) -> Sandbox:
    """Make the sandbox in `folder`, or take the one that is there; its version is then as it was made.

    Without a version: the one that is there, else 9.4.0.0. SandboxError when the version is unknown or
    another one than the folder's, and when the folder holds other things.
    """
    wanted = installation.full_version(version) if version else None
    folder = Path(os.path.realpath(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with installation.locked(folder):
            return _prepared(folder, wanted)
    except OSError as error:
        raise SandboxError(
            f"No sandbox can be made in {folder}: {error.strerror or error}.",
            remedy="Name a folder that you may write to.",
        ) from error


def _prepared(folder: Path, wanted: str | None) -> Sandbox:
    if not (folder / DATABASE).exists() and any(folder.iterdir()):
        raise SandboxError(
            f"{folder} is not empty and is no sandbox.",
            "A sandbox has its folder to itself.",
            "Name a new or empty folder.",
        )
    state = State.create(folder)
    try:
        found = state.meta("version")
        if wanted and found and wanted != found:
            raise SandboxError(
                f"The sandbox in {folder} is IBM MQ {found}, not {wanted}.",
                "A sandbox keeps its version, as its queue managers do.",
                "Use another folder, or delete this one.",
            )
        version = found or wanted or installation.DEFAULT_VERSION
        state.set_meta("version", version)
        state.set_meta("address", state.meta("address") or _address(folder))
        state.set_meta("installation", installation.NAME)
        sandbox = Sandbox(folder, folder / "bin", state.meta("address"), version)
        _directories(sandbox)
        _launchers(sandbox)
        qmgrs.write_mqs_ini(state)
    finally:
        state.close()
    return sandbox


def _address(folder: Path) -> str:
    digest = hashlib.sha256(os.fsencode(folder)).digest()
    octets = (1 + int.from_bytes(digest[at : at + 4], "big") % 254 for at in (0, 4, 8))
    return "127." + ".".join(map(str, octets))


def _directories(sandbox: Sandbox) -> None:
    folder = sandbox.folder
    install, data = installation.install_path(folder), installation.data_path(folder)
    for directory in (sandbox.bin, install / "samp", data / "qmgrs", data / "log"):
        directory.mkdir(parents=True, exist_ok=True)
    errorlog.create(data / "errors")
    for link, target in ((install / "bin", "../../bin"), (install / "samp" / "bin", "../../../bin")):
        if not link.is_symlink():
            link.symlink_to(target)
    if not (folder / hosts.HOSTS).exists():
        installation.replace(folder / hosts.HOSTS, f"{sandbox.address} *\n")
    if not (folder / users.USERS).exists():
        users.create(folder)


def _launchers(sandbox: Sandbox) -> None:
    for name, lowest in COMMANDS.items():
        if not installation.at_least(sandbox.version, lowest):
            continue
        launcher = sandbox.bin / name
        text = _launcher(name)
        if not launcher.exists() or launcher.read_text(encoding="utf-8") != text:
            installation.replace(launcher, text, 0o755)


def _launcher(name: str) -> str:
    """The program text of one command: this interpreter, isolated, and where its imports are."""
    shebang = f"#!{sys.executable} -ISXutf8"
    if " " in sys.executable or len(shebang) > LONGEST_SHEBANG:
        # A shell that hands over to Python, which reads the same two lines as a string.
        shebang = f"#!/bin/sh\n'''exec' \"{sys.executable}\" -ISXutf8 \"$0\" \"$@\"\n' '''"
    return (
        f"{shebang}\nimport sys\nsys.path += {list(_library_folders())!r}\n"
        f"from wizard.sandbox.commands import run\nsys.exit(run({name!r}, __file__))\n"
    )


@cache
def _library_folders() -> tuple[str, ...]:
    found: list[str] = []
    for library in LIBRARIES:
        spec = importlib.util.find_spec(library)
        if spec is None or not spec.submodule_search_locations:
            raise SandboxError(f"The Python library {library} is not installed.", "The simulated commands need it.")
        parent = str(Path(os.path.realpath(next(iter(spec.submodule_search_locations)))).parent)
        if parent not in found:
            found.append(parent)
    return tuple(found)
