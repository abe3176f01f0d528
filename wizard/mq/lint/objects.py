"""Rules about listeners, queues and what is defined twice."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.lint.script import Hit, Script
from wizard.mq.objects import Kind

LONGEST_MODEL = 36
"""Characters of the name of Q Replication's spill model, to which the program adds its own (facts topologies 1.2)."""


def listeners(script: Script) -> Iterator[Hit]:
    """Listeners that are gone after a restart, listen where nobody expects it, or on one port."""
    started = {one.command.name: one.line for one in script.statements if one.is_("START", "LISTENER")}
    taken: dict[tuple[str, str], str] = {}
    for listener in script.of(Kind.LISTENER):
        if not listener.whole or listener.text("TRPTYPE") != "TCP":
            continue
        port, address = listener.text("PORT"), listener.text("IPADDR")
        if port in {"", "0"} and not listener.name.startswith("SYSTEM."):
            what = f"Listener {listener.name} has no PORT, so that it takes 1414."
            yield Hit("listener-port", listener.line, what, "Say PORT(1414) or another one.")
        by_hand = listener.text("CONTROL") in {"", "MANUAL"}
        runs = listener.name in started or not by_hand
        other = taken.setdefault((port or "1414", address), listener.name) if runs else listener.name
        if other != listener.name:
            what = f"Listener {listener.name} wants the port of {other}; only one of them can have it."
            yield Hit("listener-port-twice", listener.line, what, "Give it another port or address.")
        if by_hand and listener.name in started:
            what = f"Listener {listener.name} is gone after the next restart: its CONTROL is MANUAL."
            yield Hit("listener-control", started[listener.name], what, "Define it with CONTROL(QMGR).")
        elif not by_hand and listener.name not in started:
            what = f"Listener {listener.name} starts with the queue manager, not now."
            yield Hit("listener-not-started", listener.line, what, f"Add START LISTENER({listener.name}).")


def defined_twice(script: Script) -> Iterator[Hit]:
    """Two definitions of one name; queues of all types share their names."""
    seen: dict[tuple[str, ...], int] = {}
    for one in script.statements:
        if one.wanted is None or one.command.verb != "DEFINE":
            continue
        if one.wanted.key in seen:
            what = f"{one.wanted.name} is defined in line {seen[one.wanted.key]} already."
            yield Hit("defined-twice", one.line, what, "Keep one definition; use ALTER to change it.")
        seen[one.wanted.key] = one.line


def replication(script: Script) -> Iterator[Hit]:
    """What Q Replication needs of its restart queue and its spill model (facts topologies 1.2)."""
    for queue in script.queues.values():
        if queue.wanted.kind is Kind.QLOCAL and queue.name.endswith("RESTARTQ") and queue.whole:
            if queue.text("MAXDEPTH") not in {"1", ""}:
                what = f"{queue.name} may hold one message; a second one makes Q Capture start cold."
                yield Hit("restart-queue", queue.at("MAXDEPTH"), what, "Say MAXDEPTH(1).")
        elif queue.wanted.kind is Kind.QMODEL and "SPILL.MODELQ" in queue.name and len(queue.name) > LONGEST_MODEL:
            what = f"{queue.name} has {len(queue.name)} characters; Q Apply adds its own to {LONGEST_MODEL}."
            yield Hit("spill-model", queue.line, what, "Shorten the name.")


RULES = (listeners, defined_twice, replication)
