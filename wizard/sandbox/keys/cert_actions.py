"""The actions of `runmqakm -cert` that make, show, change and delete entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cryptography import x509

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.keys import (
    algorithms,
    certificates,
    details,
    exchange_actions,
    listing,
    making,
    messages,
    reading,
    repository,
    validation,
)
from wizard.sandbox.keys.arguments import Options
from wizard.sandbox.keys.entries import Entry
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.names import text_of
from wizard.sandbox.keys.repository import Repository
from wizard.sandbox.recalled import recalled


def create(options: Options, version: str) -> list[str]:
    """Make a key and its self-signed certificate."""
    repo = making.opened(options, version)
    if options.get("-x509version") not in (None, "3"):
        raise SandboxError("The sandbox makes X.509 version 3 certificates only.")
    label = making.new_label(options, repo)
    name, how = making.name_of(options), algorithms.algorithm(options.get("-sig_alg"))
    profile, life = making.profile(options), certificates.days(options.get("-expire"))
    profile.extensions()  # what is wrong is told before a key is made
    key = algorithms.generate(how, options.get("-size"))
    made = certificates.self_signed(name, key, profile, how, life)
    repository.save(repo.having(entries=[*repo.store.entries, Entry(label, made, key)]))
    return []


def show_list(options: Options, version: str) -> list[str]:
    """List the labels."""
    entries = making.opened(options, version).store.entries
    return listing.certificates(entries, options.which, verbose=options.flag("-v"), expiry=options.flag("-expiry"))


def show_details(options: Options, version: str) -> list[str]:
    """Show one entry."""
    repo = making.opened(options, version)
    return details.certificate(making.entry_of(repo, options), version)


def delete(options: Options, version: str) -> list[str]:
    """Delete one entry, key and all; that a signer others depend on goes too is recalled."""
    repo = making.opened(options, version)
    gone = making.entry_of(repo, options)
    repository.save(repo.having(entries=[one for one in repo.store.entries if one is not gone]))
    return []


def validate(options: Options, version: str) -> list[str]:
    """Check chain, authorities and dates of one entry."""
    repo = making.opened(options, version)
    problem = validation.problem(making.entry_of(repo, options).certificate, repo.store.entries)
    if problem is not None:
        raise problem
    return [recalled("keys.valid")]


def modify(options: Options, version: str) -> list[str]:
    """Switch the trust status of one entry."""
    repo = making.opened(options, version)
    trusted = _trust(options)
    return _changed(repo, making.entry_of(repo, options), lambda entry: replace(entry, trusted=trusted))


def rename(options: Options, version: str) -> list[str]:
    """Give one entry another label; labels with an apostrophe are beyond the real tool (seen)."""
    repo = making.opened(options, version)
    if "'" in options.need("-label") + options.need("-new_label"):
        raise failure("apostrophe")
    entry = making.entry_of(repo, options)
    wanted = options.need("-new_label")
    if wanted.casefold() != entry.label.casefold():
        wanted = making.new_label(options, repo, "-new_label")
    return _changed(repo, entry, lambda one: replace(one, label=wanted))


def _changed(repo: Repository, entry: Entry, change: Callable[[Entry], Entry]) -> list[str]:
    repository.save(repo.having(entries=[change(one) if one is entry else one for one in repo.store.entries]))
    return []


def add(options: Options, version: str) -> list[str]:
    """Add signers; without a label each gets its subject as label. Chains are not checked (seen)."""
    repo = making.opened(options, version)
    path = Path(options.need("-file"))
    reading.encoding(options.get("-format"))
    found = reading.certificates(path)
    trusted = options.get("-trust") is None or _trust(options)
    if options.get("-label") is not None:
        if len(found) > 1:
            raise SandboxError(
                f"{path} holds {len(found)} certificates, and -label names one.",
                "Which label the others get is not known.",
                "Add each certificate from its own file, or leave -label out.",
            )
        label = making.new_label(options, repo)
        if _holds(repo, found[0]):
            raise messages.duplicate()
        fresh = [Entry(label, found[0], None, trusted)]
    else:
        fresh = [Entry(text_of(one.subject), one, None, trusted) for one in found]
        labels = [one.label.casefold() for one in (*repo.store.entries, *fresh)]
        if any(_holds(repo, one) for one in found) or len(set(labels)) < len(labels):
            raise messages.not_imported(path)
    repository.save(repo.having(entries=[*repo.store.entries, *fresh]))
    return []


def _holds(repo: Repository, certificate: x509.Certificate) -> bool:
    return any(one.certificate == certificate for one in repo.store.entries)


def _trust(options: Options) -> bool:
    word = options.need("-trust")
    if word.lower() not in {"enable", "disable"}:
        raise failure("option-value", option="-trust", value=word)
    return word.lower() == "enable"


def receive(options: Options, version: str) -> list[str]:
    """Take the answer to a pending request; a wrong chain fails the command, yet the certificate stays (seen)."""
    repo = making.opened(options, version)
    reading.encoding(options.get("-format"))
    answer = reading.certificates(Path(options.need("-file")))[0]
    fitting = [one for one in repo.requests if one.key.public_key() == answer.public_key()]
    if not fitting:
        raise failure("no-request")
    request = fitting[0]
    before = repo.store.find(request.label)
    if _holds(repo, answer) or (before is not None and not _same_key(before, answer)):
        raise messages.duplicate()
    received = Entry(request.label, answer, request.key)
    others = [one for one in repo.store.entries if one is not before]
    waiting = [one for one in repo.requests if one is not request]
    kept = repo.having(entries=[*others, received], requests=waiting)
    repository.save(kept)
    problem = validation.problem(answer, kept.store.entries)
    if problem is not None:
        raise problem
    return []


def _same_key(entry: Entry, certificate: x509.Certificate) -> bool:
    return entry.key is not None and entry.key.public_key() == certificate.public_key()


def sign(options: Options, version: str) -> list[str]:
    """Make a certificate of somebody's request with a key of this repository."""
    repo = making.opened(options, version)
    issuer = making.entry_of(repo, options)
    if issuer.key is None:
        raise failure("no-key", label=issuer.label)
    csr = reading.request(Path(options.need("-file")))
    how = algorithms.for_key(issuer.key, options.get("-sig_alg"))
    life = certificates.days(options.get("-expire"))
    target = making.fresh(options, "-target")
    made = certificates.signed(csr, (issuer.certificate.subject, issuer.key), how, life)
    content = made.public_bytes(reading.encoding(options.get("-format")))
    repository.write(target, content, making.public_mode())
    return []


def refuse_default(options: Options, version: str) -> list[str]:
    """A default certificate means nothing to MQ since 8.0; the sandbox does not keep one."""
    del version
    raise SandboxError(
        f"The sandbox does not simulate {options.action}.",
        "IBM MQ takes no notice of a default certificate.",
        "Name the certificate in CERTLABL.",
    )


ACTIONS = {
    "-create": create,
    "-list": show_list,
    "-details": show_details,
    "-delete": delete,
    "-validate": validate,
    "-modify": modify,
    "-rename": rename,
    "-add": add,
    "-receive": receive,
    "-sign": sign,
    "-extract": exchange_actions.extract,
    "-import": exchange_actions.take_in,
    "-export": exchange_actions.export,
    "-setdefault": refuse_default,
    "-getdefault": refuse_default,
}
