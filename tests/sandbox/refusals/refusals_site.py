"""The machine and the queue manager that the rows about connections start from (see refusals_wire)."""

from __future__ import annotations

import atexit
import dataclasses
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import refusals_certificates as certificates
from mqsc_calls import add_queue_manager
from refusals_rows import listed
from wire_support import STORE_PASSWORD, Identity, Site, authority, write_store

from wizard.sandbox import users
from wizard.sandbox.install import prepare
from wizard.sandbox.keys import files
from wizard.sandbox.keys.store import StoreFormat, parse, serialize
from wizard.sandbox.mqsc import engine
from wizard.sandbox.mqsc.context import Context

QMGR = "QM1"
ANY = "ANY_TLS12_OR_HIGHER"
SET_UP = (
    "DEFINE QLOCAL(APP.Q)",
    "DEFINE CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) MCAUSER('app1')",
    "DEFINE CHANNEL(OPEN.SVRCONN) CHLTYPE(SVRCONN)",
    "ALTER AUTHINFO(SYSTEM.DEFAULT.AUTHINFO.IDPWOS) AUTHTYPE(IDPWOS) FAILDLAY(0)",
    "SET AUTHREC OBJTYPE(QMGR) GROUP('apps') AUTHADD(CONNECT,INQ)",
    "SET AUTHREC PROFILE(APP.Q) OBJTYPE(QUEUE) GROUP('apps') AUTHADD(PUT,GET)",
)
SET_UP_TLS = (f"ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLCIPH({ANY})", "ALTER QMGR CERTLABL('qm1')")
DATA = Path("var/mqm/qmgrs") / QMGR


@cache
def _template(version: str) -> Path:
    """A machine of a release with the queue manager, without TLS."""
    folder = Path(tempfile.mkdtemp(prefix="refusals-")) / "box"
    atexit.register(shutil.rmtree, folder.parent)
    prepare(folder, version)
    for below in ("errors", "ssl", "@ipcc"):
        (folder / DATA / below).mkdir(parents=True)
    (folder / DATA / "errors/AMQERR01.LOG").touch()
    password = users.hashed("right")
    with users.change(folder) as accounts:
        accounts.groups["apps"] = users.Group("apps", 7000)
        for number, name in enumerate(("app1", "pat")):
            accounts.users[name] = users.User(name, 7001 + number, "apps", password)
        accounts.users["boss"] = users.User("boss", 7010, "mqm", password)
    site = Site(folder)
    with site.state() as state:
        add_queue_manager(state, QMGR)
    run(site, SET_UP)
    # Nothing starts a command here.
    shutil.rmtree(folder / "bin")
    return folder


def made(folder: Path, version: str, how: Mapping[str, Any]) -> Site:
    """A machine of its own for one try of a row."""
    shutil.copytree(_template(version), folder, symlinks=True)
    site = Site(folder)
    (folder / DATA / "qm.ini").write_text(how.get("ini", "Channels:\n   ChlauthEarlyAdopt=Y\n"))
    if "hosts" in how:
        (folder / "hosts").write_text(how["hosts"] + (folder / "hosts").read_text())
    if how.get("tls"):
        _trust(site, how)
    if "channel_cipher" in how:
        run(site, [f"ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLCIPH({how['channel_cipher']})"])
    run(site, listed(how.get("set")))
    return site


def run(site: Site, commands: Iterable[str]) -> None:
    """MQSC commands that must succeed."""
    with site.state() as state:
        for command in commands:
            reply = engine.execute(Context(state, QMGR), command)
            assert not reply.failed and not reply.syntax_error, (command, reply.lines)


_stores: dict[tuple[object, ...], tuple[bytes, bytes]] = {}


def store(path: Path, personal: Mapping[str, Identity], signers: Iterable[Identity]) -> Path:
    """A key repository with its stash; one with the same content is copied."""
    trusted = [one.certificate for one in signers]
    key = (*((label, one.certificate) for label, one in personal.items()), "signers", *trusted)
    if key not in _stores:
        write_store(path, personal, trusted)
        _stores[key] = path.read_bytes(), path.with_suffix(".sth").read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    for place, data in zip((path, path.with_suffix(".sth")), _stores[key], strict=True):
        files.write(place, data, 0o640)
    return path


def _trust(site: Site, how: Mapping[str, Any]) -> None:
    """The queue manager's key repository, and the channel that uses it."""
    manager = how.get("manager", {})
    label = manager.get("label", "qm1")
    signers = [authority(), *(certificates.signer(name) for name in listed(manager.get("trusts")))]
    name = manager.get("certificate", "qm1")
    personal = {} if name == "none" else {label: certificates.named(name)}
    for extra in listed(manager.get("also")):
        personal[extra] = certificates.named(extra)
    path = store(site.folder / DATA / "ssl" / "key.p12", personal, signers)
    if manager.get("stash") is False:
        path.with_suffix(".sth").unlink()
    elif "stash_mode" in manager:
        _withhold(path.with_suffix(".sth"))
    if "mode" in manager:
        _withhold(path)
    if how["tls"] == "cms":
        path = as_cms(path)
    elif how["tls"] == "pkcs12-as-kdb":
        path = path.rename(path.with_suffix(".kdb"))
    by_stem = how.get("keyr", "full" if path.suffix == ".p12" else "stem") == "stem"
    named = path.with_suffix("") if by_stem else path
    setup = SET_UP_TLS if "channel_cipher" not in how else SET_UP_TLS[1:]
    run(site, (f"ALTER QMGR SSLKEYR('{named}')", *setup))


def as_cms(path: Path) -> Path:
    """The same repository as a CMS file, its stash beside it."""
    opened = parse(path, path.read_bytes(), STORE_PASSWORD)
    target = path.with_suffix(".kdb")
    files.write(target, serialize(dataclasses.replace(opened, path=target, format=StoreFormat.CMS), "9.4.0.0"), 0o640)
    path.unlink()
    return target


def _withhold(path: Path) -> None:
    """Make a file one that a queue manager, which runs as mqm, may not read."""
    path.chmod(0o600)
