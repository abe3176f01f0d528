"""Reads qm.ini and mqclient.ini: stanzas of `Key=Value` lines.

Neither stanza names nor keys depend on case here, and a line that is neither is passed over: MQ says
nothing about either (facts TLS 1.3). A file that is not there has no settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

COMMENTS = ("#", ";")

Ini = dict[str, dict[str, str]]


def parse(text: str) -> Ini:
    """Stanza and key, both in lower case, to value; of a repeated key the last counts."""
    stanzas: Ini = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        bare = line.strip()
        if not bare or bare.startswith(COMMENTS):
            continue
        key, equals, value = bare.partition("=")
        if equals:
            current[key.strip().lower()] = value.strip()
        elif bare.endswith(":"):
            current = stanzas.setdefault(bare[:-1].strip().lower(), {})
    return stanzas


def read(path: Path) -> Ini:
    """The settings of a file; none when it cannot be read."""
    try:
        return parse(path.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        return {}


def client_file(environment: Mapping[str, str], data: Path, home: Path) -> Path | None:
    """The mqclient.ini that counts: MQCLNTCF, working directory, data directory, home (order
    recalled, facts 9).
    """
    named = environment.get("MQCLNTCF", "").removeprefix("file://")
    places = [Path(named)] if named else [Path("mqclient.ini"), data / "mqclient.ini", home / "mqclient.ini"]
    return next((place for place in places if place.is_file()), None)


def flag(value: str, *, default: bool) -> bool:
    """A yes-or-no setting; a value that is neither is the default, without a word, as in MQ."""
    known = {
        "true": True,
        "yes": True,
        "y": True,
        "1": True,
        "false": False,
        "no": False,
        "n": False,
        "0": False,
    }
    return known.get(value.strip().lower(), default)
