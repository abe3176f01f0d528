"""What key repositories, kits, our authority and the exchange folder hold right now."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from wizard.errors import MqWizardError
from wizard.plan.facts import AuthorityFact, CertificateFact, KitFact, StoreFact
from wizard.run.call import Finished
from wizard.run.keys import pending_key
from wizard.run.labels import end, field, fingerprint, request_labels, store_entries
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.secrets import Secret
from wizard.topology.values import Client, QueueManager, Topology

LARGEST_KIT_FILE = 1_000_000


Listing = Generator[Request, Finished, StoreFact]
"""Asks runmqakm for what a key repository holds."""


def store_facts(
    machine: Machine, wanted: Sequence[QueueManager], folders: Mapping[str, str], now: datetime
) -> dict[str, StoreFact]:
    """The key repositories of queue managers by name, all listed at the same time; `folders` are their ssl folders."""
    stored = [one for one in wanted if one.repository is not None and folders[one.name]]
    found = machine.together([_of_queue_manager(machine, one, folders[one.name], now) for one in stored])
    return {one.name: fact for one, fact in zip(stored, found, strict=True)}


def _of_queue_manager(machine: Machine, wanted: QueueManager, folder: str, now: datetime) -> Listing:
    assert wanted.repository is not None  # noqa: S101 - callers have looked
    path = machine.path(f"{wanted.repository.folder or folder}/{wanted.repository.file_name}")
    label = wanted.identity.label if wanted.identity else ""
    password = None if wanted.repository.stash else wanted.repository.password
    words = ("-stashed",) if password is None else ("-pw", "-")
    prompts = () if password is None else ((PASSWORD_PROMPT, machine.keyring.secret(password)),)
    return (yield from _listed(machine, path, label, words, prompts, now))


def _listed(
    machine: Machine,
    path: Path,
    label: str,
    words: tuple[str, ...],
    prompts: tuple[tuple[str, Secret], ...],
    now: datetime,
) -> Listing:
    if not path.exists():
        return StoreFact(path=str(path), exists=False)
    status = path.stat()
    group = "mqm" if status.st_gid == machine.mqm else str(status.st_gid)
    mode = stat.S_IMODE(status.st_mode)
    listing = yield Request(("runmqakm", "-cert", "-list", "-db", str(path), *words), prompts=prompts)
    if listing.exit_status != 0 and "No certificates were found" not in listing.output:
        return StoreFact(path=str(path), exists=True, mode=mode, group=group)
    entries = store_entries(listing.output)
    own = next((one for one in entries if one.personal and one.label.lower() == label.lower()), None)
    requests: tuple[str, ...] = ()
    if own is not None:
        details = yield Request(
            ("runmqakm", "-cert", "-details", "-db", str(path), *words, "-label", own.label), prompts=prompts
        )
        entries = [_detailed(own, details.output, now) if one is own else one for one in entries]
    elif label:
        pending = yield Request(("runmqakm", "-certreq", "-list", "-db", str(path), *words), prompts=prompts)
        requests = request_labels(pending.output)
    return StoreFact(
        str(path),
        exists=True,
        usable=True,
        certificates=tuple(entries),
        requests=requests,
        mode=mode,
        group=group,
    )


def _detailed(entry: CertificateFact, details: str, now: datetime) -> CertificateFact:
    last = end(details)
    days = (last - now.astimezone(UTC).replace(tzinfo=None)).days if last else None
    return CertificateFact(
        entry.label,
        entry.personal,
        field(details, "Subject"),
        field(details, "Issuer"),
        fingerprint(details),
        days,
    )


def authority_fact(machine: Machine, topology: Topology, now: datetime) -> AuthorityFact:
    """Our own authority's folder; its certificate is read, its key is not touched."""
    if topology.authority is None or not machine.path(topology.authority.folder).exists():
        return AuthorityFact("absent")
    from wizard.pki.ca import CertificateAuthority
    from wizard.pki.certificates import read_certificates

    state = CertificateAuthority.exists(machine.path(topology.authority.folder))
    if state != "whole":
        return AuthorityFact(state)
    certificate = read_certificates(machine.path(topology.authority.certificate).read_bytes())[0]
    return AuthorityFact(state, certificate.subject, (certificate.not_after - now).days)


def exchange_facts(machine: Machine, topology: Topology) -> dict[str, str]:
    """The public certificate files that the topology names and that can be read → their subjects."""
    wanted = [one.public for one in topology.queue_managers if one.repository]
    wanted += [one.public for one in topology.clients if one.identity]
    found = {}
    for name in wanted:
        path = machine.path(name)
        if path.is_file():
            from wizard.pki.certificates import read_certificates

            try:
                found[name] = read_certificates(path.read_bytes())[0].subject
            except MqWizardError:
                continue
    return found


def kit_facts(machine: Machine, topology: Topology, now: datetime) -> dict[str, KitFact]:
    """Each client's kit as it lies in its folder."""
    here = [client for client in topology.clients if machine.path(client.kit).is_dir()]
    stores = machine.together([_client_store(machine, client, now) for client in here])
    return {
        client.name: KitFact(_files(machine.path(client.kit)), store)
        for client, store in zip(here, stores, strict=True)
    }


def _files(folder: Path) -> dict[str, str]:
    """Name → content of the text files of a folder; others by name alone."""
    files = {}
    for entry in os.scandir(folder):
        if entry.is_file(follow_symlinks=False) and entry.stat().st_size <= LARGEST_KIT_FILE:
            files[entry.name] = Path(entry.path).read_text(encoding="utf-8", errors="replace")
    return files


def _client_store(machine: Machine, client: Client, now: datetime) -> Generator[Request, Finished, StoreFact | None]:
    if not client.store_here:
        return None
    path = machine.path(client.store)
    label = client.identity.label if client.identity else ""
    if not client.release.pkcs12_repository:
        return (yield from _listed(machine, path, label, ("-stashed",), (), now))
    password = machine.keyring.known(client.store_password)
    if not path.exists() or password is None:
        return StoreFact(path=str(path), exists=path.exists())
    from wizard.pki.certificates import read_certificates
    from wizard.pki.store import read_pkcs12

    entries = []
    for entry in read_pkcs12(path.read_bytes(), password.reveal()):
        certificate = read_certificates(entry.certificate_pem)[0]
        days = (certificate.not_after - now).days
        entries.append(
            CertificateFact(
                entry.label,
                entry.personal,
                certificate.subject,
                certificate.issuer,
                certificate.fingerprint,
                days,
            )
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    set_aside = (label,) if pending_key(path).exists() else ()
    return StoreFact(str(path), exists=True, usable=True, certificates=tuple(entries), requests=set_aside, mode=mode)
