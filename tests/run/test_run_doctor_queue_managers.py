"""What the doctor makes of queue managers: state, role, ports, doors, key repositories, and what a recipe wants."""

from __future__ import annotations

from dataclasses import replace

import pytest
from doctor_cases import (
    LOGIN,
    OWN,
    STORE,
    STORED,
    USER,
    certificate,
    manager,
    still,
    store_file,
    told,
    unwell,
    whole,
    worst,
)

from wizard.mq.ini import stanzas
from wizard.mq.objects import MqObject
from wizard.mq.releases import Release
from wizard.plan.operations import Operation, State
from wizard.plan.steps import Wait
from wizard.run.doctor.findings import Finding
from wizard.run.doctor.judge import judge
from wizard.run.doctor.judge_queue_managers import error_log, listeners, shared_ports, status
from wizard.run.doctor.judge_recipe import recipe
from wizard.run.doctor.judge_security import security
from wizard.run.doctor.judge_stores import store
from wizard.run.doctor.seen import ChannelSeen, FolderSeen, ListenerSeen, QueueManagerSeen, RecipeSeen
from wizard.run.dspmq import Instance

NEW = Release(9, 4)


def state(seen: QueueManagerSeen, *, wanted: bool = False, may_ask: bool = True) -> list[Finding]:
    return list(status(seen, wanted=wanted, installation="Installation1", may_ask=may_ask))


@pytest.mark.parametrize(
    ("word", "alone", "wanted"),
    [
        ("Ended normally", "note", "warning"),
        ("Ended immediately", "note", "warning"),
        ("Ended pre-emptively", "note", "warning"),
        ("Ended unexpectedly", "problem", "problem"),
        ("Running as standby", "note", "problem"),
        ("Running elsewhere", "note", "problem"),
        ("Replica", "note", "problem"),
        ("Starting", "note", "warning"),
        ("Quiescing", "note", "warning"),
        ("Being deleted", "note", "warning"),
        ("Status not available", "problem", "problem"),
        ("Some new word", "note", "note"),
    ],
)
def test_a_queue_manager_that_does_not_run_here(word: str, alone: str, wanted: str) -> None:
    assert worst(state(still(word))) == alone
    assert worst(state(still(word), wanted=True)) == wanted
    assert word in told(state(still(word)))


def test_a_standby_names_the_host_that_is_active() -> None:
    seen = still("Running as standby")
    both = (Instance("hostb", "Active"), Instance("me", "Standby"))
    assert "on hostb" in told(state(replace(seen, status=replace(seen.status, instances=both))))


def test_a_replica_is_known_by_its_role_too() -> None:
    assert "replica of native HA" in told(state(still("Running", "ROLE(Replica)")))


def test_one_of_another_installation_is_not_asked() -> None:
    seen = manager("QMNAME(QM1) STATUS(Running) INSTNAME(Old)")
    assert worst(state(seen)) == "note"
    assert "--installation Old" in told(state(seen, wanted=True))
    assert worst(state(seen, wanted=True)) == "warning"


def test_one_that_runs_and_gives_no_answer_is_a_problem_and_says_why() -> None:
    silent = manager(asked=False, own=None, trouble="runmqsc ended (signal 9).")
    assert "signal 9" in unwell(state(silent))
    assert worst(state(silent, may_ask=False)) == "note"


@pytest.mark.parametrize(
    ("line", "severity", "part"),
    [
        ("STANDBY(Not permitted)", "ok", ""),
        ("STANDBY(Permitted)", "warning", "strmqm -x QM1"),
        ("ROLE(Active) INSYNC(yes) QUORUM(3/3)", "ok", "quorum 3/3"),
        ("ROLE(Active) INSYNC(yes) QUORUM(2/3)", "warning", "2/3"),
        ("ROLE(Active) INSYNC(no) QUORUM(3/3)", "warning", "in step: no"),
        ("ROLE(Not configured)", "ok", ""),
    ],
)
def test_partners_of_a_queue_manager(line: str, severity: str, part: str) -> None:
    found = state(manager(f"QMNAME(QM1) STATUS(Running) INSTNAME(Installation1) {line}"))
    assert worst(found) == severity
    assert part in told(found)


def test_a_multi_instance_queue_manager_with_its_standby_is_well() -> None:
    seen = manager("QMNAME(QM1) STATUS(Running) STANDBY(Permitted)")
    both = (Instance("me", "Active"), Instance("hostb", "Standby"))
    found = state(replace(seen, status=replace(seen.status, instances=both)))
    assert worst(found) == "ok"
    assert "standby on hostb" in told(found)


@pytest.mark.parametrize(
    ("listener", "severity", "part"),
    [
        (ListenerSeen("L1", "*", 1414), "ok", "port 1414"),
        (ListenerSeen("L1", "10.1.2.3", 1414), "ok", "10.1.2.3 port 1414"),
        (ListenerSeen("L1", "*", 1414, running=False, holder="process 7 (nc)"), "problem", "process 7 (nc)"),
        (ListenerSeen("L1", "*", 1414, running=False), "warning", "START LISTENER(L1)"),
        (ListenerSeen("L1", "*", 1414, "MANUAL", running=False), "note", "by hand"),
    ],
)
def test_a_listener(listener: ListenerSeen, severity: str, part: str) -> None:
    found = list(listeners(manager(listeners=(listener,))))
    assert worst(found) == severity
    assert part in told(found)


@pytest.mark.parametrize(
    ("addresses", "clash"), [(("*", "*"), True), (("*", "10.0.0.1"), True), (("10.0.0.1", "10.0.0.2"), False)]
)
def test_two_queue_managers_on_one_port(addresses: tuple[str, str], clash: bool) -> None:
    managers = [
        manager(f"QMNAME(QM{number}) STATUS(Running)", listeners=(ListenerSeen("L", address, 1414),))
        for number, address in enumerate(addresses, 1)
    ]
    assert ("QM1, QM2" in unwell(shared_ports(managers))) is clash


def test_an_error_log_far_beyond_its_limit_is_a_warning() -> None:
    assert worst(error_log(manager(error_log=40_000_000))) == "ok"
    assert worst(error_log(manager(error_log=80_000_000))) == "warning"
    small = stanzas("QMErrorLog:\n ErrorLogSize=1000000\n")
    assert worst(error_log(manager(error_log=40_000_000, settings=small))) == "warning"


def own(**changed: str) -> MqObject:
    return replace(OWN, attributes={**OWN.attributes, **changed})


def login(**changed: str) -> MqObject:
    return replace(LOGIN, attributes={**LOGIN.attributes, **changed})


@pytest.mark.parametrize(
    ("changed", "severity", "part"),
    [
        ({}, "note", "SSLFIPS(NO)"),
        ({"own": own(CHLAUTH="DISABLED")}, "warning", "ALTER QMGR CHLAUTH(ENABLED)"),
        ({"own": own(CONNAUTH="")}, "warning", "any password"),
        ({"authentication": None}, "warning", "could not be shown"),
        ({"authentication": login(CHCKCLNT="NONE")}, "warning", "CHCKCLNT(REQDADM)"),
        ({"settings": stanzas("SSL:\n AllowTLSV13=TRUE\n")}, "note", "ChlauthEarlyAdopt=Y"),
        ({"settings": stanzas("SSL:\n AllowTLSV13=TRUE\n")}, "note", "SecureCommsOnly=YES"),
        ({"settings": stanzas("Channels:\n ChlauthEarlyAdopt=Y\n")}, "note", "AllowTLSV13=TRUE"),
        ({"settings": stanzas("SSL:\n AllowWeakCipherSpec=ALL\n")}, "warning", "AllowWeakCipherSpec"),
        ({"settings": stanzas("SSL:\n AllowSSLV3=N\n")}, "note", ""),
        ({"settings": stanzas("SSL:\n AllowedCipherSpecs=ALL\n")}, "warning", "AllowedCipherSpecs=ALL"),
        ({"settings": ()}, "note", "qm.ini could not be read"),
        ({"channels": (ChannelSeen("A.TO.B", "SDR", "RC4_MD5_US"),)}, "warning", "A.TO.B (RC4_MD5_US)"),
        ({"channels": (ChannelSeen("OPEN", "SVRCONN"),)}, "note", "without TLS: OPEN"),
        ({"channels": (ChannelSeen("SYSTEM.DEF.SVRCONN", "SVRCONN"),)}, "note", ""),
    ],
)
def test_the_doors_of_a_queue_manager(changed: dict[str, object], severity: str, part: str) -> None:
    found = list(security(manager(**changed), NEW))
    assert worst(found) == severity
    assert part in told(found)


def test_channels_of_mq_itself_are_not_named() -> None:
    found = told(security(manager(channels=(ChannelSeen("SYSTEM.DEF.SVRCONN", "SVRCONN"),)), NEW))
    assert "SYSTEM.DEF.SVRCONN" not in found


def test_an_old_release_is_not_told_to_do_what_it_cannot() -> None:
    found = told(security(manager(settings=stanzas("Log:\n LogPath=/x\n")), Release(9, 1)))
    assert "SecureCommsOnly" not in found and "AllowTLSV13" not in found


def keys(release: Release = NEW, /, **changed: object) -> list[Finding]:
    """What is said about a key repository with these changes."""
    return list(store(manager(store=replace(STORED, **changed)), release, USER))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "severity", "part"),
    [
        ({}, "ok", "valid for 200 days"),
        ({"files": (store_file(mode=0o644),)}, "problem", "chmod 640"),
        ({"files": (store_file(), store_file(".sth", mode=0o644))}, "problem", "key.sth"),
        ({"files": (store_file(gid=0),)}, "problem", "chgrp mqm"),
        ({"files": (store_file(mode=0o600),)}, "problem", "AMQ9660"),
        ({"files": (store_file(mode=0o600, uid=988),)}, "ok", ""),
        ({"stash": False}, "problem", "no stash file, no KEYRPWD"),
        ({"stash": False, "password_set": True, "listed": False}, "note", "--recipe"),
        ({"listed": False, "trouble": "runmqakm ended with exit 1"}, "problem", "exit 1"),
        ({"certificates": ()}, "problem", "no certificate qm1"),
        ({"certificates": (certificate(personal=False),)}, "problem", "no private key"),
        ({"certificates": (certificate(days=-1),)}, "problem", "ended 1 day ago"),
        ({"certificates": (certificate(days=0),)}, "warning", "ends in 0 days"),
        ({"certificates": (certificate(days=13),)}, "warning", "ends in 13 days"),
        ({"certificates": (certificate(days=14),)}, "note", "ends in 14 days"),
        ({"certificates": (certificate(days=29),)}, "note", "ends in 29 days"),
        ({"certificates": (certificate(days=30),)}, "ok", "30 days"),
        ({"certificates": (certificate(days=None),)}, "note", "could not be read"),
        ({"certificates": (certificate(), certificate("ca", days=-5, personal=False))}, "warning", "signer ca"),
    ],
)
def test_a_key_repository(changed: dict[str, object], severity: str, part: str) -> None:
    found = keys(**changed)
    assert worst(found) == severity
    assert part in told(found)


def test_the_label_that_mq_takes_when_none_is_set() -> None:
    seen = manager(own=own(CERTLABL=""), store=replace(STORED, certificates=(certificate("ibmwebspheremqqm1"),)))
    assert worst(store(seen, NEW, USER)) == "ok"


def test_an_ending_in_sslkeyr_is_a_problem_only_before_it_was_allowed() -> None:
    stem = {"keyr": STORE.replace(".p12", ".kdb"), "path": STORE.replace(".p12", ".kdb.kdb")}
    assert "looks for" in unwell(keys(Release(9, 2), **stem))
    assert unwell(keys(NEW, **stem)) == ""


def test_no_key_repository_matters_only_where_a_channel_asks_for_tls() -> None:
    absent = replace(STORED, exists=False)
    assert worst(store(manager(store=absent), NEW, USER)) == "problem"
    assert worst(store(manager(store=absent, channels=()), NEW, USER)) == "ok"
    assert worst(store(manager(store=None), NEW, USER)) == "problem"


def test_keys_on_hardware_are_not_missed() -> None:
    seen = manager(own=own(SSLCRYP="GSK_PKCS11=/lib/x"), store=replace(STORED, certificates=()))
    assert worst(store(seen, NEW, USER)) == "note"


def wants(**changed: object) -> list[Finding]:
    base = RecipeSeen("r.yaml", ("QM1",), names={"mqhost.example.com": True})
    return list(recipe(replace(base, **changed), frozenset()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "severity", "part"),
    [
        ({}, "ok", "the run makes it"),
        ({"busy": {("*", 1414): "process 7 (nc)"}}, "problem", "port 1414: process 7 (nc)"),
        ({"busy": {("10.0.0.1", 1414): "process 7"}}, "problem", "10.0.0.1 port 1414"),
        ({"names": {"nowhere.example.com": False}}, "warning", "getent hosts nowhere.example.com"),
        ({"folders": (FolderSeen("/keys", exists=False),)}, "problem", "mkdir -p /keys"),
        ({"folders": (FolderSeen("/keys", mode=0o755),)}, "note", "chmod o-rwx /keys"),
        ({"folders": (FolderSeen("/keys", mode=0o770),)}, "ok", ""),
        ({"troubles": ("getent was not found.",)}, "problem", "getent"),
    ],
)
def test_what_a_recipe_needs(changed: dict[str, object], severity: str, part: str) -> None:
    found = wants(**changed)
    assert worst(found) == severity
    assert part in told(found)


WAIT = Wait("root", "user app1 in group app1", ("useradd app1",))


@pytest.mark.parametrize(
    ("state", "steps", "severity", "part"),
    [
        (State.KEEP, (), "ok", "in group app1"),
        (State.CREATE, (), "note", "the run makes it"),
        (State.WAIT, (WAIT,), "warning", "Root must run: useradd app1"),
        (State.REFUSE, (), "problem", "in group app1"),
    ],
)
def test_a_user_that_a_recipe_wants(state: State, steps: tuple[Wait, ...], severity: str, part: str) -> None:
    operation = Operation("users", state, "user app1", "user app1", "in group app1", steps=steps)
    found = wants(accounts=(operation,))
    assert worst(found) == severity
    assert part in told(found)


def test_every_part_of_a_whole_machine_is_judged() -> None:
    found = judge(whole(recipe=RecipeSeen("r.yaml", ("QM1",))))
    assert unwell(found) == ""
    areas = {one.area for one in found}
    assert {"session", "IBM MQ", "commands", "release", "data path", "space", "mqwizard"} <= areas
    assert {"queue manager QM1", "recipe r.yaml"} <= areas


def test_queue_managers_that_cannot_be_listed_are_a_problem() -> None:
    found = judge(whole(queue_managers=(), queue_managers_trouble="dspmq ended with exit 71."))
    assert "exit 71" in unwell(found)
