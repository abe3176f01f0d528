"""The form of an unconfirmed fact."""

from __future__ import annotations

from typing import NamedTuple


class Recalled(NamedTuple):
    """One unconfirmed fact: the text or exit status used, and what is known about it."""

    value: str | int
    why: str
