"""Authority records, what they give, and the commands setmqaut and dspmqaut."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mqsc_calls import NAME, Machine, QueueManager

from wizard.sandbox import users
from wizard.sandbox.mqsc import oam
from wizard.sandbox.mqsc.authorities import OBJTYPES, ORDER, expanded, known


@pytest.fixture
def qm(tmp_path: Path) -> QueueManager:
    found = QueueManager(tmp_path)
    found.add_user("app1")
    return found


def may(qm: QueueManager, objtype: str, name: str, user: str = "app1") -> set[str]:
    return oam.authorities(qm.state, qm.folder, NAME, objtype, name, user)


@pytest.mark.parametrize(
    "command",
    [
        "SET AUTHREC OBJTYPE(QMGR) PRINCIPAL('app1') AUTHADD(CONNECT,INQ)",
        "SET AUTHREC PROFILE(APP.Q) OBJTYPE(QUEUE) PRINCIPAL('app1') AUTHADD(PUT,GET,BROWSE,INQ)",
        "SET AUTHREC PROFILE('SYSTEM.INTER.QMGR.*') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT,SETALL)",
        "SET AUTHREC PROFILE('SYSTEM.BROKER.**') OBJTYPE(TOPIC) GROUP('app1') AUTHADD(PUB,SUB)",
        "SET AUTHREC PROFILE('APP.Q') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(ALL) AUTHRMV(SETALL)",
        "SET AUTHREC PROFILE('QM7') OBJTYPE(RQMNAME) GROUP('app1') AUTHADD(PUT)",
        "SET AUTHREC PROFILE('C') OBJTYPE(CHANNEL) GROUP('app1') AUTHADD(CTRL,CTRLX,DSP,CRT)",
    ],
)
def test_a_good_grant_is_answered_as_the_facts_say(qm: QueueManager, command: str) -> None:
    assert qm.run(command) == (["AMQ8862I: IBM MQ authority record set."], False, False)


@pytest.mark.parametrize(
    ("command", "reply"),
    [
        ("SET AUTHREC OBJTYPE(QMGR) PRINCIPAL('nobody.here') AUTHADD(CONNECT)", "AMQ8871E"),
        ("SET AUTHREC OBJTYPE(QMGR) GROUP('nogroup.here') AUTHADD(CONNECT)", "AMQ8871E"),
        ("SET AUTHREC OBJTYPE(QMGR) PRINCIPAL(app1) AUTHADD(CONNECT)", "AMQ8871E"),
        ("SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(CONNECT)", "AMQ8868E"),
        ("SET AUTHREC OBJTYPE(QMGR) GROUP('app1') AUTHADD(PUT)", "AMQ8868E"),
        ("DELETE AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1')", "AMQ8459I"),
    ],
)
def test_a_grant_that_cannot_be_made_fails(qm: QueueManager, command: str, reply: str) -> None:
    found = qm.run(command)
    assert found.failed
    assert found.lines[0].startswith(f"{reply}: ")


@pytest.mark.parametrize(
    "command",
    [
        "SET AUTHREC PROFILE(Q) GROUP('app1') AUTHADD(PUT)",
        "SET AUTHREC OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT)",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QMGR) GROUP('app1') AUTHADD(CONNECT)",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) AUTHADD(PUT)",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1') PRINCIPAL('app1') AUTHADD(PUT)",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1')",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(WRITE)",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUES) GROUP('app1') AUTHADD(PUT)",
        "SET AUTHREC(Q) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT)",
    ],
)
def test_a_malformed_grant_is_a_syntax_error(qm: QueueManager, command: str) -> None:
    assert qm.run(command).syntax_error


def test_a_grant_to_a_user_reaches_its_whole_primary_group(qm: QueueManager) -> None:
    qm.add_user("app2", "app1")
    qm.done("SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) PRINCIPAL('app1') AUTHADD(PUT)")
    shown = qm.shown("DISPLAY AUTHREC PROFILE(Q) OBJTYPE(QUEUE)")
    assert (shown["ENTITY"], shown["ENTTYPE"], shown["AUTHLIST"]) == ("app1", "GROUP", "PUT")
    assert may(qm, "QUEUE", "Q", "app2") == {"PUT"}


@pytest.mark.parametrize("policy", ["user", "UserExternal"])
def test_with_user_based_security_it_stays_with_the_user(qm: QueueManager, policy: str) -> None:
    qm.write_ini(f"Service:\n   Name=AuthorizationService\n   SecurityPolicy={policy}\n")
    qm.add_user("app2", "app1")
    qm.done("SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) PRINCIPAL('app1') AUTHADD(PUT)")
    assert qm.shown("DISPLAY AUTHREC PROFILE(Q) OBJTYPE(QUEUE)")["ENTTYPE"] == "PRINCIPAL"
    assert may(qm, "QUEUE", "Q") == {"PUT"}
    assert may(qm, "QUEUE", "Q", "app2") == set()


def test_external_users_need_not_exist(qm: QueueManager) -> None:
    qm.write_ini("Service:\n   SecurityPolicy=UserExternal\n")
    qm.done("SET AUTHREC OBJTYPE(QMGR) PRINCIPAL('elsewhere') AUTHADD(CONNECT)")
    assert may(qm, "QMGR", NAME, "elsewhere") == {"CONNECT"}
    assert qm.run("SET AUTHREC OBJTYPE(QMGR) PRINCIPAL('morethan12chr') AUTHADD(CONNECT)").failed


def test_authorities_of_all_groups_add_up(qm: QueueManager) -> None:
    with users.change(qm.folder) as accounts:
        accounts.groups["readers"] = users.Group("readers", 3000, ("app1",))
    qm.done(
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT)",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('readers') AUTHADD(GET)",
    )
    assert may(qm, "QUEUE", "Q") == {"PUT", "GET"}


def test_the_most_specific_profile_alone_counts(qm: QueueManager) -> None:
    qm.done(
        "SET AUTHREC PROFILE('APP.**') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT,GET)",
        "SET AUTHREC PROFILE('APP.Q?') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(BROWSE)",
        "SET AUTHREC PROFILE('APP.Q1') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(INQ)",
    )
    assert may(qm, "QUEUE", "APP.X.Y") == {"PUT", "GET"}
    assert may(qm, "QUEUE", "APP.Q2") == {"BROWSE"}
    assert may(qm, "QUEUE", "APP.Q1") == {"INQ"}
    assert may(qm, "QUEUE", "OTHER") == set()
    assert may(qm, "TOPIC", "APP.Q1") == set()


def test_administrators_may_do_everything(qm: QueueManager) -> None:
    qm.add_user("boss", members_of=("mqm",))
    assert {"PUT", "DLT", "CRT"} <= may(qm, "QUEUE", "ANY", "boss")
    assert "CONNECT" in may(qm, "QMGR", NAME, "mqm")
    assert may(qm, "QUEUE", "ANY", "unknown") == set()


@pytest.mark.parametrize(
    ("profile", "name", "fits"),
    [
        ("A.B", "A.B", True),
        ("A.*", "A.B", True),
        ("A.*", "A.B.C", False),
        ("A.*", "A", False),
        ("A.B*", "A.BX", True),
        ("A.?", "A.B", True),
        ("A.?", "A.BB", False),
        ("A.**", "A.B.C", True),
        ("A.**", "A", True),
        ("**", "ANY.THING", True),
        ("**.Z", "A.B.Z", True),
        ("**.Z", "Z", True),
        ("A.**.Z", "A.Z", True),
        ("A.**.Z", "A.B.C.Z", True),
    ],
)
def test_generic_profiles_cover_names(profile: str, name: str, fits: bool) -> None:
    assert oam.profile_matches(profile, name) is fits


@given(st.sampled_from(OBJTYPES), st.sets(st.sampled_from(ORDER)))
def test_only_what_a_type_knows_can_be_granted(objtype: str, names: set[str]) -> None:
    if names <= known(objtype):
        assert expanded(objtype, names) == names
    else:
        with pytest.raises(KeyError):
            expanded(objtype, names)


def test_taking_everything_away_leaves_an_empty_record_and_delete_removes_it(qm: QueueManager) -> None:
    qm.done(
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT)",
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1') AUTHRMV(ALL)",
    )
    assert qm.shown("DISPLAY AUTHREC PROFILE(Q) OBJTYPE(QUEUE)")["AUTHLIST"] == "NONE"
    assert qm.lines("DELETE AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app1')")[0].startswith("AMQ8863I")
    assert qm.run("DISPLAY AUTHREC PROFILE(Q) OBJTYPE(QUEUE)").failed


def test_the_queue_manager_is_the_profile_self(qm: QueueManager) -> None:
    qm.done("SET AUTHREC OBJTYPE(QMGR) GROUP('app1') AUTHADD(INQ,CONNECT)")
    assert qm.lines("DISPLAY AUTHREC OBJTYPE(QMGR) GROUP('app1')") == [
        "AMQ8864I: Display authority record details.",
        "   PROFILE(SELF)                           ENTITY(app1)",
        "   ENTTYPE(GROUP)                          OBJTYPE(QMGR)",
        "   AUTHLIST(CONNECT                     ",
        "           ,INQ)                        ",
    ]


def test_display_finds_covering_profiles_unless_asked_for_an_exact_match(qm: QueueManager) -> None:
    qm.done("SET AUTHREC PROFILE('APP.**') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT)")
    assert qm.shown("DISPLAY AUTHREC PROFILE(APP.Q) OBJTYPE(QUEUE)")["PROFILE"] == "APP.**"
    assert qm.run("DISPLAY AUTHREC PROFILE(APP.Q) OBJTYPE(QUEUE) MATCH(EXACT)").failed


def test_entauth_shows_what_groups_and_profiles_give_together(qm: QueueManager) -> None:
    qm.done("SET AUTHREC PROFILE('APP.**') OBJTYPE(QUEUE) GROUP('app1') AUTHADD(PUT)")
    shown = qm.shown("DISPLAY ENTAUTH PRINCIPAL('app1') OBJTYPE(QUEUE) OBJNAME(APP.Q)")
    assert (shown["ENTITY"], shown["AUTHLIST"]) == ("app1", "PUT")


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    found = Machine(tmp_path_factory.mktemp("authority") / "box")
    assert found.run("useradd", "app1").status == 0
    return found


def test_setmqaut_grants_and_dspmqaut_shows(machine: Machine) -> None:
    granted = machine.run("setmqaut", "-m", "QM1", "-t", "queue", "-n", "ONE", "-p", "app1", "+put", "+get", "-get")
    assert granted == (0, "The setmqaut command completed successfully.\n")
    shown = machine.run("dspmqaut", "-m", "QM1", "-t", "q", "-n", "ONE", "-p", "app1")
    assert shown == (0, "Entity app1 has the following authorizations for object ONE:\n\tput\n")


def test_setmqaut_remove_deletes_the_record(machine: Machine) -> None:
    base = ("setmqaut", "-mQM1", "-tqueue", "-nTWO", "-gapp1")
    assert machine.run(*base, "+all").status == 0
    assert machine.run(*base, "-remove").status == 0
    state = machine.state()
    assert not [record for record in state.authrecs("QM1") if record[0] == "TWO"]
    state.close()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("-m", "QM1", "-t", "queue", "-n", "Q", "-p", "nobody.here", "+put"), 149),
        (("-m", "QM1", "-t", "queue", "-n", "Q", "-p", "app1", "+connect"), 151),
        (("-m", "QM1", "-t", "queue", "-n", "Q", "-p", "app1", "+write"), 151),
        (("-m", "QM1", "-t", "queue", "-n", "Q", "-p", "app1"), 150),
        (("-m", "QM1", "-t", "queue", "-p", "app1", "+put"), 146),
        (("-m", "QM1", "-t", "qmgr", "-n", "Q", "-p", "app1", "+connect"), 145),
        (("-m", "QM1", "-t", "table", "-n", "Q", "-p", "app1", "+put"), 148),
        (("-m", "QM1", "-n", "Q", "-p", "app1", "+put"), 147),
        (("-m", "NOPE", "-t", "qmgr", "-p", "app1", "+connect"), 16),
    ],
)
def test_setmqaut_ends_with_the_code_of_its_mistake(machine: Machine, arguments: tuple[str, ...], status: int) -> None:
    assert machine.run("setmqaut", *arguments).status == status
