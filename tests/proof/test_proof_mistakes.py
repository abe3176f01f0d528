"""A set-up that is wrong in one way fails exactly the checks that are there to notice it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engine_support import Place
from proof_places import MUTUAL, PLAIN, SERVER, Mistake, failed, proven, set_up, with_mistake

ISSUER = "SSLCERTI('CN=Example MQ CA,OU=MQ,O=Example')"
SUBJECT = "SSLPEER('CN=app1,OU=MQ,O=Example')"
HERE = "ADDRESS('127.*')"
AS_APP1 = "USERSRC(MAP) MCAUSER('app1')"


def rule(keys: str, values: str = AS_APP1, *, profile: str = "APP1.SVRCONN") -> Mistake:
    """A rule more than the recipe has."""
    record = f"SET CHLAUTH({profile}) {keys}"
    return Mistake((f"{record} {values} ACTION(ADD)",), (f"{record} ACTION(REMOVE)",))


def channel(wrong: str, right: str) -> Mistake:
    alter = "ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN)"
    return Mistake((f"{alter} {wrong}",), (f"{alter} {right}",))


BACK_STOP = "SET CHLAUTH('*') TYPE(ADDRESSMAP) ADDRESS('*')"
EVERY_QUEUE = "SET AUTHREC PROFILE('**') OBJTYPE(QUEUE) GROUP('app1')"
DEFAULT_CHANNEL = "CHANNEL(SYSTEM.DEF.SVRCONN) CHLTYPE(SVRCONN)"
ADMINISTRATORS = "SET CHLAUTH('*') TYPE(BLOCKUSER)"

WITH_CERTIFICATE = {
    "no certificate is asked for": (
        channel("SSLCAUTH(OPTIONAL)", "SSLCAUTH(REQUIRED)"),
        {"no certificate"},
    ),
    "nothing stops whom no rule lets in": (
        Mistake((f"{BACK_STOP} ACTION(REMOVE)",), (f"{BACK_STOP} USERSRC(NOACCESS) ACTION(ADD)",)),
        {"wrong name"},  # BLOCKUSER refuses *NOACCESS still: another reason than the one that is wanted
    ),
    "the back-stop only warns": (
        Mistake(
            (f"{BACK_STOP} USERSRC(NOACCESS) WARN(YES) ACTION(REPLACE)",),
            (f"{BACK_STOP} USERSRC(NOACCESS) WARN(NO) ACTION(REPLACE)",),
        ),
        {"wrong name", "another issuer", "wrong address"},
    ),
    "every queue is granted": (
        Mistake((f"{EVERY_QUEUE} AUTHADD(PUT,INQ)",), (f"{EVERY_QUEUE} AUTHRMV(ALL)",)),
        {"wrong queue"},
    ),
    "a rule names no issuer": (rule(f"TYPE(SSLPEERMAP) {SUBJECT} {HERE}"), {"another issuer"}),
    "a rule takes every name of the CA": (rule(f"TYPE(SSLPEERMAP) SSLPEER('CN=*') {ISSUER} {HERE}"), {"wrong name"}),
    "a rule names no address": (rule(f"TYPE(SSLPEERMAP) {SUBJECT} {ISSUER}"), {"wrong address"}),
    "the default channel is open": (
        Mistake(
            (
                f"ALTER {DEFAULT_CHANNEL} MCAUSER('app1')",
                "SET CHLAUTH(SYSTEM.DEF.SVRCONN) TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(CHANNEL) ACTION(ADD)",
            ),
            (
                f"ALTER {DEFAULT_CHANNEL} MCAUSER('')",
                "SET CHLAUTH(SYSTEM.DEF.SVRCONN) TYPE(ADDRESSMAP) ADDRESS('*') ACTION(REMOVE)",
            ),
        ),
        {"other channel"},
    ),
    "the channel has no TLS": (channel("SSLCIPH('')", "SSLCIPH(ANY_TLS12_OR_HIGHER)"), {"message"}),
    "the listener is stopped": (
        Mistake(("STOP LISTENER(LISTENER.TCP)",), ("START LISTENER(LISTENER.TCP)",)),
        {"address"},
    ),
    "a right is taken away": (
        Mistake(
            ("SET AUTHREC PROFILE(Q1) OBJTYPE(QUEUE) GROUP('app1') AUTHRMV(GET)",),
            ("SET AUTHREC PROFILE(Q1) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(GET)",),
        ),
        {"rights"},
    ),
    "the rules are switched off": (
        Mistake(("ALTER QMGR CHLAUTH(DISABLED)",), ("ALTER QMGR CHLAUTH(ENABLED)",)),
        {"rules"},
    ),
    "the queue manager shows no certificate": (
        Mistake(
            ("ALTER QMGR CERTLABL('gone')", "REFRESH SECURITY TYPE(SSL)"),
            ("ALTER QMGR CERTLABL('qm1')", "REFRESH SECURITY TYPE(SSL)"),
        ),
        {"TLS"},
    ),
}

WITH_PASSWORD = {
    "everybody comes in as the application": (rule("TYPE(ADDRESSMAP) ADDRESS('*')"), {"no password"}),
    "no password is asked for": (
        Mistake(
            ("ALTER QMGR CONNAUTH('')", "REFRESH SECURITY TYPE(CONNAUTH)"),
            ("ALTER QMGR CONNAUTH(SYSTEM.DEFAULT.AUTHINFO.IDPWOS)", "REFRESH SECURITY TYPE(CONNAUTH)"),
        ),
        {"login"},
    ),
}

WITHOUT_TLS = {
    "administrators are let in": (
        Mistake(
            (
                f"{ADMINISTRATORS} USERLIST('*MQADMIN') ACTION(REMOVE)",
                "SET CHLAUTH(APP1.SVRCONN) TYPE(USERMAP) CLNTUSER('mqm') USERSRC(MAP) MCAUSER('mqm') ACTION(ADD)",
            ),
            (
                f"{ADMINISTRATORS} USERLIST('*MQADMIN') ACTION(ADD)",
                "SET CHLAUTH(APP1.SVRCONN) TYPE(USERMAP) CLNTUSER('mqm') ACTION(REMOVE)",
            ),
        ),
        {"says it is mqm"},
    ),
    "the address rule is for everybody": (rule("TYPE(ADDRESSMAP) ADDRESS('*')"), {"wrong address"}),
}


@pytest.fixture(scope="module")
def with_certificate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with set_up(tmp_path_factory.mktemp("mutual"), MUTUAL) as place:
        yield place


@pytest.fixture(scope="module")
def with_password(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with set_up(tmp_path_factory.mktemp("server"), SERVER) as place:
        yield place


@pytest.fixture(scope="module")
def without_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    with set_up(tmp_path_factory.mktemp("plain"), PLAIN) as place:
        yield place


def assert_noticed(place: Place, mistake: Mistake, noticed: set[str]) -> None:
    with with_mistake(place, mistake):
        found = failed(proven(place))
    assert set(found) == noticed
    assert all(found.values()), "each says its cause"


@pytest.mark.parametrize("what", WITH_CERTIFICATE)
def test_a_mistake_with_a_certificate_client_is_noticed(what: str, with_certificate: Place) -> None:
    assert_noticed(with_certificate, *WITH_CERTIFICATE[what])


@pytest.mark.parametrize("what", WITH_PASSWORD)
def test_a_mistake_with_a_password_client_is_noticed(what: str, with_password: Place) -> None:
    assert_noticed(with_password, *WITH_PASSWORD[what])


@pytest.mark.parametrize("what", WITHOUT_TLS)
def test_a_mistake_with_a_client_without_tls_is_noticed(what: str, without_tls: Place) -> None:
    assert_noticed(without_tls, *WITHOUT_TLS[what])
