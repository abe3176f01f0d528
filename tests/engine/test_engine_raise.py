"""Security raised on a channel in use: whoever is connected stays so, and gets in again until the way in is closed."""

from __future__ import annotations

import pytest
from engine_clients import gets_in, given_out, held
from engine_reports import QUICK, MakePlace, assert_nothing_to_do
from engine_undo import rewrite

RECIPE = f"""\
{QUICK}
queue_managers:
  QM1: {{listener: 1414, queues: [Q1]}}
clients:
  app1: {{connects_to: QM1, tls: TLS, address: 127.*, queues: {{Q1: [put]}}}}
"""
WAITING = 6


def recipe(tls: str) -> str:
    return RECIPE.replace("TLS", tls)


@pytest.mark.parametrize("tls", ["server", "mutual"])
def test_a_plain_client_goes_on_until_its_kit_for_tls_works_and_the_old_way_is_closed(
    make_place: MakePlace, tls: str
) -> None:
    place = make_place(recipe("none"))
    assert place.run("--no-proof").status == 0
    old = given_out(place, "app1", "old")
    with held(place, old):
        rewrite(place, recipe(tls))
        opened = place.run()
        assert opened.status == WAITING, opened.said
        assert "stays open without TLS" in opened.out
        new = given_out(place, "app1", "new")
        assert gets_in(place, old)
        assert gets_in(place, new)

        with held(place, new):
            closed = place.run("--allow", "delete", "--no-proof")
            assert closed.status == WAITING, closed.said
        assert not gets_in(place, old)
        assert gets_in(place, new)
        last = given_out(place, "app1", "last")
        assert gets_in(place, last)

        gone = place.run("--allow", "delete")
        assert gone.status == 0, gone.said
        assert gets_in(place, last)
    assert_nothing_to_do(place)
    assert "APP1.SVRCONN.NEW" not in place.mqsc("DISPLAY CHANNEL(*)", "DISPLAY CHLAUTH(*)")


def test_a_client_with_a_password_goes_on_until_it_has_its_certificate(make_place: MakePlace) -> None:
    place = make_place(recipe("server"))
    assert place.run("--no-proof").status == 0
    old = given_out(place, "app1", "old")
    with held(place, old):
        rewrite(place, recipe("mutual"))
        opened = place.run()
        assert opened.status == WAITING, opened.said
        new = given_out(place, "app1", "new")
        assert gets_in(place, old)
        assert gets_in(place, new)

        closed = place.run("--allow", "delete")
        assert closed.status == 0, closed.said
        assert not gets_in(place, old)
        assert gets_in(place, new)
    assert_nothing_to_do(place)


SELF_SIGNED = recipe("mutual").replace("trust: {kind: ca, key: ec-p256}", "trust: self-signed")


def test_clients_with_self_signed_certificates_move_to_an_own_ca(make_place: MakePlace) -> None:
    place = make_place(SELF_SIGNED)
    assert place.run("--no-proof").status == 0
    old = given_out(place, "app1", "old")
    rewrite(place, recipe("mutual"))
    with held(place, old):
        refused = place.run()
        assert refused.status == 3, refused.said
        assert "would stop running channels APP1.SVRCONN" in refused.err
    opened = place.run()
    assert opened.status == WAITING, opened.said
    new = given_out(place, "app1", "new")
    assert gets_in(place, old)
    with held(place, new):
        assert place.run("--no-proof").status == WAITING

    closed = place.run("--allow", "delete")
    assert closed.status == 0, closed.said
    assert gets_in(place, new)
    assert not gets_in(place, old)
    assert "CERTLABL(qm1-2)" in place.mqsc("DISPLAY QMGR CERTLABL")
    assert_nothing_to_do(place)


RELEASES = SELF_SIGNED.replace(
    "queue_managers:\n  QM1: {", 'hosts: {here: {mq: "MQ"}}\nqueue_managers:\n  QM1: {host: here, '
)


def test_a_cms_store_gives_way_to_pkcs12_with_the_same_keys(make_place: MakePlace) -> None:
    place = make_place(RELEASES.replace('"MQ"', '"9.2"'))
    assert place.run("--no-proof").status == 0
    kit = given_out(place, "app1", "old")
    rewrite(place, RELEASES.replace('"MQ"', '"9.4"'))
    with held(place, kit):
        refused = place.run("--no-proof")
        assert refused.status == 3, refused.said
        assert "would stop running channels APP1.SVRCONN" in refused.err
    raised = place.run()
    assert raised.status == 0, raised.said
    assert "ssl/key-pkcs12.p12)" in place.mqsc("DISPLAY QMGR SSLKEYR")
    assert gets_in(place, kit)
    assert_nothing_to_do(place)
