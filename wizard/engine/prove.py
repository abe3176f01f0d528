"""Proves a set-up: the ladder and the reverse cases for every client, and the report beside the recipe."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from wizard import __version__
from wizard.engine.places import digest
from wizard.engine.prepare import Prepared
from wizard.engine.request import Request
from wizard.errors import OperationFailed
from wizard.plan.access import access_of
from wizard.plan.facts import PasswordWay
from wizard.plan.records import plan_records
from wizard.proof.ladder import Ladder
from wizard.proof.report import proof_markdown, proof_records
from wizard.proof.reverse import ReverseCases
from wizard.proof.setting import Setting
from wizard.proof.stage import Stage, login, staged
from wizard.proof.values import Check, Proof, Verdict
from wizard.run import checks as run_checks
from wizard.run.files import make_folder, write_file
from wizard.run.journal import Journal, who
from wizard.run.machine import Machine
from wizard.run.passwordway import password_way
from wizard.run.transcript import now
from wizard.topology.values import Client, QueueManager

Watch = Callable[[Check], None]


def prove(prepared: Prepared, journal: Journal, *, prove_refusals: bool, watch: Watch) -> Proof:
    """Every check for every client, each handed to `watch` as it comes; what was made for it is removed again.

    What `watch` raises ends the proof.
    """
    machine = prepared.machine
    assert machine is not None  # noqa: S101 - only what was carried out is proven
    found: list[Check] = []
    for queue_manager in prepared.topology.queue_managers:
        made = _of_queue_manager(prepared, machine, journal, queue_manager, prove_refusals=prove_refusals)
        with closing(made) as checks:
            for check in checks:
                found.append(check)
                watch(check)
    return Proof(
        recipe=Path(prepared.source.name).stem,
        host=machine.host,
        moment=now().strftime("%Y-%m-%d %H:%M"),
        checks=tuple(found),
    )


def _of_queue_manager(
    prepared: Prepared, machine: Machine, journal: Journal, wanted: QueueManager, *, prove_refusals: bool
) -> Generator[Check, None, None]:
    clients = prepared.topology.clients_of(wanted.name)
    if not clients:
        return
    errors = _error_folder(machine, wanted)
    made_here = _made_here(prepared, wanted.name)
    closed = _stores_closed(prepared, machine, clients)
    with staged(machine, journal, wanted.name, clients, prepared.places.proof) as stage:
        for client in clients:
            setting = _setting(prepared, machine, wanted, client, stage, errors)
            setting = _with(setting, made_here=made_here, prove_refusals=prove_refusals)
            setting = replace(setting, stores_closed=closed and not client.release.pkcs12_repository)
            yield from _of_client(setting)


def _setting(
    prepared: Prepared, machine: Machine, wanted: QueueManager, client: Client, stage: Stage, errors: Path
) -> Setting:
    return Setting(
        machine=machine,
        topology=prepared.topology,
        queue_manager=wanted,
        client=client,
        stage=stage,
        errors=errors,
        made_here=False,
        prove_refusals=False,
        password=login(machine, client),
    )


def _with(setting: Setting, *, made_here: bool, prove_refusals: bool) -> Setting:
    return replace(setting, made_here=made_here, prove_refusals=prove_refusals)


def _of_client(setting: Setting) -> Iterator[Check]:
    """The ladder; the reverse cases only where it stands, since a broken one refuses everybody."""
    ladder = Ladder(setting)
    for check in ladder.climb():
        yield check
        if check.verdict is Verdict.FAILED:
            return
    yield from ReverseCases(setting, ladder.local_address).all()


def _stores_closed(prepared: Prepared, machine: Machine, clients: Iterable[Client]) -> bool:
    """Whether a throw-away CMS store would take a password that runmqakm can be given on its command line only."""
    way = prepared.facts.password_way
    if way is PasswordWay.UNTRIED and not all(one.release.pkcs12_repository for one in clients):
        way = password_way(machine)
    return way.closed


def _made_here(prepared: Prepared, name: str) -> bool:
    address = f"{name}/queue-manager"
    return name not in prepared.facts.queue_managers or prepared.facts.memory.ours(address)


def _error_folder(machine: Machine, wanted: QueueManager) -> Path:
    """The folder of the queue manager's error log, beside its ssl folder or below MQ's data path (facts 8)."""
    if wanted.repository and not wanted.repository.folder:
        reply = machine.ask({wanted.name: ["DISPLAY QMGR SSLKEYR"]})[wanted.name][0]
        return Path(run_checks.ssl_folder(wanted.name, reply)).parent / "errors"
    folder = wanted.name.replace(".", "!").replace("/", "&")
    root = Path(wanted.creation.data_path) if wanted.creation.data_path else machine.installation.data_path / "qmgrs"
    return root / folder / "errors"


def write_report(prepared: Prepared, proof: Proof, request: Request) -> Path:
    """Write the report beside the recipe, as Markdown and JSON, and return the path of the first."""
    machine = prepared.machine
    if machine is None:
        raise OperationFailed("There is no machine to report on.")
    about = _about(prepared, proof, request)
    folder = machine.path("proof")
    make_folder(folder, mode=0o755)
    stem = f"{proof.recipe}-{now().strftime('%Y-%m-%d-%H%M%S')}"
    path = free_path(folder, stem)
    cells = [cell for one in access_of(prepared.topology, prepared.facts) for cell in one.cells]
    write_file(path, proof_markdown(proof, about, cells).encode(), mode=0o644)
    records = "\n".join(proof_records(proof, about)) + "\n"
    write_file(path.with_suffix(".json"), records.encode(), mode=0o644)
    return path


def free_path(folder: Path, stem: str) -> Path:
    """A name for a report that no other has: an auditor's copy is never written over."""
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(folder / f"{name}.md" for name in names if not (folder / f"{name}.md").exists())


def _about(prepared: Prepared, proof: Proof, request: Request) -> dict[str, str]:
    acting = who(os.environ)
    machine = prepared.machine
    about = {
        "made by": f"mqwizard {__version__}",
        "moment": now().isoformat(timespec="seconds"),
        "host": proof.host,
        "user": str(acting["user"]),
        "user behind sudo": str(acting["sudo_user"] or "none"),
        "change": request.change or "none",
        "IBM MQ": f"{machine.installation.release} ({machine.installation.name})" if machine else "",
        "practice in the sandbox": "yes" if machine and machine.sandboxed else "no",
        "recipe": prepared.source.identity,
        "digest of the recipe": digest(prepared.source.text),
        "digest of the plan": digest("\n".join(plan_records(prepared.plan))),
    }
    return about | _fingerprints(prepared)


def _fingerprints(prepared: Prepared) -> dict[str, str]:
    """The SHA-256 fingerprints of the public certificates that the set-up rests on."""
    machine = prepared.machine
    if machine is None:
        return {}
    names = [one.public for one in prepared.topology.queue_managers if one.repository]
    names += [one.public for one in prepared.topology.clients if one.identity]
    if prepared.topology.authority:
        names.insert(0, prepared.topology.authority.certificate)
    found = {}
    for name in names:
        path = machine.path(name)
        if path.is_file():
            from wizard.pki.certificates import read_certificates

            certificate = read_certificates(path.read_bytes())[0]
            found[f"certificate {certificate.subject}"] = certificate.fingerprint
    return found
