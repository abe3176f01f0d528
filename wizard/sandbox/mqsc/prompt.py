"""MQPROMPT: the prompt of runmqsc (facts 2.4)."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from datetime import datetime

LONGEST = 256
DATE_TIME = "MQ_DATE_TIME"


class Prompt:
    """The text that is printed before each line is read; empty when MQPROMPT is not set.

    `+NAME+` inserts MQ's values and environment variables; an unknown name stays as it is (recalled). When the result
    is longer than 256 characters, the text is cut at 256 without inserts.
    """

    def __init__(self, qmgr: str, environment: Mapping[str, str]) -> None:
        self._text = environment.get("MQPROMPT", "")
        self._environment = environment
        self._inserts = {
            "QMNAME": qmgr,
            "MQ_HOST_NAME": socket.gethostname() if "+MQ_HOST_NAME+" in self._text else "",
            "MQ_FILE_SEP": os.sep,
            "MQ_PATH_SEP": os.pathsep,
        }
        self._fixed = "" if f"+{DATE_TIME}+" in self._text else self._expanded()

    def __str__(self) -> str:
        return self._fixed or self._expanded()

    def _expanded(self) -> str:
        text = re.sub(r"\+([A-Za-z_][A-Za-z0-9_]*)\+", self._insert, self._text)
        return text if len(text) <= LONGEST else self._text[:LONGEST]

    def _insert(self, found: re.Match[str]) -> str:
        name = found[1]
        if name == DATE_TIME:
            return datetime.now().strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
        return self._inserts.get(name) or self._environment.get(name, found[0])
