"""The actions of `runmqakm -certreq`."""

from __future__ import annotations

from wizard.sandbox.keys import algorithms, certificates, details, listing, making, messages, repository
from wizard.sandbox.keys.arguments import Options
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.repository import Repository
from wizard.sandbox.keys.requests import Request


def create(options: Options, version: str) -> list[str]:
    """Make a key and a request for a certificate; a label that any entry or request has is refused (recalled)."""
    repo = making.opened(options, version)
    label = making.new_label(options, repo)
    if repo.request(label) is not None:
        raise messages.duplicate()
    name, how = making.name_of(options), algorithms.algorithm(options.get("-sig_alg"))
    profile = making.profile(options)
    profile.extensions()  # what is wrong is told before a key is made
    target = making.fresh(options, "-file")
    key = algorithms.generate(how, options.get("-size"))
    made = Request(label, certificates.request(name, key, profile, how), key)
    repository.save(repo.having(requests=[*repo.requests, made]))
    repository.write(target, made.pem.encode())
    return []


def recreate(options: Options, version: str) -> list[str]:
    """Make a new request with the key and the subject of a personal certificate."""
    repo = making.opened(options, version)
    entry = making.entry_of(repo, options)
    if entry.key is None:
        raise failure("no-key", label=entry.label)
    target = making.fresh(options, "-target")
    how = algorithms.for_key(entry.key, options.get("-sig_alg"))
    csr = certificates.request(entry.certificate.subject, entry.key, certificates.Profile(), how)
    made = Request(entry.label, csr, entry.key)
    others = [one for one in repo.requests if one.label != entry.label]
    repository.save(repo.having(requests=[*others, made]))
    repository.write(target, made.pem.encode())
    return []


def show_list(options: Options, version: str) -> list[str]:
    """List the labels of the pending requests."""
    return listing.requests(making.opened(options, version).requests)


def show_details(options: Options, version: str) -> list[str]:
    """Show one pending request."""
    return details.request(_request(making.opened(options, version), options))


def delete(options: Options, version: str) -> list[str]:
    """Delete one pending request with its key."""
    repo = making.opened(options, version)
    gone = _request(repo, options)
    repository.save(repo.having(requests=[one for one in repo.requests if one is not gone]))
    return []


def extract(options: Options, version: str) -> list[str]:
    """Write one pending request to a file once more."""
    waiting = _request(making.opened(options, version), options)
    repository.write(making.fresh(options, "-target"), waiting.pem.encode())
    return []


def _request(repo: Repository, options: Options) -> Request:
    label = options.need("-label")
    found = repo.request(label)
    if found is None:
        raise messages.no_entry(label)
    return found


ACTIONS = {
    "-create": create,
    "-list": show_list,
    "-details": show_details,
    "-delete": delete,
    "-extract": extract,
    "-recreate": recreate,
}
