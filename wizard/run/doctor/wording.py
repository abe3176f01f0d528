"""Sizes, days and lists as the doctor writes them."""

from __future__ import annotations

from collections.abc import Sequence

UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB")


def amount(size: int) -> str:
    """A number of bytes, short: `512 MiB`."""
    value, unit = float(size), UNITS[0]
    for unit in UNITS:
        if value < 1024 or unit == UNITS[-1]:
            break
        value /= 1024
    return f"{value:.0f} {unit}" if value >= 10 or unit == UNITS[0] else f"{value:.1f} {unit}"


def days(number: int) -> str:
    """A number of days: `1 day`."""
    return f"{number} day" if number == 1 else f"{number} days"


def listed(names: Sequence[str], most: int = 5) -> str:
    """Names with commas between them; of many the first ones and how many more there are."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown
