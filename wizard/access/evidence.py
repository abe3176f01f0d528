"""Reads what a person has of a failure: a reason code, a message, a client's error text, a whole error log. Pure."""

from __future__ import annotations

import re

from wizard.access.cause_values import Evidence
from wizard.mq.error_log import LogEntry, bare, entries
from wizard.mq.messages import mentioned
from wizard.mq.reason_table import BY_NAME, REASONS

NOISE = frozenset({"AMQ9999", "AMQ9665", "AMQ9208", "AMQ9209", "AMQ9503", "AMQ9557", "AMQ5542", "AMQ9641", "AMQ9659"})
"""Messages that follow upon another, or say no more than that the other side refused (facts TLS 6)."""

HISTORY = 40
"""So many of a log's last entries are looked at."""

_CODE = re.compile(r"(?<![\d.])(2\d{3})(?![\d.])")
_NAME = re.compile(r"MQRC_([A-Z0-9_]+)")
_LOG = re.compile(r"^----- .{0,60}-{5,}\s*$|^\s*\{.*ibm_messageId|Process\(\d+", re.MULTILINE)


def read_evidence(text: str, *, client: bool | None = None) -> Evidence:
    """The evidence in a text. `client` says whose log it is, None where nobody said.

    A log of a queue manager names it in its entries; without that name it counts as the client's.
    """
    if _LOG.search(text):
        found = entries(text)[-HISTORY:]
        of_client = client if client is not None else bool(found) and not any(one.queue_manager for one in found)
        return Evidence(client=found) if of_client else Evidence(server=found)
    ids = tuple(dict.fromkeys(map(bare, mentioned(text))))
    single = tuple(LogEntry(one) for one in ids)
    codes = [int(code) for code in _CODE.findall(text) if int(code) in REASONS]
    codes += [BY_NAME[name].code for name in _NAME.findall(text) if name in BY_NAME]
    reasons = tuple(dict.fromkeys(codes))
    if client is None:
        return Evidence(either=ids, reasons=reasons, text=text)
    return Evidence(client=single if client else (), server=() if client else single, reasons=reasons, text=text)


def joined(*parts: Evidence) -> Evidence:
    """Several pieces of evidence as one."""
    return Evidence(
        server=tuple(one for part in parts for one in part.server),
        client=tuple(one for part in parts for one in part.client),
        either=tuple(dict.fromkeys(one for part in parts for one in part.either)),
        reasons=tuple(dict.fromkeys(one for part in parts for one in part.reasons)),
        text="\n".join(part.text for part in parts if part.text),
    )


def telling(found: tuple[LogEntry, ...]) -> LogEntry | None:
    """The last entry of a log that tells a cause; of nothing but noise the last."""
    loud = [one for one in found if one.message_id[:4] in {"AMQ9", "AMQ5", "CSQX"} or one.message_id == "AMQ8077"]
    telling_ones = [one for one in loud if one.message_id not in NOISE]
    return telling_ones[-1] if telling_ones else loud[-1] if loud else None
