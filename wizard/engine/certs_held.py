"""What the key repositories of a recipe, or one that a person names, hold right now. Nothing is changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.engine.certs import certificate_file
from wizard.engine.practice import prepare_sandbox
from wizard.engine.prepare import prepared
from wizard.errors import Refused
from wizard.plan.facts import CertificateFact, Facts
from wizard.plan.held import Held, Inventory, Role, inventory
from wizard.run.keyfacts import detailed, kit_facts, store_facts
from wizard.run.labels import store_entries
from wizard.run.transcript import now

if TYPE_CHECKING:
    from wizard.engine.prepare import Prepared
    from wizard.engine.request import Request
    from wizard.run.machine import Machine


def of_recipe(request: Request) -> Inventory:
    """The certificates in the key repositories that a recipe implies and that are on this machine.

    Raises what reading the recipe and the machine raises; Refused where there is no MQ.
    """
    with prepared(request, dry=True) as ready:
        if ready.machine is None:
            raise Refused("There is no IBM MQ here to ask.", remedy="Use --store FILE for a single key repository.")
        return inventory(ready.topology, _every(ready, ready.machine))


def _every(ready: Prepared, machine: Machine) -> Facts:
    """The facts with all about every entry of every store; a plan needs the own certificates alone."""
    facts, moment = ready.facts, now()
    there = {name: one for name, one in facts.queue_managers.items() if one.running}
    wanted = [one for one in ready.topology.queue_managers if one.name in there]
    foreign = {one.name for one in wanted if one.adopted}
    stores = store_facts(machine, wanted, there, foreign, moment, facts.password_way, every=True)
    managers = {name: replace(one, store=stores.get(name)) for name, one in facts.queue_managers.items()}
    return replace(facts, queue_managers=managers, kits=kit_facts(machine, ready.topology, moment, every=True))


def of_store(store: Path, request: Request, password: str, ask: Callable[[str], str] | None) -> Inventory:
    """The certificates of one key repository: a PKCS#12 file with its password, or one whose password is stashed.

    Raises UsageError for a file that cannot be read, Refused where it cannot be opened.
    """
    if password:
        return Inventory(tuple(_read_ourselves(store, password, ask, now())))
    if not store.with_suffix(".sth").exists():
        raise Refused(
            f"{store} has no stash file beside it.",
            "Nobody can open it without its password.",
            "Name it: --password env:NAME, file:PATH or prompt (PKCS#12 only).",
        )
    return Inventory(tuple(_listed(store, request, now())))


def _read_ourselves(store: Path, password: str, ask: Callable[[str], str] | None, moment: datetime) -> list[Held]:
    from wizard.pki.certificates import read_certificates
    from wizard.pki.store import read_pkcs12
    from wizard.run.secrets import SecretStore

    secret = SecretStore(ask=ask).resolve(password, "key repository")
    held = []
    for entry in read_pkcs12(certificate_file(store), secret.reveal()):
        one = read_certificates(entry.certificate_pem)[0]
        days = (one.not_after - moment).days
        fact = CertificateFact(entry.label, entry.personal, one.subject, one.issuer, one.fingerprint, days, one.key)
        held.append(_alone(store, fact))
    return held


def _listed(store: Path, request: Request, moment: datetime) -> list[Held]:
    from wizard.run.doctor.asking import hear
    from wizard.run.driver import Driver
    from wizard.run.installation import find
    from wizard.run.keyring import Keyring
    from wizard.run.transcript import Transcript

    practice = prepare_sandbox(request.sandbox, request.mq_version) if request.sandbox else None
    keyring = Keyring(environment=os.environ, base=Path.cwd())
    environment = dict(practice.environment if practice else os.environ)
    driver = Driver(environment, transcript=Transcript(None, redact=keyring.redact), secrets=keyring, folder=Path.cwd())
    find(driver, request.installation)
    opened = ("-db", str(store.resolve()), "-stashed")
    (listing,) = hear(driver, ("runmqakm", "-cert", "-list", *opened))
    entries = store_entries(listing.output)
    if listing.trouble and "No certificates were found" not in listing.output:
        raise Refused(f"{store} cannot be opened.", listing.trouble, "Check the file and its stash file.")
    details = hear(driver, *(("runmqakm", "-cert", "-details", *opened, "-label", one.label) for one in entries))
    return [_alone(store, detailed(one, each.output, moment)) for one, each in zip(entries, details, strict=True)]


def _alone(store: Path, fact: CertificateFact) -> Held:
    return Held(store.name, str(store), Role.PERSONAL if fact.personal else Role.SIGNER, fact)
