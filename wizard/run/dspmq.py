"""Which queue managers an installation has and how they are, as dspmq says.

Used by the facts. A queue manager that runs elsewhere, as standby or as replica is seen here, before
anything is asked of it (facts commands 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from wizard.run.call import Finished
from wizard.run.driver import Driver
from wizard.run.failures import not_told
from wizard.run.installation import TIME_LIMIT, Installation

KEYWORD = re.compile(r"\b([A-Z]+)\(")


@dataclass(frozen=True)
class Instance:
    """One instance of a queue manager: the host it is on, and whether it is active or standby."""

    host: str
    mode: str


@dataclass(frozen=True)
class QueueManagerStatus:
    """One line of dspmq; `fields` holds every keyword of it."""

    name: str
    status: str
    fields: Mapping[str, str]
    instances: tuple[Instance, ...] = ()

    @property
    def running(self) -> bool:
        """Whether it runs here and takes commands."""
        return self.status.casefold() == "running"

    @property
    def installation(self) -> str:
        """The name of the installation it belongs to."""
        return self.fields.get("INSTNAME", "")

    @property
    def default(self) -> bool:
        """Whether it is the machine's default queue manager."""
        return self.fields.get("DEFAULT", "").casefold() == "yes"

    @property
    def role(self) -> str:
        """Its role under native HA, such as `Active` or `Replica`; empty where that is not configured."""
        role = self.fields.get("ROLE", "")
        return "" if role.casefold() == "not configured" else role


def queue_managers(driver: Driver, installation: Installation) -> tuple[QueueManagerStatus, ...]:
    """Every queue manager of the machine; OperationFailed where dspmq does not work."""
    finished = driver.run([installation.command("dspmq"), "-x", "-o", "all"], timeout=TIME_LIMIT)
    return listed(finished)


def listed(finished: Finished) -> tuple[QueueManagerStatus, ...]:
    """The queue managers that a run of dspmq shows; OperationFailed where it shows something else."""
    found = parse(finished.output)
    if finished.exit_status != 0 or (finished.output.strip() and not found):
        raise not_told(finished, "Which queue managers there are")
    return found


def parse(output: str) -> tuple[QueueManagerStatus, ...]:
    """The queue managers in what `dspmq -x -o all` prints, each with the instance lines below it."""
    found: list[QueueManagerStatus] = []
    for line in output.splitlines():
        fields = keywords(line)
        if "QMNAME" in fields:
            found.append(QueueManagerStatus(fields["QMNAME"], fields.get("STATUS", ""), fields))
        elif "INSTANCE" in fields and found:
            instance = Instance(fields["INSTANCE"], fields.get("MODE", ""))
            found[-1] = replace(found[-1], instances=(*found[-1].instances, instance))
    return tuple(found)


def keywords(line: str) -> dict[str, str]:
    """The `KEYWORD(value)` pairs of a line; a value may hold balanced parentheses."""
    found: dict[str, str] = {}
    place = 0
    while match := KEYWORD.search(line, place):
        depth = 1
        place = match.end()
        while place < len(line) and depth:
            depth += {"(": 1, ")": -1}.get(line[place], 0)
            place += 1
        end = place if depth else place - 1
        found.setdefault(match[1], line[match.end() : end].strip())
    return found
