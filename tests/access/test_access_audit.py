"""Every check of the audit finds its flaw, and a sound queue manager has none."""

from __future__ import annotations

from typing import Any

import pytest
from access_guards import channel, guard
from access_rules import record

import recipes
from wizard.access.audit import audit
from wizard.access.containment import within
from wizard.access.flaws import Flaw, Gravity, Held
from wizard.access.guard import Guard, Login
from wizard.access.planned import planned
from wizard.access.rules import Rule
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build

TLS = channel(SSLCIPH="ANY_TLS12_OR_HIGHER", SSLCAUTH="REQUIRED")
STOP = record("*", "ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS")
BAN = record("*", "BLOCKUSER", USERLIST=("*MQADMIN",))
CHECKS = Login("A", "IDPWOS", "REQDADM", adopt=True)
APP = record("APP.SVRCONN", "SSLPEERMAP", SSLPEER="CN=app1,O=Example", SSLCERTI="CN=CA one", MCAUSER="mapped")


def app(kind: str = "USERMAP", profile: str = "APP.SVRCONN", **keys: Any) -> MqObject:
    """A rule that maps, unless it says otherwise."""
    return record(profile, kind, **({} if "USERSRC" in keys else {"MCAUSER": "mapped"}) | keys)


def closed(*rules: MqObject, own: tuple[MqObject, ...] = (TLS,), **more: Any) -> Guard:
    """A queue manager whose doors are closed, with further rules."""
    values = {"login": CHECKS, "only_secure": True, "signers": ("CN=CA one",)} | more
    return guard([STOP, BAN, *rules], *own, **values)


def rules_of(flaws: tuple[Flaw, ...]) -> set[str]:
    return {flaw.rule for flaw in flaws}


def test_a_sound_queue_manager_has_no_flaw() -> None:
    assert audit(closed(APP)) == ()


@pytest.mark.parametrize("name", recipes.names())
def test_no_shipped_recipe_leaves_a_door_open(name: str) -> None:
    made = build(read_recipe(recipes.text(name), source=name), Release(9, 4))
    assert [flaw for flaw in audit(planned(made, "QM1")) if flaw.gravity is Gravity.PROBLEM] == []


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("chlauth-off", closed(APP, chlauth=False)),
        ("no-password-check", closed(APP, login=Login())),
        ("no-back-stop", guard([BAN, APP], TLS, login=CHECKS)),
        ("no-back-stop", guard([BAN], channel("TO.QM1", "RCVR"), login=CHECKS)),
        ("administrators", guard([app(CLNTUSER="mqm", USERSRC="CHANNEL"), STOP], channel())),
        ("administrators-let-in", closed(APP, record("APP.*", "BLOCKUSER", USERLIST=("nobody",)))),
        ("maps-to-administrator", closed(record("APP.SVRCONN", "USERMAP", CLNTUSER="a", MCAUSER="mqm"))),
        ("no-such-user", closed(record("APP.SVRCONN", "USERMAP", CLNTUSER="a", MCAUSER="ghost"))),
        ("warn-only", closed(record("APP.SVRCONN", "USERMAP", CLNTUSER="a", USERSRC="NOACCESS", WARN="YES"))),
        ("refused-by-mq", closed(record("APP.SVRCONN", "ADDRESSMAP", ADDRESS="10.0*", MCAUSER="mapped"))),
        ("no-such-channel", closed(record("OTHER.*", "USERMAP", CLNTUSER="a", MCAUSER="mapped"))),
        ("wrong-type", closed(record("APP.*", "QMGRMAP", QMNAME="QM2", MCAUSER="mapped"))),
        ("no-tls", closed(APP, own=(channel(),))),
        ("no-reverse-dns", closed(app("ADDRESSMAP", ADDRESS="a.example.com"), reverse_dns=False)),
        ("no-such-issuer", closed(APP, signers=("CN=CA two",))),
        ("sslpeer-contradicts", closed(APP, own=(channel(SSLCIPH="ANY", SSLPEER="CN=other"),))),
        ("shadowed", closed(app(profile="*", CLNTUSER="a"), app("ADDRESSMAP", ADDRESS="*", USERSRC="NOACCESS"))),
        ("no-issuer", closed(app("SSLPEERMAP", SSLPEER="CN=a"), signers=("CN=1", "CN=2"))),
        ("serial-number", closed(app("SSLPEERMAP", SSLPEER="SERIALNUMBER=01", SSLCERTI="CN=CA one"))),
        ("any-certificate", closed(app("SSLPEERMAP", SSLPEER="CN=*", SSLCERTI="CN=CA one"))),
        ("refusal-overridden", closed(APP, record("APP.SVRCONN", "ADDRESSMAP", ADDRESS="10.*", USERSRC="NOACCESS"))),
        ("plain-channel", closed(own=(channel(),))),
        ("sslpeer-ignored", closed(own=(channel(SSLPEER="CN=a"),))),
        ("old-cipher", closed(own=(channel(SSLCIPH="TRIPLE_DES_SHA_US"),))),
        ("secure-comms-only", closed(APP, only_secure=False)),
    ],
)
def test_each_check_finds_its_flaw(rule: str, found: Guard) -> None:
    assert rule in rules_of(audit(found))


@pytest.mark.parametrize(("days", "gravity"), [(-3, Gravity.PROBLEM), (5, Gravity.WARNING), (40, Gravity.NOTE)])
def test_a_certificate_near_its_end_is_found(days: int, gravity: Gravity) -> None:
    own = Held("qm1", True, "CN=QM1", "CN=CA one", days)
    assert [(flaw.rule, flaw.gravity) for flaw in audit(closed(APP), [own])] == [("certificate-ends", gravity)]


def test_several_signers_are_named() -> None:
    two = [Held(name, False, f"CN={name}", f"CN={name}", 900) for name in ("one", "two")]
    assert rules_of(audit(closed(APP), two)) == {"several-signers"}
    assert rules_of(audit(closed(APP), two[:1])) == set()


def test_an_old_cipher_comes_with_its_replacement_as_a_command() -> None:
    (flaw,) = [one for one in audit(closed(own=(channel(SSLCIPH="RC4_MD5_US"),))) if one.rule == "old-cipher"]
    assert flaw.commands[0].startswith("ALTER CHANNEL(APP.SVRCONN) CHLTYPE(SVRCONN) SSLCIPH(ANY_TLS12_OR_HIGHER")


def test_the_worst_comes_first() -> None:
    found = audit(closed(APP, record("OTHER", "USERMAP", CLNTUSER="a", MCAUSER="mqm"), only_secure=False))
    assert [flaw.gravity for flaw in found] == sorted((flaw.gravity for flaw in found), key=list(Gravity).index)


@pytest.mark.parametrize(
    ("inner", "outer", "inside"),
    [
        ({"SSLPEER": "CN=app1,O=E"}, {"SSLPEER": "CN=app*"}, True),
        ({"SSLPEER": "CN=app1"}, {"SSLPEER": "CN=app1,O=E"}, False),
        ({"SSLPEER": "CN=app*"}, {"SSLPEER": "CN=a*"}, True),
        ({"SSLPEER": "CN=*1"}, {"SSLPEER": "CN=a*"}, False),
        ({"SSLPEER": "CN=a", "ADDRESS": "10.0.0.1"}, {"SSLPEER": "CN=a", "ADDRESS": "10.*"}, True),
        ({"SSLPEER": "CN=a"}, {"SSLPEER": "CN=a", "ADDRESS": "10.*"}, False),
        ({"SSLPEER": "CN=a"}, {"SSLPEER": "CN=a", "SSLCERTI": "CN=x"}, False),
    ],
)
def test_one_rule_lies_within_another(inner: dict[str, str], outer: dict[str, str], inside: bool) -> None:
    one, other = (Rule.of(record("*", "SSLPEERMAP", MCAUSER="u", **keys)) for keys in (inner, outer))
    assert within(one, other) is inside
