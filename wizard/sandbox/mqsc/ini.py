"""Reads the values of a stanza of qm.ini (facts 3.3)."""

from __future__ import annotations

from wizard.sandbox.mqsc.context import Context


def value(context: Context, stanza: str, key: str) -> str:
    """The value of a key, whatever the case of both; empty when the file, the stanza or the key is not there.

    The key may stand in any of several stanzas of that name.
    """
    try:
        text = (context.data / "qm.ini").read_text(encoding="utf-8")
    except OSError:
        return ""
    inside = False
    for line in text.splitlines():
        words = line.strip()
        if not words or words[0] in "#;":
            continue
        if words.endswith(":") and "=" not in words:
            inside = words[:-1].strip().casefold() == stanza.casefold()
            continue
        found, _, rest = words.partition("=")
        if inside and found.strip().casefold() == key.casefold():
            return rest.strip()
    return ""
