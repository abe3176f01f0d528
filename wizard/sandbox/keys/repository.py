"""A key repository with all its files, as runmqakm makes, opens, changes and deletes it.

CMS is four files: certificates `.kdb`, pending requests `.rdb`, revocations `.crl` and, on request, the
stash `.sth`; PKCS#12 is one, with `<stem>.rdb` beside it while requests wait. Every file is replaced in one
step.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.keys import files, pbe, requests, store
from wizard.sandbox.keys.entries import Entry
from wizard.sandbox.keys.files import Kind
from wizard.sandbox.keys.messages import failure
from wizard.sandbox.keys.pkcs12 import NotPkcs12Error, is_modern
from wizard.sandbox.keys.requests import Request
from wizard.sandbox.keys.store import Store, StoreFormat, StoreProblem

FORMATS = {
    "cms": StoreFormat.CMS,
    "kdb": StoreFormat.CMS,
    "pkcs12": StoreFormat.PKCS12,
    "p12": StoreFormat.PKCS12,
}


@dataclass(frozen=True)
class Repository:
    """An opened repository: its store and the requests that wait."""

    store: Store
    version: str
    requests: tuple[Request, ...] = ()

    def having(
        self, *, entries: Iterable[Entry] | None = None, requests: Iterable[Request] | None = None
    ) -> Repository:
        """The same repository with other entries or requests."""
        changed = self.store if entries is None else self.store.having(entries)
        return replace(self, store=changed, requests=self.requests if requests is None else tuple(requests))

    def request(self, label: str) -> Request | None:
        """The request with this label, whatever its case."""
        wanted = label.casefold()
        return next((one for one in self.requests if one.label.casefold() == wanted), None)


def format_of(text: str | None, option: str) -> StoreFormat | None:
    """The format that -type and its relatives name; raises CommandError for another word."""
    if text is None:
        return None
    if text.lower() not in FORMATS:
        raise failure("option-value", option=option, value=text)
    return FORMATS[text.lower()]


def create(path: Path, password: str, wanted: StoreFormat, version: str) -> Repository:
    """Make an empty repository; the caller sees to what is there already. Raises CommandError."""
    made = Repository(Store(path, wanted, password), version)
    if wanted is StoreFormat.CMS:
        write_revocations(made.store)
    else:
        _forget_requests(path)
    save(made)
    return made


def open_repository(path: Path, password: str, version: str, wanted: StoreFormat | None = None) -> Repository:
    """Open a repository; `wanted` is the type that the command named. Raises CommandError."""
    data = read(path)
    try:
        opened = store.parse(path, data, password)
        too_new = opened.format is StoreFormat.PKCS12 and not reads_modern(version) and is_modern(data)
    except store.StoreError as error:
        key = "password" if error.problem is StoreProblem.PASSWORD else "type"
        raise failure(key, path=path) from error
    except NotPkcs12Error as error:
        raise failure("type", path=path) from error
    if too_new:
        raise failure("encryption", path=path)
    if wanted is not None and wanted is not opened.format:
        raise failure("type", path=path)
    return Repository(opened, version, _waiting(opened))


def write_revocations(main: Store) -> None:
    """Write the empty revocation list that stands beside a CMS store."""
    write(main.path.with_suffix(".crl"), files.seal(Kind.REVOCATIONS, b"", main.password))


def reads_modern(version: str) -> bool:
    """Whether the release reads PKCS#12 files with AES and a SHA-256 MAC; that 9.3 does is recalled."""
    return store.release(version) >= store.FULL_NAMES_FROM


def save(repository: Repository) -> None:
    """Write the repository; the requests last, so that no key is lost between the two."""
    main = repository.store
    write(main.path, store.serialize(main, repository.version))
    path, kind = _requests_place(main)
    waiting = requests.encode(repository.requests)
    if kind is Kind.PKCS12_REQUESTS:
        if not waiting:
            _forget_requests(main.path)
            return
        if path.exists() and files.kind_of(path.read_bytes()) is not kind:
            raise SandboxError(
                f"{path} belongs to another key repository.",
                "The sandbox keeps the certificate requests of a PKCS#12 file there.",
                "Give the two repositories different names.",
            )
    write(path, files.seal(kind, waiting, main.password))


def delete(repository: Repository) -> None:
    """Delete the repository's files, the stash with them; raises CommandError."""
    main = repository.store
    try:
        if main.format is StoreFormat.CMS:
            for suffix in (".rdb", ".crl"):
                main.path.with_suffix(suffix).unlink(missing_ok=True)
        else:
            _forget_requests(main.path)
        store.stash_path(main.path).unlink(missing_ok=True)
        main.path.unlink()
    except OSError as error:
        raise failure("unwritable", path=main.path) from error


def stash(repository: Repository) -> None:
    """Write the stash file beside the repository."""
    write(store.stash_path(repository.store.path), files.stash(repository.store.password))


def read(path: Path) -> bytes:
    """The bytes of a file that a command names; raises CommandError when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise failure("file", path=path) from error


def write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file that a command makes; raises CommandError when it cannot be written."""
    try:
        files.write(path, content, mode)
    except OSError as error:
        raise failure("unwritable", path=path) from error


def _requests_place(main: Store) -> tuple[Path, Kind]:
    kind = Kind.REQUESTS if main.format is StoreFormat.CMS else Kind.PKCS12_REQUESTS
    return main.path.with_suffix(".rdb"), kind


def _waiting(main: Store) -> tuple[Request, ...]:
    """The pending requests; a file that is another repository's, or older than this one, holds none."""
    path, kind = _requests_place(main)
    if not path.exists():
        return ()
    try:
        return requests.decode(files.unseal(read(path), kind, main.password))
    except (files.DamagedError, pbe.WrongPasswordError):
        return ()


def _forget_requests(path: Path) -> None:
    place = path.with_suffix(".rdb")
    if place.exists() and files.kind_of(place.read_bytes()) is Kind.PKCS12_REQUESTS:
        place.unlink()
