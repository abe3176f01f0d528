"""What the evaluation rests on that no IBM page at hand confirms: a sentence for each, shown with the answers it bears.

A fact that is open, not only recalled, leads to a second answer beside the first (`Question` in `values`).
"""

from __future__ import annotations

from enum import StrEnum


class Recalled(StrEnum):
    """A recalled fact by its sentence (facts TLS 4 and 5)."""

    PROFILE = "recalled: the more exact channel profile comes before kind of rule and address"
    KIND = "recalled: SSLPEERMAP comes before USERMAP and QMGRMAP, and these before ADDRESSMAP"
    NAME = "recalled: which of two patterns of distinguished names is the more specific one"
    ADDRESS = "recalled: a rule with ADDRESS comes before one without, and the narrower address first"
    BLOCK_PROFILE = "recalled: of several BLOCKUSER rules only that with the best profile is used"
    PRIVILEGED = "recalled: a user id that is blank or unknown to the system counts as privileged"
    WARNED = "recalled: behind a rule that only warns, the connection runs as if no rule matched"
    ADOPTED = "recalled: an adopted user comes before MCAUSER of the channel"
    EXIT = "recalled: a user that the exit sets comes before that of a rule"
    AFTER_MAPPING = "recalled: CHCKCLNT(REQDADM) looks at the user after mapping"
    TLS_MESSAGE = "recalled: which message and reason code this refusal brings"
    CHANNEL_USER = "recalled: a message channel without MCAUSER works as the user that runs it, mqm"
    MORE_UNITS = "recalled: a certificate may have more OUs than the pattern names"
