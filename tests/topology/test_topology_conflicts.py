"""What a recipe says in two places and cannot both be; lines count the two of `topology_texts.HEAD`."""

from __future__ import annotations

import pytest
from topology_texts import refused, topology


def test_two_clients_of_a_channel_agree_on_its_tls() -> None:
    text = """\
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, channel: APPS}
  app2: {connects_to: QM1, channel: APPS, tls: server}
"""
    assert refused(text) == [
        "recipe.yaml:6:37: app2 and app1 share channel APPS but not its TLS: mutual ANY_TLS12_OR_HIGHER and "
        "server ANY_TLS12_OR_HIGHER. Give one of them a channel of its own, or the same tls and cipher."
    ]


def test_two_clients_of_a_channel_agree_on_its_cipher() -> None:
    text = """\
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, channel: APPS}
  app2: {connects_to: QM1, channel: APPS, cipher: ANY_TLS13}
"""
    assert refused(text)[0].startswith("recipe.yaml:6:37: app2 and app1 share channel APPS but not its TLS")


def test_two_clients_of_a_channel_agree_on_its_attributes() -> None:
    text = """\
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, channel: APPS, attributes: {MAXMSGL: 1000, HBINT: 5}}
  app2:
    connects_to: QM1
    channel: APPS
    attributes: {HBINT: 5, MAXMSGL: 2000}
"""
    assert refused(text) == [
        "recipe.yaml:9:37: app2 and app1 share channel APPS but not its MAXMSGL. Say it once, under `channels`."
    ]


def test_clients_of_one_channel_name_on_two_queue_managers_need_not_agree() -> None:
    text = """\
queue_managers: {QM1: {}, QM2: {}}
clients:
  app1: {connects_to: QM1, channel: APPS}
  app2: {connects_to: QM2, channel: APPS, tls: none, address: 10.1.1.1}
"""
    assert len(topology(text).clients) == 2


@pytest.mark.parametrize(
    ("app1", "app2", "match"),
    [
        ("address: 10.1.1.1, tls: none", "address: 10.1.1.1, tls: none", "ADDRESSMAP 10.1.1.1"),
        ("certificate: web", "certificate: web", "SSLPEERMAP CN=web,OU=MQ,O=Example"),
        (
            "certificate: {distinguished_name: 'CN=x,O=Y'}",
            "certificate: {distinguished_name: 'cn = x; o = y'}",
            "SSLPEERMAP CN=x,O=y",
        ),
    ],
)
def test_two_clients_of_a_channel_are_told_apart_by_a_rule(app1: str, app2: str, match: str) -> None:
    text = f"""\
queue_managers: {{QM1: {{}}}}
clients:
  app1: {{connects_to: QM1, channel: APPS, {app1}}}
  app2: {{connects_to: QM1, channel: APPS, {app2}}}
"""
    assert refused(text)[0] == (
        f"recipe.yaml:6:37: Nothing tells app2 from app1 on channel APPS: both match {match}. "
        "Give one of them another certificate name, user, address or channel."
    )


def test_two_clients_that_run_as_the_same_user_need_not_be_told_apart() -> None:
    text = """\
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, channel: APPS, tls: none, address: 10.1.1.1, user: svc}
  app2: {connects_to: QM1, channel: APPS, tls: none, address: 10.1.1.1, user: svc}
"""
    assert [rule.text("MCAUSER") for rule in topology(text).queue_managers[0].rules] == ["svc"]


def test_ranges_of_two_clients_that_overlap_are_refused_as_mq_would() -> None:
    text = """\
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, channel: APPS, tls: none, address: 10.1.1-5.*}
  app2: {connects_to: QM1, channel: APPS, tls: none, address: 10.1.3-9.*}
"""
    assert refused(text) == [
        "recipe.yaml:6:63: 10.1.3-9.* and 10.1.1-5.* of app1 overlap on channel APPS, and neither lies inside the "
        "other. MQ takes only one of them: write ranges that are apart, or one inside the other."
    ]


def test_a_range_inside_another_is_fine() -> None:
    text = """\
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, channel: APPS, tls: none, address: "10.1.*"}
  app2: {connects_to: QM1, channel: APPS, tls: none, address: 10.1.3.7}
"""
    assert len(topology(text).queue_managers[0].rules) == 2


def test_a_rule_of_the_recipes_own_words_does_not_repeat_a_clients() -> None:
    text = """\
queue_managers:
  QM1:
    chlauth:
      - {profile: APP1.SVRCONN, TYPE: ADDRESSMAP, ADDRESS: 10.1.1.2, USERSRC: NOACCESS}
      - {profile: APP1.SVRCONN, TYPE: ADDRESSMAP, ADDRESS: 10.1.1.1, USERSRC: CHANNEL}
clients:
  app1: {connects_to: QM1, tls: none, address: 10.1.1.1}
"""
    assert refused(text) == [
        "recipe.yaml:7:9: Another rule on APP1.SVRCONN is about the same partners; MQ keeps only one of them. "
        "Take this one out, or set what it says at the client."
    ]


def test_two_certificates_of_one_key_repository_have_two_labels() -> None:
    text = """\
trust: self-signed
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, certificate: {label: QM1}}
  app2: {connects_to: QM1, certificate: {label: same}}
  app3: {connects_to: QM1, certificate: {label: Same}}
"""
    problems = refused(text)
    assert problems == [
        "recipe.yaml:6:28: Label QM1 would stand for the certificate of QM1 and for the certificate of app1 in one "
        "key repository. Give one of them another label under certificate.",
        "recipe.yaml:6:28: Label qm1 would stand for whom it trusts and for the certificate of app1 in one "
        "key repository. Give one of them another label under certificate.",
        "recipe.yaml:8:28: Label Same would stand for the certificate of app2 and for the certificate of app3 in one "
        "key repository. Give one of them another label under certificate.",
    ]


def test_the_label_of_the_own_ca_is_taken() -> None:
    text = """\
trust: {kind: ca, name: The CA}
queue_managers: {QM1: {certificate: {label: the-ca}}}
clients: {app1: {connects_to: QM1}}
"""
    assert [problem.partition(": ")[0] for problem in refused(text)] == ["recipe.yaml:4:24"]


def test_a_client_and_a_queue_manager_of_one_name_would_share_a_file() -> None:
    text = """\
queue_managers: {app1: {}}
clients: {app1: {connects_to: app1, certificate: other}}
"""
    assert refused(text) == [
        "recipe.yaml:4:11: The public certificates of app1 and of app1 would be one file, exchange/app1.pem. "
        "Give one of them another name."
    ]


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        (
            "hosts: {a: {}, b: {}}\nqueue_managers: {QM1: {host: a}, QM2: {host: b}}\n",
            "4:1",
            "Queue managers on several hosts are not part of this version.",
        ),
        (
            "trust: self-signed\nhosts: {a: {}}\nqueue_managers: {QM1: {}}\n"
            "clients: {app1: {connects_to: QM1, host: a}}\n",
            "6:42",
            "The key of app1 is made on a; exchange of certificates with trust: self-signed is not part of this "
            "version.",
        ),
    ],
)
def test_what_this_version_does_not_do_is_said_at_its_place(text: str, place: str, what: str) -> None:
    assert refused(text)[0].startswith(f"recipe.yaml:{place}: {what}")


@pytest.mark.parametrize(
    ("release", "entry", "place", "what"),
    [
        ("9.2", "key_repository: {type: pkcs12}", "3:47", "QM1 runs 9.2.0.0, which reads no PKCS#12 key repository."),
        ("9.2", "key_repository: {password: prompt}", "3:51", "QM1 runs 9.2.0.0, which knows no KEYRPWD."),
    ],
)
def test_a_key_repository_that_the_release_does_not_know_is_refused(
    release: str, entry: str, place: str, what: str
) -> None:
    text = f"queue_managers: {{QM1: {{{entry}}}}}\nclients: {{app1: {{connects_to: QM1}}}}\n"
    assert refused(text, release)[0].startswith(f"recipe.yaml:{place}: {what}")
    assert topology(text, "9.3").queue_managers[0].repository is not None


def test_a_cipher_that_the_release_does_not_know_is_refused_where_it_is_written() -> None:
    text = """\
queue_managers: {QM1: {}}
channels: {APPS: {cipher: ANY_TLS13}}
clients:
  app1: {connects_to: QM1, cipher: TLS_AES_256_GCM_SHA384}
  app2: {connects_to: QM1, channel: APPS}
"""
    assert [problem.partition(": ")[0] for problem in refused(text, "9.1.0")] == [
        "recipe.yaml:4:27",
        "recipe.yaml:6:36",
    ]


def test_a_cipher_that_does_not_fit_the_key_is_refused() -> None:
    text = """\
certificates: {key: ec-p256}
queue_managers: {QM1: {}}
clients: {app1: {connects_to: QM1, cipher: ECDHE_RSA_AES_256_GCM_SHA384}}
"""
    assert refused(text)[0].startswith(
        "recipe.yaml:5:44: ECDHE_RSA_AES_256_GCM_SHA384 needs a certificate with a key of type RSA"
    )


def test_problems_come_in_reading_order() -> None:
    text = """\
queue_managers: {QM1: {}}
clients:
  app1: {connects_to: QM1, channel: A, tls: none, address: 10.1.1.1}
  app2: {connects_to: QM1, channel: B, tls: none, address: 10.1.1.1}
  app3: {connects_to: QM1, channel: B, tls: none, address: 10.1.1.1}
  app4: {connects_to: QM1, channel: A, tls: none, address: 10.1.1.1}
"""
    assert [problem.split(":")[1] for problem in refused(text)] == ["7", "8"]
