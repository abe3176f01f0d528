"""What a check of MQ values found: the keyword it is about, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing MQ would refuse, or would take and not do; `keyword` is empty where the object's name or
    the object is meant.
    """

    keyword: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        said = f"{self.keyword}: {self.what}" if self.keyword else self.what
        return f"{said} {self.remedy}" if self.remedy else said
