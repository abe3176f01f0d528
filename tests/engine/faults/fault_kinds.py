"""The kinds of fault: a command that mqwizard uses, and what happens to it there.

A point is a command of the sandbox with words that it must contain, as `SANDBOX_FAULTS` names it. The points of a job
stand in the order in which its first run meets them, so that run after run can fail a little later.
"""

from __future__ import annotations

from dataclasses import dataclass

ACTIONS = ("kill", "garbage", "refuse", "full", "hang", "AMQ8145E")
"""What happens to a command; to one that is no runmqsc, exit 71 happens in the place of a broken connection."""

LOOKING = (
    "dspmqver:",
    "getent:group mqm",
    "dspmq:-x",
    "getent:passwd",
    "runmqakm:trial.p12",
)
"""What a first run asks before it plans."""

MAKING = (
    "useradd:",
    "crtmqm:QM1",
    "strmqm:QM1",
    "runmqsc:DEFINE QLOCAL(Q1)",
    "runmqakm:-pw - -stash",
    "chgrp:key.p12",
    "runmqakm:-cert -add",
    "runmqakm:-certreq -create",
    "runmqakm:-cert -receive",
    "runmqsc:ALTER QMGR",
    "runmqsc:REFRESH SECURITY",
    "runmqsc:DEFINE CHANNEL",
    "runmqsc:SET CHLAUTH('APP1",
    "runmqsc:SET CHLAUTH('*')",
    "runmqsc:SET AUTHREC OBJTYPE(QMGR)",
    "runmqsc:SET AUTHREC PROFILE(Q1)",
    "runmqsc:DEFINE LISTENER",
    "runmqsc:START LISTENER",
    "runmqsc:DISPLAY LSSTATUS",
)
"""What the run of a job with an own authority does."""

LOOKING_AGAIN = (
    "runmqsc:DISPLAY QMGR",
    "runmqsc:DISPLAY QUEUE",
    "runmqsc:DISPLAY CHLAUTH",
    "runmqsc:DISPLAY AUTHREC",
    "runmqakm:-cert -list",
    "runmqakm:-cert -details",
)
"""What a run asks a queue manager that is there."""

UNDOING = (
    "dmpmqcfg:QM1",
    "runmqsc:STOP LISTENER",
    "runmqsc:DISPLAY QLOCAL(*) CURDEPTH",
    "endmqm:QM1",
    "dltmqm:QM1",
)
"""What an undo does that deletes the queue manager again."""

SELF_SIGNED = (
    "runmqakm:-cert -add",
    "runmqakm:-cert -create",
    "runmqakm:-cert -extract",
)
"""What self-signed certificates need beside."""

BEHIND = {"runmqsc:START LISTENER": "", "runmqsc:STOP LISTENER": "endmqm:QM1"}
"""What nothing gets past behind a point, where the next point is asked before it already."""

MADE = {"runmqakm:-certreq -create": "QM1.csr", "runmqakm:-cert -extract": "QM1.pem"}
"""What is missed later where a command says that all went well and made nothing."""


@dataclass(frozen=True)
class Kind:
    """One kind of fault; nothing gets past `barrier`, so that a fault which does no harm stops there."""

    point: str
    action: str
    barrier: str = ""

    def __str__(self) -> str:
        return f"{self.point.replace(':', ' ', 1).strip()}: {self.action}"

    @property
    def item(self) -> str:
        """The fault alone, under which the sandbox counts it."""
        return f"{self.point}:1={self.action}"

    @property
    def setting(self) -> str:
        """The value of SANDBOX_FAULTS."""
        barrier = f";{self.barrier}:*=refuse" if self.barrier else ""
        return f"{self.item}{barrier}"


def kinds(points: tuple[str, ...], barrier: str = "", *, whole: bool = False) -> list[Kind]:
    """Faults at points that follow one another, with what stands behind them; some actions at each, or all of them."""
    found = []
    for number, point in enumerate(points):
        following = BEHIND.get(point, points[number + 1] if number + 1 < len(points) else barrier)
        turns = range(len(ACTIONS)) if whole else (number, number + 1, number + 3)
        for turn in turns:
            found.append(Kind(point, fitting(point, ACTIONS[turn % len(ACTIONS)]), following))
    return found


def fitting(point: str, action: str) -> str:
    """The action as it fits a command: a broken connection is for runmqsc alone."""
    return "exit:71" if action == "AMQ8145E" and not point.startswith("runmqsc") else action
