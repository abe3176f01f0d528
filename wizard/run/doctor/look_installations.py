"""Looks at the installations of MQ: which there are, which one is used, what it holds, what this session points at."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from wizard.errors import MqWizardError
from wizard.run.doctor.asking import hear
from wizard.run.doctor.known import COMMANDS, GSKIT9, ICU_FOLDERS, STEERING
from wizard.run.doctor.seen import InstallationSeen, MqSeen
from wizard.run.driver import Driver
from wizard.run.installation import Installation, described, find, installed, labelled, locate, stanzas

BUILT = re.compile(r"[-L](\d{6})\b", re.ASCII)
"""The build date in a Level such as p940-L240605.1 or p944-001-251203 (facts commands 3.2)."""

JAVA = ("java/jre64/jre/bin/java", "java/bin/java")
"""Where an installation keeps its own Java (recalled)."""


def installations(driver: Driver, environment: Mapping[str, str], wanted: str | None) -> MqSeen:
    """The installations, the chosen one, and what can be seen of it."""
    seen = MqSeen(
        installations=_listed(driver),
        steering=tuple(name for name in STEERING if environment.get(name)),
    )
    try:
        chosen = find(driver, wanted)
    except MqWizardError as error:
        seen = replace(seen, refused=error)
        fallback = _fallback(driver, seen)
        if fallback is None:
            return seen
        chosen = fallback
    set_up = environment.get("MQ_INSTALLATION_PATH", "")
    seen = replace(seen, chosen=chosen, set_up=_named(set_up, chosen), on_path=_on_path(driver, chosen))
    return _inside(driver, chosen, seen)


def _listed(driver: Driver) -> tuple[InstallationSeen, ...]:
    """What dspmqinst lists, else the one that dspmqver describes."""
    listing = locate(driver, "dspmqinst")
    if listing is not None:
        (answer,) = hear(driver, (listing,))
        found = tuple(
            InstallationSeen(
                each["InstName"],
                each["InstPath"],
                each.get("Version", ""),
                each.get("Primary", "").casefold() == "yes",
                each.get("State", "Available"),
            )
            for each in stanzas(answer.output)
            if each.get("InstName") and each.get("InstPath")
        )
        if found and not answer.trouble:
            return found
    try:
        return tuple(InstallationSeen(name, str(path)) for name, path in installed(driver).items())
    except MqWizardError:
        return ()


def _fallback(driver: Driver, seen: MqSeen) -> Installation | None:
    """An installation to look through all the same, where none was chosen: the primary one first."""
    for each in sorted(seen.installations, key=lambda one: not one.primary):
        try:
            return described(driver, Path(each.path))
        except MqWizardError:
            continue
    return None


def _on_path(driver: Driver, chosen: Installation) -> str:
    """The installation that a person reaches by typing dspmq; PATH may hold links into it."""
    found = driver.find("dspmq")
    if found is None:
        return ""
    if os.path.realpath(found) == os.path.realpath(chosen.command("dspmq")):
        return str(chosen.path)
    return str(Path(os.path.realpath(found)).parent.parent)


def _named(path: str, chosen: Installation) -> str:
    """A path, as the chosen installation calls itself where it is the same place."""
    return str(chosen.path) if path and os.path.realpath(path) == os.path.realpath(chosen.path) else path


def _inside(driver: Driver, chosen: Installation, seen: MqSeen) -> MqSeen:
    (version,) = hear(driver, (chosen.command("dspmqver"),))
    built = BUILT.search(labelled(version.output).get("Level", ""))
    wanted = [command for known in COMMANDS if chosen.release >= known.since for command in known.commands]
    return replace(
        seen,
        built=built[1] if built else "",
        missing=frozenset(command for command in wanted if not _usable(chosen, command)),
        gskit9=(chosen.path / GSKIT9).is_dir(),
        icu=_icu(),
        java=_java(driver, chosen),
    )


def _usable(installation: Installation, command: str) -> bool:
    return installation.has(command) and os.access(installation.command(command), os.X_OK)


def _icu() -> bool:
    return any(next(Path(folder).glob("libicuio.so.*"), None) for folder in ICU_FOLDERS if Path(folder).is_dir())


def _java(driver: Driver, installation: Installation) -> str:
    own = next((installation.path / place for place in JAVA if (installation.path / place).exists()), None)
    return str(own or driver.find("java") or "")
