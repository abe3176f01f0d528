"""Tries rows with a client that connects over a socket (`connect`) to a listener in this process.

The queue manager QM1 has the default objects, the queue APP.Q, the channel APP1.SVRCONN with MCAUSER('app1'), the users
app1 and pat (password `right`) in the group apps, which may connect, put and get, and `boss` in the group mqm. `set`
are MQSC commands that change that. With `tls: true` the channel asks for ANY_TLS12_OR_HIGHER and a certificate, the
queue manager has the certificate `qm1` of the Acme CA, and the client has one too: `certificate` names another one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import refusals_certificates as certificates
from mqsc_calls import add_queue_manager
from refusals_rows import Row, attempts, listed, versions
from wire_support import STORE_PASSWORD, Site, authority, listening, write_store

from wizard.sandbox import users
from wizard.sandbox.commands import amqsgetc, amqsputc
from wizard.sandbox.install import prepare
from wizard.sandbox.keys import files
from wizard.sandbox.keys.store import FULL_NAMES_FROM, StoreFormat, parse, release, serialize
from wizard.sandbox.mqsc import engine
from wizard.sandbox.mqsc.context import Context
from wizard.sandbox.recalled import RECALLED
from wizard.sandbox.wire import client_tls
from wizard.sandbox.wire.client import CallError, ConnectError, Connection
from wizard.sandbox.wire.client_settings import KeySettings
from wizard.sandbox.wire.identity import Credentials

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
PROGRAMS = {"amqsputc": amqsputc, "amqsgetc": amqsgetc}


@cache
def _password() -> str:
    return users.hashed("right")


def _site(folder: Path, version: str, how: dict[str, Any]) -> Site:
    prepare(folder, version)
    site = Site(folder)
    with site.state() as state:
        add_queue_manager(state, QMGR)
        data = folder / "var/mqm/qmgrs" / QMGR
        for below in ("errors", "ssl", "@ipcc"):
            (data / below).mkdir(parents=True)
        (data / "errors/AMQERR01.LOG").touch()
        (data / "qm.ini").write_text(how.get("ini", "Channels:\n   ChlauthEarlyAdopt=Y\n"))
        with users.change(folder) as accounts:
            accounts.groups["apps"] = users.Group("apps", 7000)
            for number, name in enumerate(("app1", "pat", "abcdefghijkl")):
                accounts.users[name] = users.User(name, 7001 + number, "apps", _password())
            accounts.users["boss"] = users.User("boss", 7010, "mqm", _password())
        _run(site, SET_UP)
        if "hosts" in how:
            (folder / "hosts").write_text(how["hosts"] + (folder / "hosts").read_text())
        if how.get("tls"):
            _trust(site, how)
        if "channel_cipher" in how:
            _run(site, [f"ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLCIPH({how['channel_cipher']})"])
    _run(site, listed(how.get("set")))
    return site


def _run(site: Site, commands: Any) -> None:
    with site.state() as state:
        for command in commands:
            reply = engine.execute(Context(state, QMGR), command.replace("{folder}", str(site.folder)))
            assert not reply.failed and not reply.syntax_error, (command, reply.lines)


def _trust(site: Site, how: dict[str, Any]) -> None:
    """The queue manager's key repository, and the channel that uses it."""
    manager = how.get("manager", {})
    label = manager.get("label", "qm1")
    signers = [authority(), *(certificates.signer(name) for name in listed(manager.get("trusts")))]
    name = manager.get("certificate", "qm1")
    personal = {} if name == "none" else {label: certificates.named(name)}
    for extra in listed(manager.get("also")):
        personal[extra] = certificates.named(extra)
    path = site.folder / "var/mqm/qmgrs" / QMGR / "ssl" / "key.p12"
    write_store(path, personal, [one.certificate for one in signers])
    if manager.get("stash") is False:
        path.with_suffix(".sth").unlink()
    elif "stash_mode" in manager:
        _withhold(path.with_suffix(".sth"))
    if "mode" in manager:
        _withhold(path)
    if how["tls"] == "cms":
        path = _as_cms(path)
    elif how["tls"] == "pkcs12-as-kdb":
        path = path.rename(path.with_suffix(".kdb"))
    by_stem = how.get("keyr", "full" if path.suffix == ".p12" else "stem") == "stem"
    named = path.with_suffix("") if by_stem else path
    setup = SET_UP_TLS if "channel_cipher" not in how else SET_UP_TLS[1:]
    _run(site, (f"ALTER QMGR SSLKEYR('{named}')", *setup))


def _as_cms(path: Path) -> Path:
    """The same repository as a CMS file, its stash beside it."""
    made = parse(path, path.read_bytes(), STORE_PASSWORD)
    target = path.with_suffix(".kdb")
    files.write(target, serialize(dataclasses.replace(made, path=target, format=StoreFormat.CMS), "9.4.0.0"), 0o640)
    path.unlink()
    return target


def _withhold(path: Path) -> None:
    """Make a file one that a queue manager, which runs as mqm, may not read."""
    path.chmod(0o600)


def try_connection(row: Row, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A client connects and gets the reason code, or the user, that the row expects; both logs say why."""
    assert all(key in RECALLED for key in listed(row.expect.get("assumes")))
    for number, (how, expect) in enumerate(attempts(row)):
        for version in versions(row):
            place = folder / f"{number}-{version}"
            with listening(_site(place, version, how)) as site, pytest.MonkeyPatch.context() as patch:
                if how.get("sni"):
                    patch.setattr(client_tls.sni, "encode", lambda _: "mqhost.example.com")
                _attempt(site, how, expect, monkeypatch, capsys)


def _attempt(
    site: Site,
    how: dict[str, Any],
    expect: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if "first" in how:
        _one(site, how["first"], {"reason": 0, **how.get("first_expect", {})}, bool(how.get("tls")))
        if "then_ini" in how:
            (site.folder / "var/mqm/qmgrs" / QMGR / "qm.ini").write_text(how["then_ini"])
        _run(site, listed(how.get("then")))
    if how.get("ended"):
        with site.state() as state:
            state.db.execute("UPDATE qmgr SET status = 'Quiescing'")
    before = len(site.messages()), len(site.messages(None))
    if how["connect"].get("program"):
        _program(site, how["connect"], expect, monkeypatch, capsys)
    else:
        _one(site, how["connect"], expect, bool(how.get("tls")))
    if "server" in expect:
        assert site.messages()[before[0] :][: len(listed(expect["server"]))] == listed(expect["server"]), site.log()
    if "client" in expect:
        found = site.messages(None)[before[1] :]
        assert found[: len(listed(expect["client"]))] == listed(expect["client"]), site.log(None)
    for text in listed(expect.get("says")):
        assert site.says(text), site.log()


def _one(site: Site, client: dict[str, Any], expect: dict[str, Any], has_tls: bool) -> None:
    keys, cipher = _keys(site, client, has_tls)
    login = client.get("login", "")
    credentials = Credentials(*login.split("/", 1)) if login else None
    wanted = expect.get("reason", 0)
    if isinstance(wanted, str):
        wanted = RECALLED[wanted].value
    try:
        connection = site.connect(
            cipher,
            keys,
            channel=client.get("channel", "APP1.SVRCONN"),
            qmgr=client.get("qmgr", QMGR),
            user=client.get("user", "somebody"),
            credentials=credentials,
            origin=client.get("origin", ""),
            peer=client.get("peer", ""),
        )
    except ConnectError as error:
        site.settle()
        assert error.reason == wanted, (error.reason, site.log(), site.log(None))
        return
    try:
        shown = site.status()[0]
        _admitted(connection, client, expect, shown, wanted)
    finally:
        with contextlib.suppress(CallError):
            connection.disconnect()
        site.settle()


def _admitted(
    connection: Connection, client: dict[str, Any], expect: dict[str, Any], shown: dict[str, Any], wanted: int
) -> None:
    for keyword, value in expect.get("shown", {}).items():
        assert shown[keyword] == value, shown
    for keyword, value in expect.get("shown_end", {}).items():
        assert shown[keyword].endswith(value), shown
    if "runs_as" in expect:
        assert shown["MCAUSER"] == expect["runs_as"], shown
    reason = 0
    try:
        if "open" in client:
            queue, mode = client["open"].split()
            handle = connection.open(queue, mode)
            if "put" in client:
                connection.put(handle, b"x" * int(client["put"]))
            if mode == "get":
                connection.get(handle, 1)
    except CallError as error:
        reason = error.reason
    assert reason == wanted, reason


def _release(site: Site) -> tuple[int, int]:
    with site.state() as state:
        return release(state.meta("version"))


def _keys(site: Site, client: dict[str, Any], has_tls: bool) -> tuple[KeySettings, str]:
    cipher = client.get("cipher", ANY if has_tls else "")
    if not cipher or client.get("repository") == "none":
        return KeySettings(), cipher
    name = client.get("certificate", "app1")
    trusted = [certificates.signer(one) for one in listed(client.get("trusts", "acme"))]
    personal = {} if name == "none" else {client.get("stored_as", "app1"): certificates.named(name)}
    keys = site.client_store(*trusted, **personal)
    if _release(site) < FULL_NAMES_FROM:
        keys = dataclasses.replace(keys, repository=str(_as_cms(Path(keys.repository)).with_suffix("")))
    label = client.get("label", keys.label)
    return KeySettings(keys.repository, keys.password, label, fips=client.get("fips", False)), cipher


@contextlib.contextmanager
def _input(text: str) -> Iterator[None]:
    old = sys.stdin
    sys.stdin = io.StringIO(text)
    try:
        yield
    finally:
        sys.stdin = old


def _program(
    site: Site,
    client: dict[str, Any],
    expect: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Run a sample program with an environment of its own; `{...}` inserts address, port, folder, repository."""
    name = client.get("certificate", "app1")
    store = write_store(
        site.folder / "client" / "key.p12",
        {} if name == "none" else {"app1": certificates.named(name)},
        [authority().certificate],
    )
    if client.get("stash") is False:
        store.with_suffix(".sth").unlink()
    inserts = {
        "folder": str(site.folder),
        "port": str(site.port),
        "store": str(store),
        "stem": str(store.with_suffix("")),
        "password": STORE_PASSWORD,
    }
    monkeypatch.chdir(site.folder)
    for variable in ("MQSERVER", "MQCCDTURL", "MQCHLLIB", "MQCHLTAB", "MQSSLKEYR", "MQKEYRPWD", "MQCERTLABL", "HOME"):
        monkeypatch.delenv(variable, raising=False)
    for file, content in client.get("files", {}).items():
        text = content if isinstance(content, str) else json.dumps(content)
        (site.folder / file).write_text(_inserted(text, inserts), encoding="utf-8")
    for variable, value in client.get("environment", {}).items():
        monkeypatch.setenv(variable, _inserted(str(value), inserts))
    words = [client.get("queue", "APP.Q"), client.get("qmgr", QMGR)]
    with _input(client.get("stdin", "hello\n\n")):
        status = PROGRAMS[client["program"]].main(words, site.folder)
    site.settle()
    printed = capsys.readouterr().out
    wanted = expect.get("reason", 0)
    assert status == (expect["status"] if "status" in expect else wanted & 255), (status, printed, site.log(None))
    if wanted and "status" not in expect:
        assert f"MQCONNX ended with reason code {wanted}" in printed
    for text in listed(expect.get("holds")):
        assert text in printed, printed
    for text in listed(expect.get("lacks")):
        assert text not in printed, printed


def _inserted(text: str, inserts: dict[str, str]) -> str:
    for name, value in inserts.items():
        text = text.replace("{" + name + "}", value)
    return text
