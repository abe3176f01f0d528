"""Renewal with overlap, as a change of the recipe: a certificate gets a new label, the next run makes it and switches.

The plan of that run has the order that a renewal needs: the new certificate beside the old one, then CERTLABL, then the
refresh with its consent. The old one stays until somebody takes it out.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.prepare import ASSUMED_RELEASE
from wizard.engine.scripts import recipe_scripts
from wizard.engine.source import find_source
from wizard.errors import Refused, UsageError
from wizard.mq.releases import Release
from wizard.run.files import write_file
from wizard.topology.build import build

if TYPE_CHECKING:
    from wizard.recipe.nodes import Plain

LONGEST = 64
"""Characters of a label (MQ_CERT_LABEL_LENGTH)."""


@dataclass(frozen=True)
class Renewed:
    """A certificate whose label in the recipe is a new one; `self_signed` says that partners need its public part."""

    name: str
    old: str
    new: str
    self_signed: bool


def renew(wanted: str, names: Sequence[str], year: int) -> list[Renewed]:
    """Give the certificates of these queue managers and clients new labels, in the recipe's own text.

    Raises UsageError for a recipe that is no file, or a name without a certificate in it; Refused for one whose key is
    made on another host.
    """
    source = find_source(wanted)
    path = Path(source.identity)
    if not path.is_file():
        raise UsageError(f"{wanted} is a shipped recipe.", remedy="Copy it to a file, and renew there.")
    recipe = source.read()
    topology = build(recipe, Release.parse(ASSUMED_RELEASE), recipe_scripts(recipe, source.base))
    holders = {one.name: ("queue_managers", one.identity) for one in topology.queue_managers}
    hosted = {one.name: one.host for one in topology.clients if one.asks_us}
    holders |= {one.name: ("clients", one.identity) for one in topology.clients}
    text, done = source.text, []
    taken = {identity.label.lower() for _, identity in holders.values() if identity}
    for name in names:
        section, identity = holders.get(name, ("", None))
        if identity is None:
            known = ", ".join(each for each, (_, one) in holders.items() if one)
            raise UsageError(f"{name} has no certificate in {wanted}.", remedy=f"Name one of: {known}.")
        if name in hosted:
            raise Refused(
                f"The key of {name} is made on {hosted[name]}.",
                "A new certificate takes a new request from there.",
                f"Have it send a new exchange/{name}.csr, then run the recipe.",
            )
        label = next_label(identity.label, year, taken)
        taken.add(label.lower())
        text = _relabelled(text, section, name, label)
        done.append(Renewed(name, identity.label, label, self_signed=topology.trust == "self-signed"))
    write_file(path, text.encode(), mode=stat.S_IMODE(path.stat().st_mode), replace=True)
    return done


def next_label(label: str, year: int, taken: set[str]) -> str:
    """The label with the year behind it, and a number where that one is taken already."""
    stem = re.sub(r"-20\d\d(-\d+)?$", "", label)
    for number in range(1, len(taken) + 3):
        ending = f"-{year}" if number == 1 else f"-{year}-{number}"
        found = stem[: LONGEST - len(ending)] + ending
        if found.lower() not in taken:
            return found
    raise AssertionError("one of more numbers than labels is free")


def _relabelled(text: str, section: str, name: str, label: str) -> str:
    from wizard.recipe.compose import compose
    from wizard.recipe.editor import set_value
    from wizard.recipe.nodes import plain

    found = plain(compose(text, "recipe"))
    for part in (section, name, "certificate"):
        found = found.get(part) if isinstance(found, dict) else None
    if isinstance(found, str):  # the short form, which is the certificate's name
        whole: dict[str, Plain] = {"name": found, "label": label}
        return set_value(text, (section, name, "certificate"), whole)
    return set_value(text, (section, name, "certificate", "label"), label)
