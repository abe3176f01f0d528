"""The simulated installation: release, banner, levels, paths, and the rules for queue manager names.

Read by every command; light on purpose. Facts: commands 0, 3.2, 3.3.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.recalled import recalled

NAME = "Installation1"
DEFAULT_VERSION = "9.4.0.0"
RELEASES = ("9.1", "9.2", "9.3", "9.4", "10.0")

COPYRIGHT_YEARS = (
    ("10.0", recalled("installation.year.10.0")),
    ("9.4.2", "2025"),
    ("9.4", "2024"),
    ("9.3", "2022"),
    ("9.2", "2020"),
    ("9.1.3", "2019"),
    ("9.1", "2018"),
)
"""The year in the banner, from this release on (facts 0)."""


BUILD_DATES = (
    ("10.0", recalled("installation.build.10.0")),
    ("9.4", "240605.1"),
    ("9.3", "220607"),
    ("9.2", recalled("installation.build.9.2")),
    ("9.1", recalled("installation.build.9.1")),
)
"""The build date in dspmqver's Level (facts 3.2)."""


def full_version(version: str) -> str:
    """The VRMF of a release or VRMF text (`9.4` is `9.4.0.0`); SandboxError for one that is not simulated."""
    if re.fullmatch(r"\d{1,2}(\.\d{1,3}){1,3}", version, re.ASCII):
        numbers = [str(int(number)) for number in version.split(".")]
        if ".".join(numbers[:2]) in RELEASES:
            return ".".join([*numbers, "0", "0"][:4])
    raise SandboxError(
        f"{version!r} is no IBM MQ version that the sandbox simulates.",
        remedy=f"Use one of {', '.join(RELEASES)}, or a full one such as {DEFAULT_VERSION}.",
    )


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, to compare."""
    return tuple(int(number) for number in version.split("."))


def at_least(version: str, lowest: str) -> bool:
    """Whether the version is this one or a later one: `at_least("9.3.0.5", "9.3")`."""
    return numbers(version) >= numbers(lowest)


def copyright_line(version: str) -> str:
    """The banner that runmqsc, runmqicred and runmqlsr print first."""
    year = next(year for lowest, year in COPYRIGHT_YEARS if at_least(version, lowest))
    return f"5724-H72 (C) Copyright IBM Corp. 1994, {year}."


def level(version: str) -> str:
    """The build level that dspmqver shows, such as `p940-L240605.1`; with a fix pack `p944-001-251203`."""
    date = next(date for lowest, date in BUILD_DATES if at_least(version, lowest))
    *release, fix_pack = numbers(version)
    name = "p" + "".join(map(str, release))
    return f"{name}-{fix_pack:03}-{date[:6]}" if fix_pack else f"{name}-L{date}"


def mangled(qmgr: str) -> str:
    """The directory name of a queue manager: `.` becomes `!` and `/` becomes `&`."""
    return qmgr.replace(".", "!").replace("/", "&")


def valid_name(qmgr: str) -> bool:
    """Whether MQ takes this as a queue manager name."""
    return re.fullmatch(r"[A-Za-z0-9._/%]{1,48}", qmgr, re.ASCII) is not None


def install_path(folder: Path) -> Path:
    """MQ_INSTALLATION_PATH."""
    return folder / "opt" / "mqm"


def data_path(folder: Path) -> Path:
    """MQ_DATA_PATH."""
    return folder / "var" / "mqm"


def qmgr_path(folder: Path, directory: str) -> Path:
    """A queue manager's data directory, by the mangled name that state holds."""
    return data_path(folder) / "qmgrs" / directory


def log_path(folder: Path, directory: str) -> Path:
    """A queue manager's log directory; `active` is below it."""
    return data_path(folder) / "log" / directory


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold a directory's lock: one process at a time, released when the process ends, however it ends."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def replace(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file whole: a reader sees the old content or the new. Callers hold the directory's lock."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with open(fresh, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, mode)) as stream:
        stream.write(text)
    fresh.chmod(mode)
    fresh.replace(path)
