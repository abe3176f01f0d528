from __future__ import annotations

import pytest
from kits_support import kit, topology

from wizard.topology.values import Signer

HOSTILE = ["It's `so` & <b>bold</b>", '"quoted", with; separators', "# heading * list | cell", "`", "``x"]


def test_the_page_names_what_an_application_has_to_know() -> None:
    page = kit(address=["10.1.1.1", "10.1.2.*"], user="svcapp", certificate="web")["README.md"]

    assert page.startswith("# app1 connects to QM1\n")
    for words in (
        "Two-way TLS: both ends show a certificate; no password is needed.",
        "- address: mqhost.example.com(1415)\n",
        "- channel: APP1.SVRCONN\n",
        "- CipherSpec: ANY_TLS12_OR_HIGHER\n",
        "- your certificate: `CN=web,OU=MQ,O=Example`, label `web`\n",
        "- the queue manager's certificate: `CN=QM1,OU=MQ,O=Example`\n",
        "- runs there as: svcapp\n",
        "- queue Q1: get, put\n",
        "- accepted from: 10.1.1.1, 10.1.2.*\n",
        "- `app1.p12`: holds the private key: readable by the application's user alone\n",
        "- `example-mq-ca.pem`: certificate of `CN=Example MQ CA,OU=MQ,O=Example`, to trust\n",
        "amqsputc Q1 QM1\n",
        "`app1.password`",
        "- cipher suite: `*TLS12ORHIGHER`",
    ):
        assert words in page, words


def test_every_file_that_the_page_lists_is_in_the_kit_or_made_by_the_run() -> None:
    for release in ("9.1.0", "9.2", "9.4"):
        files = kit(release)
        lines = [line for line in files["README.md"].splitlines() if line.startswith("- `") and "`: " in line]
        listed = {line.split("`")[1] for line in lines}
        store = "app1.p12" if release == "9.4" else "app1.kdb"
        table = {"AMQCLCHL.TAB"} if release == "9.1.0" else set()
        assert listed == (set(files) - {"README.md"}) | {store, "example-mq-ca.pem"} | table


def test_one_way_tls_asks_for_user_and_password() -> None:
    page = kit(tls="server")["README.md"]
    assert "Connect as user `app1` with its password (MQCSP)." in page
    assert "- your certificate: none\n" in page
    assert "- no key store is needed\n" in page


def test_without_tls_the_page_warns() -> None:
    page = kit(tls="none", address="10.1.1.1")["README.md"]
    assert "No TLS: everything travels in clear, and the address alone decides who gets in." in page
    assert "password" not in page


def test_before_9_1_4_java_gets_the_suite_by_name() -> None:
    page = kit("9.1.0")["README.md"]
    assert "`TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384` (IBM JRE: `SSL_ECDHE_RSA_WITH_AES_256_GCM_SHA384`)" in page


@pytest.mark.parametrize("organization", HOSTILE)
def test_a_hostile_name_stays_text_on_its_line(organization: str) -> None:
    benign, page = kit()["README.md"], kit(organization=organization)["README.md"]

    assert len(page.splitlines()) == len(benign.splitlines())
    subject = topology(organization=organization).queue_managers[0].identity.subject
    (line,) = (line for line in page.splitlines() if line.startswith("- the queue manager's certificate: "))
    literal = line.partition(": ")[2]
    fence = literal[: len(literal) - len(literal.lstrip("`"))]
    inside = literal[len(fence) : -len(fence)]
    assert literal == f"{fence}{inside}{fence}"
    assert fence not in inside.strip()
    assert inside.strip() == subject


@pytest.mark.parametrize("name", ["../../evil", "a/b", "It's", "漢字", "..", "Example MQ CA"])
def test_the_file_of_a_signer_stays_in_the_kit(name: str) -> None:
    copy = Signer(name, "CN=x", "ca/ca.pem").copy
    assert "/" not in copy
    assert not copy.startswith(".")
    assert copy.isascii()
