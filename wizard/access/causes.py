"""Every cause of a refused connection, the more telling ones first (facts TLS 5, 6, 8).

Which observations confirm one: `observe`. A cause whose messages are none of those that were seen is out.
"""

from __future__ import annotations

from wizard.access.cause_values import Cause
from wizard.access.causes_certificate import CERTIFICATE_CAUSES
from wizard.access.causes_cipher import CIPHER_CAUSES
from wizard.access.causes_network import NETWORK_CAUSES
from wizard.access.causes_rules import RULES_CAUSES

CAUSES: tuple[Cause, ...] = (*NETWORK_CAUSES, *CIPHER_CAUSES, *CERTIFICATE_CAUSES, *RULES_CAUSES)
