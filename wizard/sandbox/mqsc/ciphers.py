"""Whether a queue manager takes an SSLCIPH value (facts 1.1, 1.2, 1.4)."""

from __future__ import annotations

from wizard.sandbox.mqsc import ini
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.wire.ciphers import DEPRECATED, known

REMOVED_FROM = (9, 4, 4)
"""From here on the old CipherSpecs cannot be enabled again (facts 1.2; which rows on which platform is unknown)."""


def is_usable(context: Context, name: str) -> bool:
    """Whether a channel may be defined with this CipherSpec on this queue manager."""
    if known(name, context.version):
        return True
    if name not in DEPRECATED or context.version >= REMOVED_FROM:
        return False
    allowed = ini.value(context, "SSL", "AllowWeakCipherSpec").upper()
    if allowed in ("YES", "Y", "ALL", "TRUE"):
        return True
    return name in (word.strip() for word in allowed.split(","))
