"""What was found on this machine, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.engine.around import Around


def found_lines(around: Around) -> list[str]:
    """What was found, in a few lines."""
    if not around.installation:
        return ["No IBM MQ was found here. You can practise everything in the sandbox."]
    lines = [f"IBM MQ {around.release}, {around.installation}, on {around.host}"]
    if around.trouble:
        return [*lines, *around.trouble.splitlines()]
    if not around.queue_managers:
        return [*lines, "No queue managers yet."]
    width = max(len(one.name) for one in around.queue_managers)
    shown = around.queue_managers[:5]
    lines += [f"  {one.name:<{width}}  {one.status.lower()}" for one in shown]
    if len(around.queue_managers) > len(shown):
        lines.append(f"  and {len(around.queue_managers) - len(shown)} more")
    return lines
