"""Finds out how runmqakm takes a password on this machine, before a plan relies on it.

That `-pw -` makes it ask at its terminal is recalled, not documented; a runmqakm that takes `-` for the password itself
would leave stores open to everybody. So a throw-away store is made in a folder of its own and opened by our own reader:
only the password that was typed proves that it was read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from wizard.errors import MqWizardError
from wizard.plan.adopt import named_store
from wizard.plan.facts import KitFact, PasswordWay, QueueManagerFact
from wizard.plan.handmade import kept_password
from wizard.run.failures import not_told
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.secrets import Secret
from wizard.topology.values import Client, QueueManager, Topology

TRIAL_SECONDS = 30.0


def password_needed(
    machine: Machine,
    topology: Topology,
    managers: Mapping[str, QueueManagerFact],
    kits: Mapping[str, KitFact],
) -> bool:
    """Whether a plan may have to give runmqakm a password: for a store that is to be made, or that has no stash."""
    return any(_unstashed(machine, one, managers.get(one.name)) for one in topology.queue_managers) or any(
        _to_be_made(client, kits.get(client.name)) for client in topology.clients
    )


def _unstashed(machine: Machine, wanted: QueueManager, fact: QueueManagerFact | None) -> bool:
    """Of a queue manager that stands still nothing is planned yet."""
    if wanted.repository is None or (fact is not None and not fact.running):
        return False
    if fact is None or not wanted.repository.stash:
        return True
    named = named_store(fact.own.text("SSLKEYR"))[0] if fact.own else ""
    usual = f"{wanted.repository.folder or fact.ssl_folder}/{wanted.repository.file_name}"
    if machine.path(usual).exists() and machine.keyring.known(kept_password(wanted)):
        return False
    return not any(machine.path(store).with_suffix(".sth").exists() for store in (named, usual) if store)


def _to_be_made(client: Client, kit: KitFact | None) -> bool:
    """Whether a store for a client that reads CMS only is missing."""
    if not client.store_here or client.release.pkcs12_repository:
        return False
    return kit is None or kit.store is None or not kit.store.exists


def password_way(machine: Machine) -> PasswordWay:
    """How a password may be given to runmqakm; the throw-away store is gone afterwards."""
    if not machine.installation.has("runmqakm"):
        return PasswordWay.ABSENT
    from wizard.pki.passwords import strong_password

    password = machine.keyring.hide(Secret(strong_password()))
    with tempfile.TemporaryDirectory(prefix="mqwizard-") as folder:
        store = Path(folder) / "trial.p12"
        words = ("runmqakm", "-keydb", "-create", "-db", str(store), "-type", "pkcs12", "-pw", "-")
        trial = Request(words, prompts=((PASSWORD_PROMPT, password),), seconds=TRIAL_SECONDS)
        tried = machine.run(trial)
        if tried.signal:
            raise not_told(tried, "How runmqakm takes a password")
        return PasswordWay.TERMINAL if _opens(store, password) else PasswordWay.COMMAND_LINE


def _opens(store: Path, password: Secret) -> bool:
    from wizard.pki.store import read_pkcs12

    try:
        read_pkcs12(store.read_bytes(), password.reveal(), own=True)
    except (MqWizardError, OSError):
        return False
    return True
