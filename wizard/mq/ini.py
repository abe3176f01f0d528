"""Reads MQ's stanza files, qm.ini and mqs.ini: a name with a colon, then `Key=Value` lines (facts commands 3.3).

Neither names nor keys depend on case here. A line that is neither is passed over: MQ says nothing about it either
(facts TLS 1.3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Stanza:
    """One stanza: its name, and its values by key, both as they are written; of a repeated key the last counts."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)

    def value(self, key: str) -> str:
        """The value of a key in any case, or an empty text."""
        wanted = key.casefold()
        return next((value for found, value in self.values.items() if found.casefold() == wanted), "")


def stanzas(text: str) -> tuple[Stanza, ...]:
    """The stanzas of a file, in their order; a name may stand there more than once."""
    found: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare[0] in "#;":
            continue
        key, equals, value = bare.partition("=")
        if equals and found:
            found[-1][1][key.strip()] = value.strip()
        elif not equals and bare.endswith(":"):
            found.append((bare[:-1].strip(), {}))
    return tuple(Stanza(name, values) for name, values in found)


def setting(found: Iterable[Stanza], name: str, key: str) -> str:
    """The value of a key, looked for in every stanza of that name; empty where none has it."""
    wanted = name.casefold()
    values = (stanza.value(key) for stanza in found if stanza.name.casefold() == wanted)
    return next((value for value in values if value), "")
