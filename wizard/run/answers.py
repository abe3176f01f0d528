"""Finds the answers of a CA elsewhere in the exchange folder: any form, any name, any order, text around it.

An answer is known by the public key of our request. Everything is read within bounds; what cannot be read is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.errors import MqWizardError
from wizard.plan.facts import AnswerFact, RequestFact, SignerFact
from wizard.plan.stores import same_subject
from wizard.run.machine import Machine
from wizard.topology.values import Client, QueueManager, Tls, Topology, plain_word

if TYPE_CHECKING:
    from wizard.pki.values import Certificate

MOST_FILES = 200
LARGEST = 1024 * 1024


def answer_facts(machine: Machine, topology: Topology, now: datetime) -> tuple[dict[str, AnswerFact], tuple[str, ...]]:
    """Owner → what lies in the exchange folder for its request, where its request does; and what cannot be read."""
    everybody: list[QueueManager | Client] = [*topology.queue_managers, *topology.clients]
    owners = [one for one in everybody if one.identity and one.identity.requested]
    if not owners:
        return {}, ()
    held, unread = _certificates(machine.path("exchange"))
    found = {}
    for one in owners:
        digest = _requested(machine.path(one.request))
        if digest:
            found[one.name] = _answer(one, _cipher(topology, one), digest, held, now)
    return found, tuple(unread)


def _cipher(topology: Topology, owner: QueueManager | Client) -> str:
    if isinstance(owner, Client):
        return owner.cipher
    return next((one.cipher for one in topology.clients_of(owner.name) if one.tls is not Tls.NONE), "")


def _requested(path: Path) -> str:
    """The digest of the public key in a request; empty where there is none that can be read."""
    from wizard.pki.reading import read_request

    try:
        return read_request(path.read_bytes()).public_key
    except (OSError, MqWizardError):
        return ""


def _certificates(folder: Path) -> tuple[dict[str, list[Certificate]], list[str]]:
    """Every certificate in a folder by its file; and the files that hold none, with why."""
    from wizard.pki.reading import read_certificates

    held: dict[str, list[Certificate]] = {}
    unread = []
    for path in _files(folder):
        try:
            held[path.name] = read_certificates(path.read_bytes())
        except MqWizardError as error:
            unread.append(f"exchange/{path.name}: {error.what} {error.means}".strip())
        except OSError as error:
            unread.append(f"exchange/{path.name} cannot be read: {error.strerror}")
    return held, unread


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    files = [one for one in sorted(folder.iterdir()) if one.is_file() and not one.is_symlink()]
    for path in files[:MOST_FILES]:
        if path.suffix not in {".csr", ".json", ".md"} and path.stat().st_size <= LARGEST:
            yield path


def _answer(
    owner: QueueManager | Client, cipher: str, digest: str, held: dict[str, list[Certificate]], now: datetime
) -> AnswerFact:
    """The newest certificate for the key of a request, with the chain that the folder has for it."""
    from wizard.pki.chains import follow
    from wizard.pki.lint import Expected, Rule, Severity, Use, lint

    assert owner.identity is not None  # noqa: S101 - callers have looked
    answers = [(name, one) for name, each in held.items() for one in each if one.public_key == digest]
    if not answers:
        return AnswerFact()
    name, leaf = max(answers, key=lambda pair: (not pair[1].self_signed, pair[1].not_before))
    everything = [one for each in held.values() for one in each]
    way = follow(leaf, everything)
    expected = Expected(use=Use.ANSWER, public_key=digest, cipher_spec=cipher)
    errors = [one for one in lint(way, now=now, expected=expected) if one.severity is Severity.ERROR]
    missing = [one for one in errors if one.rule is Rule.CHAIN_INCOMPLETE]
    wrong = [f"{one.what} {one.remedy}" for one in errors if one.rule is not Rule.CHAIN_INCOMPLETE]
    if not same_subject(leaf.subject, owner.identity.subject):
        wrong.append(
            f"The CA changed the name: {owner.identity.subject} was asked for, {leaf.subject} came back. Put the new "
            "name into the recipe (certificate: {distinguished_name: …}), or ask the CA again."
        )
    return AnswerFact(
        file=f"exchange/{name}",
        subject=leaf.subject,
        issuer=leaf.issuer,
        pem=leaf.pem.decode("ascii"),
        chain=_signers(way[1:], everything),
        missing=missing[0].remedy if missing else "",
        wrong="; ".join(wrong),
    )


def _signers(chain: tuple[Certificate, ...], everything: list[Certificate]) -> tuple[SignerFact, ...]:
    return tuple(
        SignerFact(_label(one, everything), one.subject, one.fingerprint, one.pem.decode("ascii")) for one in chain
    )


def _label(ca: Certificate, everything: list[Certificate]) -> str:
    """The CA's name in small letters; with a piece of its fingerprint where another CA would have the same."""
    label = plain_word(ca.common_name or ca.subject)[:40]
    others = {
        one.fingerprint for one in everything if one.is_ca and plain_word(one.common_name or one.subject)[:40] == label
    }
    return label if len(others) == 1 else f"{label}-{ca.fingerprint.replace(':', '')[:8].lower()}"


def request_facts(machine: Machine, topology: Topology, now: datetime) -> dict[str, RequestFact]:
    """The requests of clients whose keys are made on other hosts, each judged before anything is signed."""
    found = {}
    for client in topology.clients:
        path = machine.path(client.request)
        if client.asks_us and topology.authority and path.is_file() and not path.is_symlink():
            found[client.name] = _request(client, path, machine.path(client.public), now)
    return found


def _request(client: Client, path: Path, public: Path, now: datetime) -> RequestFact:
    from wizard.pki.findings import Severity
    from wizard.pki.lint_files import lint_contents, read_file

    assert client.identity is not None  # noqa: S101 - callers have looked
    if path.stat().st_size > LARGEST:
        return RequestFact(wrong="it is far too large for a request")
    contents = read_file(path.read_bytes())
    errors = [one for one in lint_contents(contents, now=now) if one.severity is Severity.ERROR]
    if errors or contents.request is None:
        wrong = "; ".join(f"{one.what} {one.remedy}" for one in errors) or "it is no certificate request"
        return RequestFact(wrong=wrong)
    asked = contents.request
    key = asked.public_key.upper()
    shown = ":".join(key[at : at + 2] for at in range(0, len(key), 2))
    if not same_subject(asked.subject, client.identity.subject):
        return RequestFact(shown, wrong=f"it asks for {asked.subject}, and the recipe wants {client.identity.subject}")
    return RequestFact(shown, answered=_answers(public, asked.public_key))


def _answers(public: Path, digest: str) -> bool:
    from wizard.pki.reading import read_certificates

    try:
        return read_certificates(public.read_bytes())[0].public_key == digest
    except (OSError, MqWizardError):
        return False
