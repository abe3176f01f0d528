"""Looks at a queue manager's key repository: its files, and every certificate in it with its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from wizard.errors import MqWizardError
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.mq.secret_text import SecretRef
from wizard.plan.facts import CertificateFact
from wizard.run.doctor.asking import AT_ONCE, Heard, heard
from wizard.run.doctor.known import KEPT_BESIDE
from wizard.run.doctor.look_folders import folder
from wizard.run.doctor.seen import StoreSeen
from wizard.run.labels import end, field, store_entries
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.secrets import Secret

EMPTY = "No certificates were found"

Opening = tuple[tuple[str, ...], tuple[tuple[str, Secret], ...]]
"""How runmqakm opens a repository: words of its command line, and answers to its prompts."""


def repository(keyr: str, release: Release) -> Path:
    """The file that SSLKEYR means: it may carry an ending from 9.3 on, else it is a stem (facts TLS 2.2)."""
    if release.repository_with_extension and Path(keyr).suffix:
        return Path(keyr)
    return Path(f"{keyr}.kdb")


def store(
    machine: Machine, own: MqObject, release: Release, known: SecretRef | None, day: datetime
) -> StoreSeen | None:
    """The key repository of a queue manager, from its own attributes; None where SSLKEYR is blank.

    It is opened with its stash, else with the password that the recipe keeps; KEYRPWD itself shows to nobody.
    """
    keyr = own.text("SSLKEYR")
    if not keyr:
        return None
    path = repository(keyr, release)
    beside = [path, *(path.with_suffix(ending) for ending in KEPT_BESIDE)]
    files = tuple(found for each in beside if (found := folder(each)).exists)
    seen = StoreSeen(
        str(path),
        keyr,
        exists=path.exists(),
        files=files,
        stash=path.with_suffix(".sth").exists(),
        password_set=bool(own.text("KEYRPWD")),
        listed=False,
    )
    if not seen.exists or not machine.installation.has("runmqakm"):
        return seen
    opening = _opening(machine, known, stash=seen.stash)
    return seen if opening is None else _listed(machine, seen, opening, day)


def _opening(machine: Machine, known: SecretRef | None, *, stash: bool) -> Opening | None:
    if stash:
        return ("-stashed",), ()
    try:
        secret = machine.keyring.known(known) if known else None
    except MqWizardError:
        return None
    return (("-pw", "-"), ((PASSWORD_PROMPT, secret),)) if secret else None


def _listed(machine: Machine, seen: StoreSeen, opening: Opening, day: datetime) -> StoreSeen:
    (listing,) = _ask(machine, seen.path, opening, [("-list",)])
    if listing.trouble and EMPTY not in listing.output:
        return replace(seen, trouble=listing.trouble)
    entries = store_entries(listing.output)
    details = _ask(machine, seen.path, opening, [("-details", "-label", one.label) for one in entries])
    certificates = tuple(_certificate(one, each, day) for one, each in zip(entries, details, strict=True))
    return replace(seen, listed=True, certificates=certificates)


def _ask(machine: Machine, path: str, opening: Opening, actions: list[tuple[str, ...]]) -> list[Heard]:
    words, prompts = opening
    requests = [
        Request(("runmqakm", "-cert", one[0], "-db", path, *words, *one[1:]), prompts=prompts) for one in actions
    ]
    answers: list[Heard] = []
    for start in range(0, len(requests), AT_ONCE):
        answers += [heard(ended) for ended in machine.run_all(requests[start : start + AT_ONCE])]
    return answers


def _certificate(entry: CertificateFact, details: Heard, day: datetime) -> CertificateFact:
    last = end(details.output)
    return replace(
        entry,
        subject=field(details.output, "Subject"),
        issuer=field(details.output, "Issuer"),
        days_left=(last - day).days if last else None,
    )
