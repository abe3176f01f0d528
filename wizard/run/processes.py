"""Knowing a process again later: by its number and the moment it started.

Used by the driver, which tells the journal about each process, and by a later run, which asks whether one
is still there. A number alone is reused; number and start time are not.
"""

from __future__ import annotations

from pathlib import Path


def start_time(pid: int) -> int | None:
    """When a process started, in clock ticks since the machine did; None without such a process or /proc."""
    fields = _fields(pid)
    return None if fields is None else int(fields[19])


def alive(pid: int, started: int | None) -> bool:
    """Whether that very process still runs. One that ended but was not waited for counts as ended."""
    fields = _fields(pid)
    if fields is None or fields[0] in {"Z", "X"}:
        return False
    return started is None or int(fields[19]) == started


def _fields(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat from the third (state) on; field 22 of the whole line is the start time.

    The second field, the name, stands in parentheses and may hold blanks and parentheses itself.
    """
    try:
        line = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    return line.rpartition(")")[2].split()
