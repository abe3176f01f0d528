from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topology_texts import topology

from wizard.mq.dn import DistinguishedName, Pattern
from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Topology

TWO = "queue_managers: {QM1: {}, QM2: {}}\nclients: {app1: {connects_to: QM1}, app2: {connects_to: QM2}}\n"


def fits(text: str) -> bool:
    """Whether a certificate can hold it, and the name of our authority made from it."""
    return len(f"{text} MQ CA".encode()) <= 64


one_line = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=40
).filter(lambda text: text.strip() == text and text.isprintable() and not set(text) & set("{}") and fits(text))


def test_what_is_not_said_is_derived() -> None:
    made = topology("queue_managers: {QM1: {listener: 1414}}\nclients: {app1: {connects_to: QM1}}\n")
    manager, client = made.queue_managers[0], made.clients[0]

    assert (manager.address, manager.port, manager.dead_letter_queue) == ("localhost", 1414, "QM1.DLQ")
    assert manager.listener is not None
    assert (manager.listener.name, manager.listener.text("CONTROL")) == ("LISTENER.TCP", "QMGR")
    assert manager.identity is not None
    assert (manager.identity.label, manager.identity.subject) == ("qm1", "CN=QM1,OU=MQ,O=Example")
    assert manager.repository is not None
    assert (manager.repository.file_name, manager.repository.stash) == ("key.p12", True)
    assert (client.channel, client.account.user, client.cipher) == ("APP1.SVRCONN", "app1", "ANY_TLS12_OR_HIGHER")
    assert client.identity is not None
    assert (client.identity.label, client.identity.key, client.identity.days) == ("app1", "rsa-2048", 365)


def test_naming_patterns_know_the_queue_manager_of_a_client() -> None:
    names = 'channel: "{QM}.{NAME}", user: "{name}{qm}", certificate: "{qm}-{name}", description: "{name} on {QM}"'
    made = topology(f"names: {{{names}}}\n{TWO}")

    assert [client.channel for client in made.clients] == ["QM1.APP1", "QM2.APP2"]
    assert [client.account.user for client in made.clients] == ["app1qm1", "app2qm2"]
    assert [client.identity.label for client in made.clients if client.identity] == ["qm1-app1", "qm2-app2"]
    assert [one.channels[0].text("DESCR") for one in made.queue_managers] == ["app1 on QM1", "app2 on QM2"]


@given(organization=one_line, unit=one_line)
def test_whatever_the_organization_is_called_its_names_are_read_back_as_it(organization: str, unit: str) -> None:
    made = _with_organization(organization, unit)
    manager, own = made.queue_managers[0], made.authority

    assert own is not None
    assert manager.identity is not None
    name = DistinguishedName.parse(manager.identity.subject)
    assert (name.values("O"), name.values("OU")) == ((organization,), (unit,))
    assert DistinguishedName.parse(own.subject).common_name == f"{organization} MQ CA"
    rule = manager.rules[0]
    assert Pattern.parse(rule.text("SSLPEER")).exact
    assert Pattern.parse(rule.text("SSLCERTI")).matches(DistinguishedName.parse(own.subject))


def _with_organization(organization: str, unit: str) -> Topology:
    quoted = [text.replace("'", "''") for text in (organization, unit)]
    text = "mqwizard: 1\norganization: '{}'\norganizational_unit: '{}'\n".format(*quoted)
    recipe = read_recipe(text + TWO, source="recipe.yaml")
    return build(recipe, Release(9, 4))


def test_a_star_in_a_name_is_no_wildcard_of_the_rule() -> None:
    made = topology('queue_managers: {QM1: {}}\nclients: {app1: {connects_to: QM1, certificate: "app*"}}\n')
    pattern = Pattern.parse(made.queue_managers[0].rules[0].text("SSLPEER"))

    assert pattern.matches(DistinguishedName.parse("CN=app*,OU=MQ,O=Example"))
    assert not pattern.matches(DistinguishedName.parse("CN=app1,OU=MQ,O=Example"))


def test_only_what_both_ends_negotiate_stands_at_the_clients_end() -> None:
    attributes = (
        "{MAXMSGL: 1000, COMPMSG: [ZLIBFAST, RLE], CERTLABL: other, SSLPEER: 'CN=*', SCYEXIT: 'lib(f)', DESCR: d}"
    )
    made = topology(
        f"queue_managers: {{QM1: {{}}}}\nchannels: {{APP1.SVRCONN: {{attributes: {{SHARECNV: 1}}}}}}\n"
        f"clients: {{app1: {{connects_to: QM1, attributes: {attributes}}}}}\n"
    )
    server, client = made.queue_managers[0].channels[0], made.clients[0].definition

    assert (server.text("CERTLABL"), server.text("SSLPEER"), server.text("SCYEXIT")) == ("other", "CN=*", "lib(f)")
    assert (client.text("CERTLABL"), client.text("SSLPEER")) == ("app1", "CN=QM1,OU=MQ,O=Example")
    assert not {"SCYEXIT", "DESCR"} & set(client.attributes)
    assert {word: client.text(word) for word in ("MAXMSGL", "COMPMSG", "SHARECNV")} == {
        "MAXMSGL": "1000",
        "COMPMSG": "ZLIBFAST,RLE",
        "SHARECNV": "1",
    }


@pytest.mark.parametrize(
    ("release", "cipher", "store"),
    [
        ("9.1.0", "ECDHE_RSA_AES_256_GCM_SHA384", "cms"),
        ("9.1.4", "ANY_TLS12_OR_HIGHER", "cms"),
        ("9.2", "ANY_TLS12_OR_HIGHER", "cms"),
        ("9.3", "ANY_TLS12_OR_HIGHER", "pkcs12"),
        ("10.0", "ANY_TLS12_OR_HIGHER", "pkcs12"),
    ],
)
def test_the_release_decides_about_store_and_cipher(release: str, cipher: str, store: str) -> None:
    made = topology("queue_managers: {QM1: {}}\nclients: {app1: {connects_to: QM1}}\n", release)

    assert made.clients[0].cipher == cipher
    assert made.queue_managers[0].repository is not None
    assert made.queue_managers[0].repository.type == store


def test_an_older_client_decides_about_the_cipher_of_its_channel() -> None:
    made = topology('queue_managers: {QM1: {}}\nclients: {app1: {connects_to: QM1, mq: "9.1"}}\n', "9.4")

    assert made.queue_managers[0].channels[0].text("SSLCIPH") == "ECDHE_RSA_AES_256_GCM_SHA384"
    assert made.clients[0].store == "kits/app1/app1.kdb"


def test_without_tls_there_are_no_keys_at_all() -> None:
    made = topology("queue_managers: {QM1: {}}\nclients: {app1: {connects_to: QM1, tls: none, address: 10.1.1.1}}\n")

    assert made.authority is None
    assert made.queue_managers[0].repository is None
    assert made.clients[0].cipher == made.clients[0].definition.text("SSLCIPH") == ""


def test_a_queue_managers_name_leads_no_file_out_of_the_exchange_folder() -> None:
    made = topology("queue_managers: {../../QM1: {}}\nclients: {app1: {connects_to: ../../QM1}}\n")

    assert made.queue_managers[0].public == "exchange/..&..&QM1.pem"
    assert made.queue_managers[0].request == "exchange/..&..&QM1.csr"


def test_self_signed_ends_trust_one_another() -> None:
    made = topology("trust: self-signed\n" + TWO)

    assert [[signer.file for signer in one.signers] for one in made.queue_managers] == [
        ["exchange/app1.pem"],
        ["exchange/app2.pem"],
    ]
    assert [signer.file for signer in made.clients[1].signers] == ["exchange/QM2.pem"]
    assert made.queue_managers[0].rules[0].text("SSLCERTI") == "CN=app1,OU=MQ,O=Example"
