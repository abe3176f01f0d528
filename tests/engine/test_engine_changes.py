"""What happens to a finished set-up: the recipe changes, or somebody changes things by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from engine_reports import ONE_CLIENT, MakePlace, Record, definitions, operations, pending, plan
from engine_support import Place, place_at

SECOND_CLIENT = """\
  app2:
    connects_to: QM1
    queues: {Q1: [put]}
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A finished set-up that the tests share: each leaves nothing to do for the recipe of one client."""
    with place_at(tmp_path_factory.mktemp("finished"), ONE_CLIENT, "--no-proof") as place:
        ended = place.run()
        assert ended.status == 0, ended.said
        yield place


def write(place: Place, recipe: str) -> None:
    (place.folder / "r.yaml").write_text(recipe, encoding="utf-8")


def run_as_planned(place: Place) -> list[Record]:
    """What a dry run plans and the run then does; that nothing is left to do shows in the plan of the next test."""
    planned = pending(plan(place))
    ended = place.run()
    assert ended.status == 0, ended.said
    assert operations(place) == [one["id"] for one in planned]
    return planned


def queues(options: str) -> str:
    """The recipe of one client with attributes for its queue."""
    return ONE_CLIENT.replace("queues: [Q1]}", f"queues: {{Q1: {{{options}}}}}}}")


def test_a_changed_attribute_is_one_alter_that_says_old_and_new(finished: Place) -> None:
    write(finished, queues("MAXDEPTH: 77"))
    (change,) = run_as_planned(finished)
    assert change["id"] == "change QM1/queue/Q1"
    assert change["changes"] == [{"attribute": "MAXDEPTH", "old": "5000", "new": "77"}]
    assert change["commands"] == ["runmqsc QM1", "  ALTER QLOCAL(Q1) MAXDEPTH(77)"]
    assert change["undo"] == "former values: MAXDEPTH(5000)"
    assert not change["drift"]
    assert "MAXDEPTH(77)" in finished.mqsc("DISPLAY QLOCAL(Q1) MAXDEPTH")
    write(finished, ONE_CLIENT)


def test_a_description_arrives_with_its_quotes_braces_and_foreign_letters(finished: Place) -> None:
    text = "It's \"the\" queue — {name} für 100 %, 'Ω'"
    written = "'" + text.replace("'", "''") + "'"
    write(finished, queues(f"DESCR: {written}"))
    (change,) = run_as_planned(finished)
    assert change["changes"] == [{"attribute": "DESCR", "old": "", "new": text}]
    assert f"DESCR({text})" in finished.mqsc("DISPLAY QLOCAL(Q1) DESCR")
    write(finished, ONE_CLIENT)


def test_another_cipher_changes_the_channel_and_the_kit_and_nothing_else(finished: Place) -> None:
    write(finished, ONE_CLIENT + "    cipher: ANY_TLS13_OR_HIGHER\n")
    channel, kit = run_as_planned(finished)
    assert channel["id"] == "change QM1/channel/APP1.SVRCONN"
    old, new = "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER"
    assert channel["changes"] == [{"attribute": "SSLCIPH", "old": old, "new": new}]
    assert kit["id"] == "change app1/kit"
    for name in ("ccdt.json", "client-channel.mqsc", "README.md"):
        assert name in kit["reason"]
        assert new in (finished.folder / "kits" / "app1" / name).read_text(encoding="utf-8")

    write(finished, ONE_CLIENT)
    assert [one["id"] for one in run_as_planned(finished)] == [channel["id"], kit["id"]]


def test_one_more_client_is_exactly_its_own_operations(make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT, "--no-proof")
    assert place.run().status == 0
    of_the_first = {path: path.stat().st_mtime_ns for path in (place.folder / "kits").rglob("app1*")}
    write(place, ONE_CLIENT + SECOND_CLIENT)
    added = run_as_planned(place)
    assert {one["state"] for one in added} == {"create"}
    rule = "QM1/rule/APP2.SVRCONN/SSLPEERMAP/CN=app2,OU=MQ,O=Example/CN=Example MQ CA,OU=MQ,O=Example"
    assert [one["resource"] for one in added[1:]] == [
        "QM1/channel/APP2.SVRCONN",
        rule,
        "QM1/authority/app2",
        "app2/certificate/app2",
        "app2/kit",
    ]
    assert added[0]["what"] == "user app2"
    assert {path: path.stat().st_mtime_ns for path in (place.folder / "kits").rglob("app1*")} == of_the_first


def test_what_somebody_changed_by_hand_is_shown_as_drift_and_put_back(finished: Place) -> None:
    wanted = definitions(finished)
    finished.mqsc("ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) SSLCAUTH(OPTIONAL) MCAUSER('mqm')")
    finished.mqsc("SET AUTHREC PROFILE(Q1) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(CHG) AUTHRMV(PUT)")
    channel, authority = run_as_planned(finished)
    assert channel["drift"] and authority["drift"]
    assert channel["changes"] == [
        {"attribute": "MCAUSER", "old": "mqm", "new": "*NOACCESS"},
        {"attribute": "SSLCAUTH", "old": "OPTIONAL", "new": "REQUIRED"},
    ]
    assert "changed by hand: MCAUSER, SSLCAUTH" in channel["reason"]
    assert authority["changes"] == [{"attribute": "Q1", "old": "CHG,GET", "new": "GET,PUT"}]
    assert "not in the recipe, left: Q1 +chg" in authority["reason"]
    finished.mqsc("SET AUTHREC PROFILE(Q1) OBJTYPE(QUEUE) GROUP('app1') AUTHRMV(CHG)")
    assert definitions(finished) == wanted


def test_a_key_repository_that_somebody_named_elsewhere_is_named_again_and_not_made_anew(finished: Place) -> None:
    write(finished, ONE_CLIENT)
    finished.mqsc("ALTER QMGR SSLKEYR('/nowhere/key')")
    change, refresh = run_as_planned(finished)
    assert change["drift"]
    (named,) = change["changes"]
    assert (named["old"], named["new"]) == ("/nowhere/key", f"{finished.sandbox}/var/mqm/qmgrs/QM1/ssl/key.p12")
    assert refresh["state"] == "run"


def test_a_rule_that_somebody_added_is_shown_and_left_alone(finished: Place) -> None:
    added = "CHLAUTH(APP1.SVRCONN) TYPE(USERMAP) CLNTUSER('bob')"
    finished.mqsc(f"SET {added} MCAUSER('bob') ACTION(ADD)")
    before = definitions(finished)
    (foreign,) = [one for one in plan(finished) if one["drift"]]
    assert (foreign["state"], foreign["what"]) == ("keep", "rule APP1.SVRCONN")
    assert "user bob" in foreign["reason"] and "not ours, left as it is" in foreign["reason"]
    ended = finished.run()
    assert ended.status == 0, ended.said
    assert "marked drift" in ended.out
    assert operations(finished) == []
    assert definitions(finished) == before
    finished.mqsc(f"SET {added} ACTION(REMOVE)")


def test_a_listener_that_somebody_stopped_is_started_again(finished: Place) -> None:
    finished.mqsc("STOP LISTENER(LISTENER.TCP)")
    (start,) = run_as_planned(finished)
    assert start["id"] == "run QM1/listener/LISTENER.TCP"
    assert "STATUS(RUNNING)" in finished.mqsc("DISPLAY LSSTATUS(LISTENER.TCP) STATUS")


def test_files_that_somebody_deleted_or_changed_in_a_kit_are_written_again(finished: Place) -> None:
    kit = finished.folder / "kits" / "app1"
    before = {path.name: path.read_bytes() for path in kit.iterdir()}
    (kit / "settings.sh").unlink()
    (kit / "example-mq-ca.pem").unlink()
    (kit / "ccdt.json").write_text("{}", encoding="utf-8")
    (change,) = run_as_planned(finished)
    assert change["id"] == "change app1/kit"
    assert {path.name: path.read_bytes() for path in kit.iterdir()} == before


def test_after_every_change_nothing_is_left_to_do(finished: Place) -> None:
    assert pending(plan(finished)) == []
