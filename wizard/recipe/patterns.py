"""Naming patterns: texts with placeholders such as {NAME}, and what they come to.

The recipe's checks and the topology fill the same patterns with the same function.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

NAMES = ("name", "NAME", "QM", "qm")
"""What may stand in braces in any pattern: the entry's name as written and in capitals, its queue manager's name as
written and in small letters."""

SUBJECT = (*NAMES, "organization", "organizational_unit")
"""What may stand in braces in a distinguished name."""

_BRACES = re.compile(r"\{([^{}]*)\}")


def fill(pattern: str, name: str, queue_manager: str, /, **more: str) -> str:
    """The pattern with its placeholders filled in; braces with any other word stay as they are.

    `queue_manager` is the one that the entry belongs to: for a client the one it connects to.
    """
    values = {"name": name, "NAME": name.upper(), "QM": queue_manager, "qm": queue_manager.lower(), **more}
    return _BRACES.sub(lambda found: values.get(found[1], found[0]), pattern)


def unknown_placeholder(pattern: str, known: Iterable[str]) -> str | None:
    """The first word in braces that is no placeholder, or None."""
    return next((word for word in _BRACES.findall(pattern) if word not in known), None)
