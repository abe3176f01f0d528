"""The server name by which an MQ client tells its channel before any MQ data flows (facts 7.6)."""

from __future__ import annotations

import re

SUFFIX = ".chl.mq.ibm.com"


def encode(channel: str) -> str:
    """`TO.QMGR1` becomes `to2e-qmgr1.chl.mq.ibm.com`: upper case folded, all but digits as two hex
    digits and a hyphen.
    """
    return "".join(map(_encoded, channel)) + SUFFIX


def _encoded(character: str) -> str:
    if "A" <= character <= "Z":
        return character.lower()
    if "0" <= character <= "9":
        return character
    return f"{ord(character):02x}-"


def decode(server_name: str) -> str | None:
    """The channel name in a server name, or None when MQ did not make it."""
    if not server_name.endswith(SUFFIX):
        return None
    text, channel = server_name.removesuffix(SUFFIX), ""
    while text:
        hexadecimal = re.match(r"[0-9a-f]{2}-", text)
        if hexadecimal:
            channel += chr(int(text[:2], 16))
        elif re.match(r"[a-z0-9]", text):
            channel += text[0].upper()
        else:
            return None
        text = text[3 if hexadecimal else 1 :]
    return channel or None
