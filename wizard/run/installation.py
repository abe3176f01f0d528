"""Which IBM MQ is here, who may drive it, and which queue managers it has.

Used by the facts before anything else. Installations come from dspmqinst; where that is missing or refuses,
from MQ_INSTALLATION_PATH and PATH. What an installation is comes from its own dspmqver. The layout of
dspmqinst is recalled, so only its labels are relied on (facts commands 3.2, 3.3).
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wizard.errors import OperationFailed, Refused
from wizard.mq.releases import Release
from wizard.run.driver import Driver
from wizard.run.failures import not_told

TIME_LIMIT = 60.0
"""Seconds for a command that only shows something."""

ADMINISTRATORS = "mqm"
"""The group whose members administer IBM MQ."""

NO_SUCH_ENTRY = 2
"""Exit status of getent where it does not know the name (getent(1))."""

SAMPLES = ("samp", "bin")


@dataclass(frozen=True)
class Installation:
    """One installation of IBM MQ."""

    name: str
    path: Path
    release: Release
    data_path: Path

    def command(self, name: str) -> str:
        """The absolute path of one of its commands or sample programs, whether it is installed or not."""
        found = (self.path / "bin" / name, self.path.joinpath(*SAMPLES, name))
        return str(next((path for path in found if path.exists()), found[0]))

    def has(self, name: str) -> bool:
        """Whether a command or sample is installed; runmqakm, for one, may have been left out."""
        return Path(self.command(name)).exists()


def find(driver: Driver, wanted: str | None = None) -> Installation:
    """The installation to use: the wanted one by name or path, else the only one, else that of setmqenv.

    Refused where there is none, where the wanted one is not among them, and where several are left to
    choose from.
    """
    paths = list(installed(driver).items())
    if wanted is not None:
        chosen = [path for name, path in paths if wanted in {name, str(path)}]
    elif len(paths) > 1:
        set_up = driver.environment.get("MQ_INSTALLATION_PATH")
        chosen = [path for _, path in paths if set_up and _same(path, Path(set_up))]
    else:
        chosen = [path for _, path in paths]
    if not paths:
        raise _no_mq()
    if not chosen:
        listed = ", ".join(f"{name} ({path})" for name, path in paths)
        what = "There are several installations" if wanted is None else f"There is no installation {wanted}"
        raise Refused(
            f"{what} of IBM MQ here: {listed}.",
            "Each one works on the queue managers that belong to it.",
            "Choose one: --installation NAME.",
        )
    return described(driver, chosen[0])


def installed(driver: Driver) -> Mapping[str, Path]:
    """Every installation by name, with its path; a sole one without a listing is named by dspmqver."""
    listing = locate(driver, "dspmqinst")
    if listing is not None:
        finished = driver.run([listing], timeout=TIME_LIMIT)
        if finished.exit_status == 0 and (found := _listed(finished.output)):
            return found
    version = locate(driver, "dspmqver")
    if version is None:
        return {}
    fields = labelled(driver.run([version], timeout=TIME_LIMIT).output)
    # Before dspmqver knows itself, the program's own place tells: PATH may hold a link to it.
    path = fields.get("InstPath") or str(Path(os.path.realpath(version)).parent.parent)
    return {fields.get("InstName") or "Installation1": Path(path)}


def check_user(driver: Driver, *, arguments: Sequence[str], root_allowed: bool = False) -> int:
    """Check that this user may administer IBM MQ in this session; returns the number of the group mqm.

    Refused for root, unless allowed (the sandbox), with the command to use instead, and for whoever is not
    in the group, or not yet in this session. `arguments` is the command line that mqwizard was called with.
    """
    if os.geteuid() == 0 and not root_allowed:
        again = shlex.join(["sudo", "-u", ADMINISTRATORS, "--", *arguments])
        raise Refused(
            "mqwizard does not run as root.",
            "Files made by root in MQ's folders lock the queue manager out, and MQ itself needs no root.",
            f"Use: {again}",
        )
    fields = _group(driver)
    group = int(fields[2])
    if group in {*os.getgroups(), os.getegid()} or root_allowed:
        return group
    user = driver.environment.get("USER") or f"uid {os.geteuid()}"
    if user in fields[3].split(","):
        raise Refused(
            f"{user} is in the group {ADMINISTRATORS}, but this session began before that.",
            "MQ would answer AMQ7077E: not authorized.",
            f"Log in again, or use: sg {ADMINISTRATORS} -c {shlex.quote(shlex.join(arguments))}",
        )
    raise Refused(
        f"{user} is not in the group {ADMINISTRATORS}.",
        "Only its members administer IBM MQ here.",
        f"Ask root for: usermod -aG {ADMINISTRATORS} {user}; or run as {ADMINISTRATORS}.",
    )


def _group(driver: Driver) -> list[str]:
    finished = driver.run(["getent", "group", ADMINISTRATORS], timeout=TIME_LIMIT)
    for line in finished.output.splitlines():
        fields = line.strip().split(":")
        if fields[0] == ADMINISTRATORS and len(fields) >= 4 and fields[2].isdigit():
            return fields
    if finished.exit_status != NO_SUCH_ENTRY and (finished.exit_status != 0 or finished.output.strip()):
        raise not_told(finished, f"The group {ADMINISTRATORS}")
    raise Refused(
        f"There is no group {ADMINISTRATORS} on this machine.",
        "An installation of IBM MQ makes it.",
        "Complete the installation, or try --sandbox.",
    )


def locate(driver: Driver, command: str) -> str | None:
    """A command by MQ_INSTALLATION_PATH, by PATH, or at the usual place."""
    set_up = driver.environment.get("MQ_INSTALLATION_PATH")
    places = [f"{set_up}/bin/{command}"] if set_up else []
    for place in (*places, command, f"/opt/mqm/bin/{command}"):
        path = driver.find(place)
        if path is not None:
            return str(path)
    return None


def described(driver: Driver, path: Path) -> Installation:
    """The installation at a path, as its own dspmqver describes it; OperationFailed where that does not say."""
    finished = driver.run([str(path / "bin" / "dspmqver")], timeout=TIME_LIMIT)
    fields = labelled(finished.output)
    if "Version" not in fields:
        raise OperationFailed(
            f"dspmqver of {path} did not say which version it is ({finished.ending}).",
            finished.shown.strip(),
            f"Run {path}/bin/dspmqver by hand; repair the installation.",
        )
    return Installation(
        name=fields.get("InstName") or "Installation1",
        path=path,
        release=Release.parse(fields["Version"]),
        data_path=Path(fields.get("DataPath") or "/var/mqm"),
    )


def _listed(output: str) -> dict[str, Path]:
    """Names and paths of dspmqinst's stanzas, those that are available."""
    return {
        fields["InstName"]: Path(fields["InstPath"])
        for fields in stanzas(output)
        if fields.get("InstName")
        and fields.get("InstPath")
        and fields.get("State", "Available").startswith("Available")
    }


def stanzas(output: str) -> list[dict[str, str]]:
    """The fields of each installation that dspmqinst lists, by their labels."""
    return [labelled(stanza) for stanza in re.split(r"(?m)^(?=InstName:)", output)]


def labelled(output: str) -> dict[str, str]:
    """`Label:   value` lines, the first of each label."""
    fields: dict[str, str] = {}
    for line in output.splitlines():
        label, colon, value = line.partition(":")
        if colon:
            fields.setdefault(label.strip(), value.strip())
    return fields


def _same(one: Path, other: Path) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _no_mq() -> Refused:
    return Refused(
        "IBM MQ was not found on this machine.",
        "Neither dspmqinst nor dspmqver is on PATH, at MQ_INSTALLATION_PATH or in /opt/mqm.",
        "Source setmqenv if it is installed. --dry-run shows the plan without MQ; --sandbox practises it.",
    )
