"""What an object must have, over and above each attribute by itself.

Used by DEFINE and ALTER before anything is stored. CONNAME has a message of its own (AMQ8214); the others are recalled,
and that the SYSTEM objects may lack all of it: a dump holds them, and can be loaded again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wizard.sandbox.mqsc.kinds import Kind
from wizard.sandbox.mqsc.refusals import failed

NEEDS_CONNAME = ("SDR", "RQSTR", "CLNTCONN", "CLUSSDR")
"""A CLUSRCVR may leave it to the queue manager (facts, topologies 2.1)."""
NEEDS_XMITQ = ("SDR", "SVR")

AUTHINFO_NEEDS = {
    "CRLLDAP": ("CONNAME",),
    "OCSP": ("OCSPURL",),
    "IDPWLDAP": ("CONNAME", "SHORTUSR"),
    "IDPWOS": (),
}


def check(kind: Kind, subtype: str, name: str, attributes: Mapping[str, Any]) -> None:
    """Raise CommandFailedError when something is missing or two attributes exclude each other."""
    if attributes.get("CLUSTER") and attributes.get("CLUSNL"):
        raise failed("cluster.both")
    if name.startswith("SYSTEM."):
        return
    if kind.noun == "CHANNEL":
        if subtype in NEEDS_CONNAME and not attributes.get("CONNAME"):
            raise failed("channel.conname")
        if subtype in NEEDS_XMITQ and not attributes.get("XMITQ"):
            raise failed("channel.xmitq")
    elif kind.noun == "AUTHINFO":
        for keyword in AUTHINFO_NEEDS[subtype]:
            if not attributes.get(keyword):
                raise failed("attribute.missing", keyword=keyword)
    elif kind.noun == "TOPIC" and not attributes.get("TOPICSTR"):
        raise failed("attribute.missing", keyword="TOPICSTR")
    elif kind.noun == "SUB":
        _check_subscription(attributes)


def _check_subscription(attributes: Mapping[str, Any]) -> None:
    if not attributes.get("TOPICSTR") and not attributes.get("TOPICOBJ"):
        raise failed("attribute.missing", keyword="TOPICSTR")
    if attributes.get("DESTCLAS") == "PROVIDED" and not attributes.get("DEST"):
        raise failed("attribute.missing", keyword="DEST")
