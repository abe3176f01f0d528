"""Whether the ports of listeners to be are free, tried by binding them for a moment."""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Collection

from wizard.errors import MqWizardError
from wizard.run.call import Call
from wizard.run.driver import Driver
from wizard.run.installation import TIME_LIMIT
from wizard.run.machine import Machine
from wizard.topology.values import Topology

EVERYWHERE = frozenset({"*", "0.0.0.0", "::"})  # noqa: S104 - read, not bound
"""How `ss` shows every address."""


def busy_ports(machine: Machine, topology: Topology, listening: Collection[str]) -> dict[tuple[str, int], str]:
    """Address and port of each listener that is not running yet and cannot have its port → who holds it."""
    busy = {}
    claimed: dict[tuple[str, int], str] = {}
    for wanted in topology.queue_managers:
        if wanted.listener is None:
            continue
        place = (wanted.listener.text("IPADDR") or "*", wanted.port)
        other = claimed.setdefault(place, wanted.name)
        if other != wanted.name:
            busy[place] = f"queue manager {other} of this recipe"
        elif wanted.name not in listening and (taken_by := holder(machine, *place)):
            busy[place] = taken_by
    return busy


def holder(machine: Machine, address: str, port: int) -> str:
    """Who holds a port, or an empty text where it can be had; the address `*` is every one of this host."""
    return holder_at(machine.driver, machine.listen_address if address == "*" else address, port)


def holder_at(driver: Driver, address: str, port: int) -> str:
    """Who holds a port of one address, or of any where that is empty; an empty text where it can be had."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return _process(driver, address, port)
            return f"nobody, but this user cannot bind it: {error.strerror}"
    return ""


def _process(driver: Driver, address: str, port: int) -> str:
    """The process at a port of an address, where `ss` is there and may see it; an empty address is every one."""
    if driver.find("ss") is None:
        return "another process"
    (ended,) = driver.run_all([Call(("ss", "-ltnpH", f"sport = :{port}"), TIME_LIMIT)])
    for line in [] if isinstance(ended, MqWizardError) else ended.output.splitlines():
        found = re.search(rf'\s(\S+):{port}\s.*\(\("([^"]+)",pid=(\d+)', line)
        if found and (not address or found[1].strip("[]") in {address, *EVERYWHERE}):
            return f"process {found[3]} ({found[2]})"
    return "another process"
