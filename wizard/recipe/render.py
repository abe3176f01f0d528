"""Writes values as YAML, for the editor: plain where that is safe, quoted where it is not.

A text comes back as the same text, whatever it holds. What other YAML tools would take for a number with a point, a
truth value or nothing is quoted, although the reader here would not mind.
"""

from __future__ import annotations

import re

from wizard.recipe.nodes import Plain

_PLAIN = re.compile(r"[A-Za-z0-9_/%(+](?:[A-Za-z0-9 _./%()*+=@;$^~,-]|:(?! )|(?<! )#)*(?<![ :])")
_TAKEN_FOR_OTHERS = re.compile(
    r"true|false|null|yes|no|on|off|[+-]?(?:0[0-9]+|0[box].*|[0-9_]*\.[0-9_]*|[0-9.]+e[0-9+-]+)|\d{4}-\d\d-\d\d.*"
)
_FLOW = re.compile(r"[,\[\]{}]|:$")
_UNPRINTABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]")
_NAMED = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}
_WIDE = 60
_SHORT_MAPPING = "queues"
"""The key whose names and lists read best on one line: `queues: {Q1: [put, get]}`."""


def scalar(text: str, *, flow: bool = False, style: str = "") -> str:
    """A text as a scalar, in the quotes given if they can hold it; `flow` says that it stands in brackets or braces."""
    if style == '"' or _UNPRINTABLE.search(text):
        return f'"{"".join(_escaped(character) for character in text)}"'
    if style == "'" or not _may_be_plain(text, flow=flow):
        return "'" + text.replace("'", "''") + "'"
    return text


def _may_be_plain(text: str, *, flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or (flow and _FLOW.search(text)):
        return False
    # YES and NO in capitals are MQ's own words and stay as MQ writes them.
    return not _TAKEN_FOR_OTHERS.fullmatch(text if text in ("YES", "NO") else text.lower()) or text in ("YES", "NO")


def _escaped(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if not _UNPRINTABLE.match(character):
        return character
    return f"\\U{ord(character):08X}" if ord(character) > 0xFFFF else f"\\u{ord(character):04X}"


def flow(value: Plain) -> str:
    """A value on one line, in brackets and braces."""
    if value is None:
        return ""
    if isinstance(value, str):
        return scalar(value, flow=True)
    if isinstance(value, list):
        return f"[{', '.join(flow(item) for item in value)}]"
    # The blank behind the colon stays where nothing follows: `{Q1:}` would be a key of the name `Q1:`.
    return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(inner)}" for key, inner in value.items()) + "}"


def entry(key: str, value: Plain) -> list[str]:
    """A key and its value as lines, nested mappings indented by two blanks; short lists stay on the line."""
    name = scalar(key)
    if value is None:
        return [f"{name}:"]
    if isinstance(value, str):
        return [f"{name}: {scalar(value)}"]
    if _on_one_line(key, value):
        return [f"{name}: {flow(value)}"]
    lines = [f"{name}:"]
    if isinstance(value, list):
        return lines + [f"  {line}" for item in value for line in listed(item)]
    return lines + [f"  {line}" for inner, held in value.items() for line in entry(inner, held)]


def listed(value: Plain) -> list[str]:
    """A value as an item of a list, as lines."""
    return [f"- {scalar(value) if isinstance(value, str) else flow(value)}".rstrip()]


def _on_one_line(key: str, value: list[Plain] | dict[str, Plain]) -> bool:
    """Whether a collection reads well on the line of its key: empty, a list of texts, the rights to queues."""
    if not value:
        return True
    if len(flow(value)) > _WIDE or (isinstance(value, dict) and key != _SHORT_MAPPING):
        return False
    inner = value if isinstance(value, list) else [right for held in value.values() for right in held or ()]
    return all(isinstance(item, str) for item in inner)
