"""What leaves the recipe goes under consent, doors first; what others made, and what holds messages, never does."""

from __future__ import annotations

from engine_reports import MakePlace, assert_nothing_to_do
from engine_support import Place
from engine_undo import ONE_MORE, TWO_CLIENTS, facts, left, put, rewrite, run

WITHOUT_Q2 = TWO_CLIENTS.replace(", Q2: {}", "")


def test_a_client_and_its_queue_leave_under_consent_and_undo_brings_them_back(make_place: MakePlace) -> None:
    place = make_place(ONE_MORE)
    run(place)
    rewrite(place, WITHOUT_Q2)

    refused = place.run("--no-proof")
    assert refused.status == 3, refused.said
    assert "authority app2: would delete" in refused.err
    assert "CHANNEL(APP2.SVRCONN)" in place.mqsc("DISPLAY CHANNEL(APP2.SVRCONN)")

    before = facts(place)
    run(place, "--allow", "delete")
    assert "AMQ8147" in place.mqsc("DISPLAY CHANNEL(APP2.SVRCONN)")
    assert "AMQ8147" in place.mqsc("DISPLAY QLOCAL(Q2)")
    assert "APP2" not in place.mqsc("DISPLAY CHLAUTH(*)")
    assert "PROFILE" not in place.mqsc("DISPLAY AUTHREC GROUP('app2')")
    assert (place.folder / "kits/app2/app2.p12").exists()
    assert_nothing_to_do(place)

    ended = place.run("undo", "2")
    assert ended.status == 0, ended.said
    assert left(ended) == {}
    assert facts(place) == before


def test_a_queue_that_holds_messages_stays_and_is_named(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    put(place, "Q2", 2)
    rewrite(place, WITHOUT_Q2)

    ended = run(place, "--allow", "delete")
    assert "queue Q2" in ended.out
    assert "no longer in the recipe, but it holds 2 messages: left as it is" in ended.out
    assert "CURDEPTH(2)" in place.mqsc("DISPLAY QLOCAL(Q2) CURDEPTH")
    place.mqsc("CLEAR QLOCAL(Q2)")
    run(place, "--allow", "delete")
    assert "AMQ8147" in place.mqsc("DISPLAY QLOCAL(Q2)")


def trust_somebody_else(place: Place) -> None:
    """A certificate of others in the queue manager's store, put there by hand."""
    theirs, certificate = str(place.folder / "theirs.p12"), str(place.folder / "theirs.pem")
    store = str(place.sandbox / "var/mqm/qmgrs/QM1/ssl/key.p12")
    new = ("-label", "theirs", "-dn", "CN=theirs", "-size", "256", "-sig_alg", "EC_ecdsa_with_SHA256")
    for words in (
        ("-keydb", "-create", "-db", theirs, "-type", "pkcs12", "-pw", "Long-Passw0rd-1", "-stash"),
        ("-cert", "-create", "-db", theirs, "-stashed", *new),
        ("-cert", "-extract", "-db", theirs, "-stashed", "-label", "theirs", "-target", certificate),
        ("-cert", "-add", "-db", store, "-stashed", "-label", "theirs", "-file", certificate),
    ):
        place.command(str(place.sandbox / "bin/runmqakm"), *words)


def test_signers_and_rights_of_others_are_reported_by_check(make_place: MakePlace) -> None:
    place = make_place(TWO_CLIENTS)
    run(place)
    assert place.run("check", "r.yaml").status == 0
    trust_somebody_else(place)
    place.mqsc("SET AUTHREC PROFILE(Q2) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT)")

    ended = place.run("check", "r.yaml")
    assert ended.status == 10, ended.said
    assert "signer theirs" in ended.out
    assert "not in the recipe, left: Q2 +put" in ended.out
