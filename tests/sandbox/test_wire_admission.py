"""Who is let in over the wire, who is not, and which messages and reason codes say so."""

from __future__ import annotations

import socket

import pytest
from wire_support import CHANNEL, QUEUE, Site, authority, issue, plain_site, until  # noqa: F401 - fixtures

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.wire.client import CallError
from wizard.sandbox.wire.identity import Credentials

NOT_AUTHORIZED = 2035


def open_reason(site: Site, queue: str, mode: str) -> int:
    """The reason code of an MQOPEN that must fail."""
    connection = site.connect()
    with pytest.raises(CallError) as error:
        connection.open(queue, mode)
    connection.disconnect()
    site.settle()
    return error.value.reason


def test_a_client_without_tls_gets_in_puts_and_is_seen(site: Site) -> None:
    connection = site.connect()
    handle = connection.open(QUEUE, "put")
    connection.put(handle, b"hello")
    (shown,) = site.status()
    assert (shown["CHANNEL"], shown["STATUS"], shown["MCAUSER"]) == (CHANNEL, "RUNNING", "app1")
    assert (shown["SSLCIPH"], shown["SECPROT"], shown["RAPPLTAG"]) == ("", "NONE", "amqsputc")
    assert shown["CONNAME"] == site.address
    connection.close(handle)
    connection.disconnect()
    site.settle()
    assert site.bodies() == [b"hello"]
    assert site.status() == []
    assert site.messages() == []


def test_the_row_of_an_open_queue_goes_when_its_program_goes(site: Site) -> None:
    connection = site.connect()
    connection.open(QUEUE, "get")
    with site.state() as state:
        assert [row["mode"] for row in state.db.execute("SELECT mode FROM handle")] == ["INPUT"]
    connection.disconnect()
    site.settle()
    with site.state() as state:
        assert state.db.execute("SELECT count(*) FROM handle").fetchone()[0] == 0


def test_an_unknown_channel_is_2540(site: Site) -> None:
    assert site.refusal(channel="NO.SUCH") == 2540
    assert site.messages() == ["AMQ9519E", "AMQ9999E"]
    assert site.messages(None) == ["AMQ9520E", "AMQ9999E"]
    assert site.says("CommentInsert1(NO.SUCH)")


def test_a_channel_of_another_type_is_not_for_clients(site: Site) -> None:
    site.define("CHANNEL", "TO.QM1", "RCVR", CHLTYPE="RCVR")
    assert site.refusal(channel="TO.QM1") == 2539
    assert site.messages()[0] == "AMQ9502E"


def test_another_queue_manager_than_asked_for_is_2058(site: Site) -> None:
    assert site.refusal(qmgr="QM2") == 2058
    assert site.status() == []


def test_a_queue_manager_that_has_ended_is_2059(site: Site) -> None:
    with site.state() as state:
        state.db.execute("UPDATE qmgr SET status = 'Quiescing'")
    assert site.refusal() == 2059


def test_a_wrong_port_is_2538(site: Site) -> None:
    with socket.create_server((site.address, 0)) as unused:
        site.port = unused.getsockname()[1]
    assert site.refusal() == 2538
    assert site.messages(None) == ["AMQ9202E", "AMQ9999E"]


def test_a_name_without_address_is_2538(site: Site) -> None:
    (site.folder / "hosts").write_text("127.0.0.1 elsewhere\n")
    assert site.refusal() == 2538
    assert site.messages(None) == ["AMQ9203E", "AMQ9999E"]


def test_a_blocked_address_is_cut_off_before_anything_is_read(site: Site) -> None:
    site.rule("*", "BLOCKADDR", ADDRLIST=["10.20.*"])
    assert site.refusal(origin="10.20.30.40") == 2009
    assert site.messages() == ["AMQ9777E", "AMQ9999E"]
    assert site.says("BLOCKADDR")
    site.connect(origin="10.21.30.40").disconnect()


def test_a_blocked_address_learns_nothing_of_tls_either(site: Site) -> None:
    site.rule("*", "BLOCKADDR", ADDRLIST=["10.20.30.40"])
    site.trust(authority(), qm1=issue("CN=QM1,O=Acme,C=GB", authority()))
    assert site.refusal("ANY_TLS12", site.client_store(authority()), origin="10.20.30.40") == 2009
    assert site.messages() == ["AMQ9777E", "AMQ9999E"]
    assert site.messages(None) == ["AMQ9209E", "AMQ9999E"]


def test_a_claimed_address_that_is_none_is_refused_loudly(site: Site) -> None:
    with pytest.raises(SandboxError, match="no address"):
        site.connect(origin="nowhere")


def test_ldap_passwords_are_refused_loudly(site: Site) -> None:
    site.define("AUTHINFO", "AUTH", "IDPWLDAP", AUTHTYPE="IDPWLDAP")
    with pytest.raises(SandboxError, match="LDAP"):
        site.connect(credentials=Credentials("pat", "right"))
    site.connect().disconnect()


def test_an_address_outside_the_rule_is_2035(site: Site) -> None:
    site.rule(CHANNEL, "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS")
    site.rule(CHANNEL, "ADDRESSMAP", ADDRESS="10.1.1.*", USERSRC="MAP", MCAUSER="app1")
    assert site.refusal(origin="10.1.2.3") == NOT_AUTHORIZED
    assert site.messages() == ["AMQ9777E", "AMQ9999E"]
    assert site.says("CLNTUSER(somebody) ADDRESS(10.1.2.3)")
    site.connect(origin="10.1.1.3").disconnect()


def test_rules_do_nothing_while_chlauth_is_disabled(site: Site) -> None:
    site.rule("*", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS")
    site.rule("*", "BLOCKADDR", ADDRLIST=["*"])
    site.alter_qmgr(CHLAUTH="DISABLED")
    site.connect().disconnect()


def test_a_blocked_user_is_2035(site: Site) -> None:
    site.rule("*", "BLOCKUSER", USERLIST=["*MQADMIN"])
    site.channel(MCAUSER="mqm")
    assert site.refusal() == NOT_AUTHORIZED
    assert site.messages() == ["AMQ9776E", "AMQ9999E"]
    assert site.says("MCAUSER(mqm) CLNTUSER(somebody)")


def test_a_user_that_does_not_exist_has_no_authority(site: Site) -> None:
    site.channel(MCAUSER="*NOACCESS")
    assert site.refusal() == NOT_AUTHORIZED
    assert site.messages() == ["AMQ8077W", "AMQ9999E"]
    assert site.says("Entity '*NOACCESS' has insufficient authority to access object QM1 [qmgr].")


def test_the_right_password_is_adopted(site: Site) -> None:
    connection = site.connect(credentials=Credentials("pat", "right"))
    assert [shown["MCAUSER"] for shown in site.status()] == ["pat"]
    connection.disconnect()


def test_a_wrong_password_is_2035_and_says_so_in_the_log_alone(site: Site) -> None:
    assert site.refusal(credentials=Credentials("pat", "hunter2")) == NOT_AUTHORIZED
    assert site.messages() == ["AMQ5534E", "AMQ5542I", "AMQ9557E", "AMQ9999E"]
    assert site.messages(None) == []
    assert "hunter2" not in site.log()


def test_a_changed_connauth_counts_only_after_a_refresh(site: Site) -> None:
    site.connect().disconnect()
    site.define("AUTHINFO", "AUTH", "IDPWOS", CHCKCLNT="REQUIRED")
    site.connect().disconnect()
    site.refresh("CONNAUTH")
    assert site.refusal() == NOT_AUTHORIZED
    assert site.messages()[0] == "AMQ5540E"


def test_a_channel_takes_no_more_clients_than_maxinst(site: Site) -> None:
    site.channel(MAXINST="1")
    first = site.connect()
    with pytest.raises(CallError) as error:
        site.connect()
    assert error.value.reason == 2537
    first.disconnect()
    site.settle()
    site.connect().disconnect()
    assert site.messages() == ["AMQ9489E", "AMQ9999E"]


def test_a_client_takes_no_more_connections_than_maxinstc(site: Site) -> None:
    site.channel(MAXINSTC="1")
    first = site.connect(origin="10.1.1.1")
    site.connect(origin="10.1.1.2").disconnect()
    with pytest.raises(CallError) as error:
        site.connect(origin="10.1.1.1")
    assert error.value.reason == 2537
    first.disconnect()
    site.settle()
    assert "AMQ9490E" in site.messages()


def test_without_authority_a_queue_is_not_opened(site: Site) -> None:
    site.grant("apps", "QUEUE", QUEUE, "PUT")
    assert open_reason(site, QUEUE, "get") == NOT_AUTHORIZED
    assert site.messages() == ["AMQ8077W"]
    assert site.says("The following requested permissions are unauthorized: get")


def test_an_unknown_queue_is_2085(site: Site) -> None:
    assert open_reason(site, "NO.SUCH.Q", "put") == 2085


@pytest.mark.parametrize("garbage", (b"GET / HTTP/1.0\r\n\r\n", b"TSHW\xff\xff\xff\xff", b"TSHW\0\0\0\2[]"))
def test_what_is_not_mq_is_refused(site: Site, garbage: bytes) -> None:
    with socket.create_connection((site.address, site.port)) as caller:
        caller.sendall(garbage)
        assert b"AMQ9207E" in caller.recv(4096)
    site.settle()
    assert site.messages() == ["AMQ9207E", "AMQ9999E"]


def test_a_caller_who_hangs_up_leaves_one_line(site: Site) -> None:
    socket.create_connection((site.address, site.port)).close()
    until(lambda: site.messages() == ["AMQ9209E"], "the line about the closed connection")
