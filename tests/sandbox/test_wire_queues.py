"""Puts and gets over the wire: order, limits, aliases, remote queues."""

from __future__ import annotations

from typing import Any

import pytest
from wire_support import QUEUE, Site, plain_site  # noqa: F401 - fixtures

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.wire.client import CallError


def reason(call: Any, *arguments: Any) -> int:
    """The reason code of a call that must fail."""
    with pytest.raises(CallError) as error:
        call(*arguments)
    return error.value.reason


def local(site: Site, name: str, **attributes: Any) -> None:
    """A local queue that app1 may use."""
    site.define("QUEUE", name, "QLOCAL", PUT="ENABLED", GET="ENABLED", MAXDEPTH="5", MAXMSGL="10", **attributes)
    site.grant("apps", "QUEUE", name, "PUT", "GET")


def test_messages_come_back_in_order_and_then_none(site: Site) -> None:
    connection = site.connect()
    writing, reading = connection.open(QUEUE, "put"), connection.open(QUEUE, "get")
    for body in (b"one", "zwei öü".encode(), b"\x00\xff"):
        connection.put(writing, body)
    assert [connection.get(reading, 0) for _ in range(3)] == [b"one", "zwei öü".encode(), b"\x00\xff"]
    assert reason(connection.get, reading, 0) == 2033
    connection.disconnect()


def test_a_full_queue_is_2053(site: Site) -> None:
    local(site, "SMALL.Q")
    connection = site.connect()
    handle = connection.open("SMALL.Q", "put")
    for _ in range(5):
        connection.put(handle, b"x")
    assert reason(connection.put, handle, b"x") == 2053
    connection.disconnect()


def test_a_message_that_is_too_long_is_refused_by_queue_and_by_channel(site: Site) -> None:
    local(site, "SMALL.Q")
    site.channel(MAXMSGL="20")
    connection = site.connect()
    handle = connection.open("SMALL.Q", "put")
    assert reason(connection.put, handle, b"x" * 11) == 2030
    assert reason(connection.put, handle, b"x" * 21) == 2218
    connection.disconnect()


def test_an_inhibited_queue_refuses_the_call_and_not_the_open(site: Site) -> None:
    connection = site.connect()
    writing, reading = connection.open(QUEUE, "put"), connection.open(QUEUE, "get")
    site.define("QUEUE", QUEUE, "QLOCAL", PUT="DISABLED", GET="DISABLED")
    assert reason(connection.put, writing, b"x") == 2051
    assert reason(connection.get, reading, 0) == 2016
    connection.disconnect()


def test_an_alias_needs_its_own_authority_and_leads_to_its_target(site: Site) -> None:
    site.define("QUEUE", "ALIAS.Q", "QALIAS", TARGET=QUEUE, TARGTYPE="QUEUE", PUT="ENABLED", GET="ENABLED")
    connection = site.connect()
    assert reason(connection.open, "ALIAS.Q", "put") == 2035
    site.grant("apps", "QUEUE", "ALIAS.Q", "PUT")
    connection.put(connection.open("ALIAS.Q", "put"), b"through the alias")
    connection.disconnect()
    assert site.bodies(QUEUE) == [b"through the alias"]


def test_an_alias_of_nothing_is_2082(site: Site) -> None:
    site.define("QUEUE", "ALIAS.Q", "QALIAS", TARGET="NO.SUCH", TARGTYPE="QUEUE")
    connection = site.connect()
    assert reason(connection.open, "ALIAS.Q", "put") == 2082
    connection.disconnect()


def test_a_message_for_a_remote_queue_waits_on_the_transmission_queue(site: Site) -> None:
    local(site, "QM2", USAGE="XMITQ")
    site.define("QUEUE", "REMOTE.Q", "QREMOTE", RNAME="THERE", RQMNAME="QM2", XMITQ="", PUT="ENABLED")
    site.grant("apps", "QUEUE", "REMOTE.Q", "PUT")
    connection = site.connect()
    connection.put(connection.open("REMOTE.Q", "put"), b"far")
    assert reason(connection.open, "REMOTE.Q", "get") == 2045
    connection.disconnect()
    assert site.bodies("QM2") == [b"far"]


@pytest.mark.parametrize(("xmitq", "expected"), [("NO.SUCH", 2196), (QUEUE, 2092)])
def test_a_remote_queue_without_transmission_queue_is_not_opened(site: Site, xmitq: str, expected: int) -> None:
    site.define("QUEUE", "REMOTE.Q", "QREMOTE", RNAME="THERE", RQMNAME="QM2", XMITQ=xmitq, PUT="ENABLED")
    connection = site.connect()
    assert reason(connection.open, "REMOTE.Q", "put") == expected
    connection.disconnect()


def test_calls_with_a_wrong_handle_are_refused(site: Site) -> None:
    connection = site.connect()
    handle = connection.open(QUEUE, "put")
    assert reason(connection.get, handle, 0) == 2037
    assert reason(connection.put, handle + 1, b"x") == 2019
    assert reason(connection.open, QUEUE, "steal") == 2046
    connection.disconnect()


def test_what_the_sandbox_does_not_know_it_refuses_loudly(site: Site) -> None:
    site.define("QUEUE", "MODEL.Q", "QMODEL")
    connection = site.connect()
    with pytest.raises(SandboxError, match="QMODEL"):
        connection.open("MODEL.Q", "get")
    connection.disconnect()
