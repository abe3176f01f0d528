"""The sandbox's evaluation of rules, asked without a sandbox."""

from __future__ import annotations

from typing import Any

from wizard.mq.objects import MqObject


class Records:
    """A state of the sandbox that holds records and nothing else."""

    def __init__(self, records: list[MqObject]) -> None:
        self._records = records

    def chlauth(self, qmgr: str) -> list[tuple[int, str, str, dict[str, Any]]]:
        return [(number, one.name, one.text("TYPE"), dict(one.attributes)) for number, one in enumerate(self._records)]
