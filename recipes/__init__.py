"""The recipes that come with mqwizard: small complete ones, from a plain client to two-way TLS with an own CA.

The command line and the wizard list and open them by name. Nothing but the standard library is loaded.
"""

from __future__ import annotations

from pathlib import Path

from wizard.errors import UsageError

_FOLDER = Path(__file__).parent
_ENDING = ".yaml"
_ORDER = ("plain-client", "one-way-tls", "two-way-tls-self-signed", "two-way-tls-own-ca")
"""From the smallest to the largest; others follow by name."""


def names() -> list[str]:
    """The names of the shipped recipes, the simplest first."""
    found = sorted(file.stem for file in _FOLDER.glob(f"*{_ENDING}"))
    return [name for name in _ORDER if name in found] + [name for name in found if name not in _ORDER]


def text(name: str) -> str:
    """The text of a shipped recipe; UsageError where there is none of that name."""
    known = names()
    if name not in known:
        raise UsageError(f"There is no shipped recipe {name!r}.", "", f"There are {', '.join(known)}.")
    return (_FOLDER / f"{name}{_ENDING}").read_text(encoding="utf-8")


def summary(name: str) -> str:
    """What a shipped recipe makes, in one line: the first paragraph of its comment. UsageError as for `text`."""
    said = []
    for line in text(name).splitlines():
        words = line.removeprefix("#").strip()
        if not line.startswith("#") or not words:
            break
        said.append(words)
    return " ".join(said)
