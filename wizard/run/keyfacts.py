"""What key repositories, kits, our authority and the exchange folder hold right now."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Generator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from wizard.errors import MqWizardError
from wizard.plan.adopt import named_store, own_label
from wizard.plan.facts import AuthorityFact, CertificateFact, KitFact, PasswordWay, QueueManagerFact, StoreFact
from wizard.plan.handmade import kept_password
from wizard.run.call import Finished
from wizard.run.failures import not_told
from wizard.run.keys import pending_key
from wizard.run.labels import end, field, fingerprint, key, lists, refuses, request_labels, store_entries
from wizard.run.machine import PASSWORD_PROMPT, Machine, Request
from wizard.run.secrets import Secret
from wizard.topology.values import Client, Identity, QueueManager, Repository, Topology

LARGEST_KIT_FILE = 1_000_000


SUCCESSOR = "-pkcs12.p12"
"""How the name of a store ends that took the place of a CMS store beside it."""


class Depth(Enum):
    """How much is asked about the entries of a store besides the own certificate, which is asked all about."""

    OWN = "own"
    NAMES = "names"
    EVERY = "every"


Listing = Generator[Request, Finished, StoreFact]
"""Asks runmqakm for what a key repository holds."""


def store_facts(
    machine: Machine,
    wanted: Sequence[QueueManager],
    facts: Mapping[str, QueueManagerFact],
    foreign: Collection[str],
    now: datetime,
    way: PasswordWay,
    *,
    every: bool = False,
) -> dict[str, StoreFact]:
    """The key repositories of queue managers by name, all listed at the same time.

    Of a foreign queue manager it is the one that SSLKEYR names, with the certificate that CERTLABL names. `every` asks
    for all about each entry, not about the own certificate alone.
    """
    stored = [one for one in wanted if one.repository is not None and facts[one.name].ssl_folder]
    listings = [
        _of_foreign(machine, one, facts[one.name], now, every=every)
        if one.name in foreign
        else _of_ours(machine, one, facts[one.name], now, way, every=every)
        for one in stored
    ]
    return {one.name: fact for one, fact in zip(stored, machine.together(listings), strict=True)}


def _of_ours(
    machine: Machine, wanted: QueueManager, fact: QueueManagerFact, now: datetime, way: PasswordWay, *, every: bool
) -> Listing:
    assert wanted.repository is not None  # noqa: S101 - callers have looked
    older = _older(wanted.repository, fact)
    path = _our_file(machine, wanted.repository, fact, older)
    label = _label(wanted, fact)
    own = _own_password(machine, wanted, path, way)
    if own is not None:
        return replace(own_listing(machine, path, label, own, now), by_hand=True)
    if not wanted.repository.stash and way.closed:
        return replace(StoreFact(path=str(path), exists=path.exists()), stash=False)
    words, prompts = _opened(machine, wanted.repository, stash=wanted.repository.stash)
    found = yield from _listed(machine, path, label, words, prompts, now, Depth.EVERY if every else Depth.NAMES)
    if older is None:
        return found
    former = yield from _listed(machine, older, label, ("-stashed",), (), now, Depth.NAMES)
    return replace(found, former=former)


def _older(repository: Repository, fact: QueueManagerFact) -> Path | None:
    """The CMS store that a queue manager uses while a PKCS#12 store is wanted."""
    file, kind = named_store(fact.own.text("SSLKEYR")) if fact.own else ("", "")
    return Path(file) if repository.type == "pkcs12" and kind == "cms" and Path(file).exists() else None


def _our_file(machine: Machine, repository: Repository, fact: QueueManagerFact, older: Path | None) -> Path:
    """The file of a store of ours: one that took the place of a CMS store has a name, and so a stash, of its own."""
    usual = machine.path(f"{repository.folder or fact.ssl_folder}/{repository.file_name}")
    if usual.exists() or repository.type == "cms":
        return usual
    if older is not None:
        return older.with_name(f"{older.stem}{SUCCESSOR}")
    file, kind = named_store(fact.own.text("SSLKEYR")) if fact.own else ("", "")
    return Path(file) if kind == "pkcs12" and file.endswith(SUCCESSOR) else usual


def _depth(identity: Identity | None, *, every: bool) -> Depth:
    """How much a plan needs to know of a client's store: a CA elsewhere is found by the names in it."""
    if every:
        return Depth.EVERY
    return Depth.NAMES if identity and identity.requested else Depth.OWN


def _label(wanted: QueueManager, fact: QueueManagerFact) -> str:
    """The label of the certificate that is looked at closely: the wanted one, or that which took its place."""
    label = wanted.identity.label if wanted.identity else ""
    shown = own_label(fact.own) if fact.own else ""
    return shown if shown.rpartition("-")[0] == label and shown.rpartition("-")[2].isdigit() else label


def _own_password(machine: Machine, wanted: QueueManager, path: Path, way: PasswordWay) -> Secret | None:
    """The password of a store that mqwizard wrote itself; None where runmqakm keeps the store."""
    assert wanted.repository is not None  # noqa: S101 - callers have looked
    if not path.exists() or path.with_suffix(".sth").exists() or wanted.repository.type != "pkcs12":
        return None
    if wanted.repository.stash:
        return machine.keyring.known(kept_password(wanted))
    return machine.keyring.secret(wanted.repository.password) if way.closed else None


def _of_foreign(
    machine: Machine, wanted: QueueManager, fact: QueueManagerFact, now: datetime, *, every: bool
) -> Listing:
    assert wanted.repository is not None and fact.own is not None  # noqa: S101 - callers have looked
    path = Path(named_store(fact.own.text("SSLKEYR"))[0])
    stash = path.with_suffix(".sth").exists()
    words, prompts = _opened(machine, wanted.repository, stash=stash or wanted.repository.stash)
    label = own_label(fact.own)
    found = yield from _listed(machine, path, label, words, prompts, now, Depth.EVERY if every else Depth.NAMES)
    return replace(found, stash=stash)


def _opened(
    machine: Machine, repository: Repository, *, stash: bool
) -> tuple[tuple[str, ...], tuple[tuple[str, Secret], ...]]:
    """How runmqakm is given a store's password: words for it, and the answer to its prompt."""
    if stash:
        return ("-stashed",), ()
    return ("-pw", "-"), ((PASSWORD_PROMPT, machine.keyring.secret(repository.password)),)


def _listed(  # noqa: PLR0917 - what decides how a store is opened
    machine: Machine,
    path: Path,
    label: str,
    words: tuple[str, ...],
    prompts: tuple[tuple[str, Secret], ...],
    now: datetime,
    depth: Depth,
) -> Listing:
    """One store, each of its entries by its label at least."""
    if not path.exists():
        return StoreFact(path=str(path), exists=False)
    status = path.stat()
    group = _group(machine, status)
    mode = stat.S_IMODE(status.st_mode)
    how = ("-v",) if depth is Depth.NAMES else ()
    listing = yield Request(("runmqakm", "-cert", "-list", "-db", str(path), *words, *how), prompts=prompts)
    if not lists(listing.output):
        if refuses(listing.output):
            return StoreFact(path=str(path), exists=True, mode=mode, group=group)
        raise not_told(listing, f"What {path} holds")
    entries = store_entries(listing.output)
    own = next((one for one in entries if one.personal and one.label.lower() == label.lower()), None)
    requests: tuple[str, ...] = ()
    for number, one in enumerate(entries):
        if one is own or depth is Depth.EVERY:
            argv = ("runmqakm", "-cert", "-details", "-db", str(path), *words, "-label", one.label)
            details = yield Request(argv, prompts=prompts)
            if not field(details.output, "Subject"):
                raise not_told(details, f"What the certificate {one.label} in {path} says")
            entries[number] = detailed(one, details.output, now)
    if own is None and label:
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


def _group(machine: Machine, status: os.stat_result) -> str:
    return "mqm" if status.st_gid == machine.mqm else str(status.st_gid)


def detailed(entry: CertificateFact, details: str, now: datetime) -> CertificateFact:
    """An entry of a listing with what runmqakm's details say about it."""
    last = end(details)
    days = (last - now.astimezone(UTC).replace(tzinfo=None)).days if last else None
    return CertificateFact(
        entry.label,
        entry.personal,
        field(details, "Subject"),
        field(details, "Issuer"),
        fingerprint(details),
        days,
        key(details),
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


def exchange_facts(machine: Machine) -> dict[str, str]:
    """The public certificate files in the exchange folder that can be read → their subjects."""
    found = {}
    for path in sorted(machine.path("exchange").glob("*.pem")):
        from wizard.pki.certificates import read_certificates

        try:
            found[f"exchange/{path.name}"] = read_certificates(path.read_bytes())[0].subject
        except (MqWizardError, OSError):
            continue
    return found


def kit_facts(machine: Machine, topology: Topology, now: datetime, *, every: bool = False) -> dict[str, KitFact]:
    """Each client's kit as it lies in its folder; `every` as with `store_facts`."""
    here = [client for client in topology.clients if machine.path(client.kit).is_dir()]
    stores = machine.together([_client_store(machine, client, now, every=every) for client in here])
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


def _client_store(
    machine: Machine, client: Client, now: datetime, *, every: bool
) -> Generator[Request, Finished, StoreFact | None]:
    if not client.store_here:
        return None
    path = machine.path(client.store)
    label = client.identity.label if client.identity else ""
    if not client.release.pkcs12_repository:
        return (yield from _listed(machine, path, label, ("-stashed",), (), now, _depth(client.identity, every=every)))
    password = machine.keyring.known(client.store_password)
    older = path.with_suffix(".kdb")
    if not path.exists() and older.exists():
        return (yield from _listed(machine, older, label, ("-stashed",), (), now, _depth(client.identity, every=every)))
    if not path.exists() or password is None:
        waits = (label,) if label and pending_key(path).exists() else ()
        return StoreFact(path=str(path), exists=path.exists(), requests=waits)
    return own_listing(machine, path, label, password, now)


def own_listing(machine: Machine, path: Path, label: str, password: Secret, now: datetime) -> StoreFact:
    """What a PKCS#12 store that mqwizard keeps holds, read without runmqakm."""
    from wizard.pki.certificates import read_certificates
    from wizard.pki.store import read_pkcs12

    entries = []
    for entry in read_pkcs12(path.read_bytes(), password.reveal(), own=True):
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
                certificate.key,
            )
        )
    status = path.stat()
    return StoreFact(
        str(path),
        exists=True,
        usable=True,
        certificates=tuple(entries),
        requests=(label,) if pending_key(path).exists() else (),
        mode=stat.S_IMODE(status.st_mode),
        group=_group(machine, status),
        stash=False,
    )
