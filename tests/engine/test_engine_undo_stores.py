"""Undo of what key repositories got: new signers, stores of older releases, a password in KEYRPWD."""

from __future__ import annotations

import pytest
from engine_reports import MakePlace, pending, plan
from engine_undo import ONE_MORE, TWO_CLIENTS, facts, rewrite, run, undo


def self_signed(recipe: str) -> str:
    return recipe.replace("{kind: ca, key: ec-p256}", "self-signed")


@pytest.mark.parametrize("release", ["9.1", "9.2", "9.4"])
def test_a_signer_that_a_second_run_added_goes_again(release: str, make_place: MakePlace) -> None:
    place = make_place(self_signed(TWO_CLIENTS), "--mq-version", release)
    place.make_sandbox()
    empty = facts(place)
    run(place)
    first = facts(place)
    rewrite(place, self_signed(ONE_MORE))
    run(place)
    ended = undo(place)
    assert "refresh security (TLS)" in ended.out
    assert facts(place) == first
    rewrite(place, self_signed(TWO_CLIENTS))
    assert pending(plan(place)) == []
    undo(place)
    assert facts(place) == empty


def test_a_password_set_for_a_queue_manager_of_others_is_blank_again(make_place: MakePlace) -> None:
    recipe = TWO_CLIENTS.replace("listener: 1414", "listener: 1414\n    key_repository: {password: env:STORE_PW}")
    place = make_place(recipe, "--allow", "takeover")
    secret = {"STORE_PW": "Planted-Secr3t-0123"}
    place.make_sandbox()
    place.command("crtmqm", "QM1")
    place.command("strmqm", "QM1")
    before = facts(place)
    ended = place.run("--no-proof", environment=secret)
    assert ended.status == 0, ended.said
    assert "KEYRPWD(********)" in place.mqsc("DISPLAY QMGR KEYRPWD")
    ended = undo(place)
    assert "KEYRPWD blank" in ended.out
    assert "KEYRPWD( )" in place.mqsc("DISPLAY QMGR KEYRPWD")
    assert facts(place) == before
