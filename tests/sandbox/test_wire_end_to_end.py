"""The canonical outcomes with real processes: crtmqm to amqsputc, and everybody who must not get in."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from machine_calls import Answer, Machine
from wire_support import STORE_PASSWORD, Identity, authority, issue, until, write_store

sys.path.insert(0, str(Path(__file__).parents[1]))
from judges import judge

CHANNEL, QUEUE, PORT = "APP1.SVRCONN", "APP.Q", 1414
ISSUER = "CN=Acme CA,O=Acme,C=GB"
ANY = "ANY_TLS12_OR_HIGHER"

SET_UP = f"""
DEFINE LISTENER(L1) TRPTYPE(TCP) PORT({PORT}) CONTROL(QMGR)
DEFINE QLOCAL({QUEUE})
DEFINE CHANNEL({CHANNEL}) CHLTYPE(SVRCONN) TRPTYPE(TCP) SSLCIPH({ANY}) SSLCAUTH(REQUIRED) MCAUSER('*NOACCESS')
DEFINE CHANNEL(PASS.SVRCONN) CHLTYPE(SVRCONN) TRPTYPE(TCP)
SET CHLAUTH({CHANNEL}) TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)
SET CHLAUTH({CHANNEL}) TYPE(SSLPEERMAP) SSLPEER('CN=app1,O=Acme') SSLCERTI('{ISSUER}') +
    ADDRESS('10.1.1.*') USERSRC(MAP) MCAUSER('app1')
SET CHLAUTH(PASS.SVRCONN) TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(CHANNEL) CHCKCLNT(REQUIRED)
ALTER AUTHINFO(SYSTEM.DEFAULT.AUTHINFO.IDPWOS) AUTHTYPE(IDPWOS) FAILDLAY(0)
REFRESH SECURITY TYPE(CONNAUTH)
SET AUTHREC OBJTYPE(QMGR) GROUP('apps') AUTHADD(CONNECT,INQ)
SET AUTHREC PROFILE({QUEUE}) OBJTYPE(QUEUE) GROUP('apps') AUTHADD(PUT,GET)
"""


class Outcome(NamedTuple):
    """How a client program ended, and which messages that left in the queue manager's log."""

    answer: Answer
    messages: list[str]


class Plant:
    """A machine with one queue manager, and clients as processes."""

    def __init__(self, folder: Path) -> None:
        self.machine = Machine(folder)
        self.folder = self.machine.folder
        self.logs = self.folder / "var/mqm/qmgrs/QM1/errors/AMQERR01.LOG"
        self.address = self.machine.sandbox.address
        for words in (["crtmqm", "QM1"], ["strmqm", "QM1"], ["groupadd", "apps"]):
            assert self.machine.run(*words).status == 0, words
        for user in ("app1", "pat"):
            assert self.machine.run("useradd", "-g", "apps", user).status == 0
        assert self.machine.run("chpasswd", stdin="pat:right\n").status == 0
        store = write_store(
            self.folder / "var/mqm/qmgrs/QM1/ssl/key.p12",
            {"qm1": issue("CN=QM1,O=Acme,C=GB", authority())},
            [authority().certificate],
        )
        self.mqsc(
            f"{SET_UP}ALTER QMGR SSLKEYR('{store}') CERTLABL('qm1')\nREFRESH SECURITY TYPE(SSL)\nSTART LISTENER(L1)"
        )
        until(lambda: "STATUS(RUNNING)" in self.mqsc("DISPLAY LSSTATUS(L1)", check=False), "the listener")

    def mqsc(self, text: str, *, check: bool = True) -> str:
        answer = self.machine.run("runmqsc", "QM1", stdin=text + "\n")
        assert answer.status == 0 or not check, answer.out
        return answer.out

    def client(
        self, command: str = "amqsputc", queue: str = QUEUE, stdin: str = "hello\n\n", **environment: str
    ) -> Outcome:
        """Run a client program; the log is written before a client hears that it is refused."""
        before = len(self.messages())
        answer = self.machine.run(command, queue, "QM1", stdin=stdin, SANDBOX_GET_WAIT="20", **environment)
        return Outcome(answer, self.messages()[before:])

    def messages(self) -> list[str]:
        return re.findall(r"^(AMQ\d{4}[A-Z]):", self.logs.read_text(), re.MULTILINE)


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    made = Plant(tmp_path_factory.mktemp("plant") / "sandbox")
    yield made
    made.machine.run("endmqm", "-i", "QM1")


@pytest.fixture
def ccdt(tmp_path: Path) -> Any:
    """Writes a JSON table and gives its environment."""

    def write(cipher: str = ANY, channel: str = CHANNEL, peer: str = "CN=QM1,O=Acme") -> dict[str, str]:
        security = {"cipherSpecification": cipher, "certificatePeerName": peer} if cipher else {}
        connection = {"connection": [{"host": "mqhost.example.com", "port": PORT}], "queueManager": "QM1"}
        whole = {"name": channel, "type": "clientConnection", "clientConnection": connection}
        path = tmp_path / "ccdt.json"
        path.write_text(json.dumps({"channel": [{**whole, "transmissionSecurity": security}]}))
        return {"MQCCDTURL": f"file://{path}", "SANDBOX_ADDRESS": "10.1.1.7"}

    return write


@pytest.fixture
def keys(tmp_path: Path) -> Any:
    """Writes a client's key repository and gives its environment."""

    def write(identity: Identity | None = None, trusted: Identity | None = None) -> dict[str, str]:
        personal = {"app1": identity} if identity else {}
        path = write_store(tmp_path / "key.p12", personal, [(trusted or authority()).certificate])
        return {"MQSSLKEYR": str(path), "MQCERTLABL": "app1"}

    return write


def app1(**changes: Any) -> Identity:
    return issue("CN=app1,O=Acme,C=GB", authority(), **changes)


def failed(outcome: Outcome, reason: int, *messages: str) -> None:
    """A connection that failed: reason code, exit status, no end line, these messages in the log."""
    assert outcome.answer.out.splitlines()[-1] == f"MQCONNX ended with reason code {reason}"
    assert outcome.answer.status == reason & 255
    assert outcome.messages == list(messages)


def test_the_right_client_puts_and_gets(plant: Plant, ccdt: Any, keys: Any) -> None:
    environment = {**ccdt(), **keys(app1())}
    put = plant.client(stdin="one\ntwo öü\n\nnot sent\n", **environment)
    assert put == (
        (0, "Sample AMQSPUT0 start\ntarget queue is APP.Q\nSample AMQSPUT0 end\n", ""),
        [],
    )
    got = plant.client("amqsgetc", stdin="", **environment)
    assert got.answer.out.splitlines() == [
        "Sample AMQSGET0 start",
        "message <one>",
        "message <two öü>",
        "no more messages",
        "Sample AMQSGET0 end",
    ]
    assert got.answer.status == 0


def test_a_client_without_tls_is_refused(plant: Plant, ccdt: Any) -> None:
    failed(plant.client(**ccdt(cipher="")), 2393, "AMQ9639E", "AMQ9999E")


def test_mqserver_goes_before_the_table_and_carries_no_tls(plant: Plant, ccdt: Any, keys: Any) -> None:
    environment = {**ccdt(), **keys(app1()), "MQSERVER": f"{CHANNEL}/TCP/mqhost({PORT})"}
    failed(plant.client(**environment), 2393, "AMQ9639E", "AMQ9999E")


def test_a_client_without_certificate_is_refused(plant: Plant, ccdt: Any, keys: Any) -> None:
    failed(plant.client(**ccdt(), **keys()), 2393, "AMQ9637E", "AMQ9999E")


def test_a_client_of_an_unknown_authority_is_refused(plant: Plant, ccdt: Any, keys: Any) -> None:
    stranger = issue("CN=app1,O=Acme,C=GB", authority("CN=Other CA,O=Other,C=US"))
    failed(plant.client(**ccdt(), **keys(stranger)), 2393, "AMQ9633E", "AMQ9999E")


def test_a_client_with_an_expired_certificate_is_refused(plant: Plant, ccdt: Any, keys: Any) -> None:
    failed(plant.client(**ccdt(), **keys(app1(days=-1))), 2393, "AMQ9658E", "AMQ9999E")


def test_a_client_with_another_name_is_refused(plant: Plant, ccdt: Any, keys: Any) -> None:
    other = issue("CN=app2,O=Acme,C=GB", authority())
    failed(plant.client(**ccdt(), **keys(other)), 2035, "AMQ9777E", "AMQ9999E")


def test_a_client_from_another_address_is_refused(plant: Plant, ccdt: Any, keys: Any) -> None:
    elsewhere = {**ccdt(), **keys(app1()), "SANDBOX_ADDRESS": "10.9.9.9"}
    failed(plant.client(**elsewhere), 2035, "AMQ9777E", "AMQ9999E")


def test_a_client_with_another_cipherspec_is_refused(plant: Plant, ccdt: Any, keys: Any) -> None:
    plant.mqsc(f"ALTER CHANNEL({CHANNEL}) CHLTYPE(SVRCONN) SSLCIPH(ANY_TLS13_OR_HIGHER)")
    outcome = plant.client(**ccdt(cipher="ECDHE_ECDSA_AES_256_GCM_SHA384"), **keys(app1()))
    plant.mqsc(f"ALTER CHANNEL({CHANNEL}) CHLTYPE(SVRCONN) SSLCIPH({ANY})")
    failed(outcome, 2393, "AMQ9631E", "AMQ9999E")


def test_an_unknown_channel_is_refused(plant: Plant, ccdt: Any, keys: Any) -> None:
    failed(plant.client(**ccdt(channel="NO.SUCH"), **keys(app1())), 2540, "AMQ9519E", "AMQ9999E")


def test_an_unknown_queue_does_not_open(plant: Plant, ccdt: Any, keys: Any) -> None:
    outcome = plant.client(queue="NO.SUCH", **ccdt(), **keys(app1()))
    assert outcome.answer.out.splitlines()[1:] == [
        "target queue is NO.SUCH",
        "MQOPEN ended with reason code 2085",
        "unable to open queue for output",
        "Sample AMQSPUT0 end",
    ]


def test_a_client_that_does_not_trust_the_queue_manager_does_not_connect(plant: Plant, ccdt: Any, keys: Any) -> None:
    before = len(plant.messages())
    outcome = plant.client(**ccdt(), **keys(app1(), authority("CN=Other CA,O=Other,C=US")))
    assert outcome.answer.status == 2393 & 255
    # Here the client is the one who refuses: the queue manager hears of it afterwards.
    until(lambda: plant.messages()[before:] == ["AMQ9665E", "AMQ9999E"], "the queue manager's log")


def test_a_client_that_expects_another_queue_manager_does_not_connect(plant: Plant, ccdt: Any, keys: Any) -> None:
    outcome = plant.client(**ccdt(peer="CN=QM9"), **keys(app1()))
    assert "reason code 2398" in outcome.answer.out


@pytest.mark.parametrize(("password", "refusal"), [("right", ""), ("wrong", "AMQ5534E")])
def test_a_password_decides(plant: Plant, password: str, refusal: str) -> None:
    environment = {"MQSERVER": f"PASS.SVRCONN/TCP/mqhost({PORT})", "MQSAMP_USER_ID": "pat"}
    outcome = plant.client(stdin=f"{password}\nhello\n\n", **environment)
    assert "Enter password: " in outcome.answer.out
    assert outcome.answer.status == (2035 & 255 if refusal else 0)
    assert outcome.messages[:1] == ([refusal] if refusal else [])


def test_a_channel_that_wants_a_password_gets_one(plant: Plant) -> None:
    environment = {"MQSERVER": f"PASS.SVRCONN/TCP/mqhost({PORT})", "SANDBOX_USER": "app1"}
    failed(plant.client(**environment), 2035, "AMQ9791E", "AMQ9999E")


@pytest.mark.parametrize(
    ("option", "is_offered"), [("-tls1_1", False), ("-tls1", False), ("-tls1_2", True), ("-tls1_3", True)]
)
def test_nothing_older_than_tls12_is_spoken(plant: Plant, option: str, is_offered: bool) -> None:
    words = [judge("openssl"), "s_client", "-connect", f"{plant.address}:{PORT}", option, "-cipher", "ALL:@SECLEVEL=0"]
    said = subprocess.run(words, input=b"", capture_output=True, timeout=20, check=False)
    assert (b"Cipher is (NONE)" not in said.stdout) == is_offered
    assert (b"CN = QM1" in said.stdout) == is_offered


@pytest.mark.parametrize("cipher", ("ECDHE-ECDSA-AES128-SHA", "NULL", "RC4", "3DES"))
def test_no_weak_cipherspec_is_spoken(plant: Plant, cipher: str) -> None:
    words = [judge("openssl"), "s_client", "-connect", f"{plant.address}:{PORT}", "-tls1_2", "-cipher", cipher]
    said = subprocess.run(words, input=b"", capture_output=True, timeout=20, check=False)
    assert b"CN = QM1" not in said.stdout


def test_amqssslc_connects_with_tls_from_its_arguments(plant: Plant, tmp_path: Path) -> None:
    path = write_store(tmp_path / "key.p12", {"app1": app1()}, [authority().certificate])
    words = ["-m", "QM1", "-c", CHANNEL, "-x", f"mqhost({PORT})", "-k", str(path), "-s", ANY, "-l", "app1"]
    answer = plant.machine.run("amqssslc", *words, SANDBOX_ADDRESS="10.1.1.7")
    assert answer.status == 0
    assert "Connection established to queue manager QM1" in answer.out
    assert plant.machine.run("amqssslc", *words, SANDBOX_ADDRESS="10.9.9.9").status == 2035 & 255


def test_a_password_in_the_environment_serves_plain_or_encrypted(plant: Plant, ccdt: Any, keys: Any) -> None:
    environment = {**ccdt(), **keys(app1())}
    Path(environment["MQSSLKEYR"]).with_suffix(".sth").unlink()
    assert plant.client(**environment).answer.status == 2381 & 255
    assert plant.client(**environment, MQKEYRPWD=STORE_PASSWORD).answer.status == 0
    encrypted = plant.machine.run("runmqicred", stdin=STORE_PASSWORD + "\n").out.splitlines()[-1]
    assert encrypted.startswith("<MQI>!")
    assert plant.client(**environment, MQKEYRPWD=encrypted).answer.status == 0
    plant.client("amqsgetc", **environment, MQKEYRPWD=encrypted)
