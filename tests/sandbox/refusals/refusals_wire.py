"""Tries rows with a client that connects over a socket (`connect`) to a listener in this process.

The queue manager QM1 has the default objects, the queue APP.Q, the channel APP1.SVRCONN with MCAUSER('app1'), the users
app1 and pat (password `right`) in the group apps, which may connect, put and get, and `boss` in the group mqm. `set`
are MQSC commands that change that. With `tls: true` the channel asks for ANY_TLS12_OR_HIGHER and a certificate, the
queue manager has the certificate `qm1` of the Acme CA, and the client has one too: `certificate` names another one.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import refusals_certificates as certificates
from refusals_rows import Row, attempts, listed, versions
from refusals_site import ANY, DATA, QMGR, as_cms, made, run, store
from wire_support import STORE_PASSWORD, Site, authority, listening

from wizard.sandbox.commands import amqsgetc, amqsputc
from wizard.sandbox.keys.store import FULL_NAMES_FROM, release
from wizard.sandbox.recalled import RECALLED
from wizard.sandbox.wire import client_tls
from wizard.sandbox.wire.client import CallError, ConnectError, Connection
from wizard.sandbox.wire.client_settings import KeySettings
from wizard.sandbox.wire.identity import Credentials

PROGRAMS = {"amqsputc": amqsputc, "amqsgetc": amqsgetc}


def try_connection(row: Row, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A client connects and gets the reason code, or the user, that the row expects; both logs say why."""
    assert all(key in RECALLED for key in listed(row.expect.get("assumes")))
    for number, (how, expect) in enumerate(attempts(row)):
        for version in versions(row):
            place = folder / f"{number}-{version}"
            with listening(made(place, version, how)) as site, pytest.MonkeyPatch.context() as patch:
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
            (site.folder / DATA / "qm.ini").write_text(how["then_ini"])
        run(site, listed(how.get("then")))
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
    number = len(list(site.folder.glob("client/*.p12")))
    path = store(site.folder / "client" / f"{number}.p12", personal, trusted)
    if _release(site) < FULL_NAMES_FROM:
        path = as_cms(path).with_suffix("")
    label = client.get("label", next(iter(personal), "none"))
    return KeySettings(str(path), label=label, fips=client.get("fips", False)), cipher


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
    personal = {} if name == "none" else {"app1": certificates.named(name)}
    path = store(site.folder / "client" / "key.p12", personal, [authority()])
    if client.get("stash") is False:
        path.with_suffix(".sth").unlink()
    inserts = {
        "folder": str(site.folder),
        "port": str(site.port),
        "store": str(path),
        "stem": str(path.with_suffix("")),
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
