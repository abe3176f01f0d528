"""MQSC scripts of a recipe: what each command comes to, and which are refused, with file and line."""

from __future__ import annotations

import pytest

from wizard.errors import RecipeError
from wizard.mq.objects import Kind, MqObject
from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Action, QueueManager, Topology

ONE = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1:
    listener: 1414
    queues: [Q1]
mqsc: app.mqsc
"""

BARE = """\
mqwizard: 1
queue_managers: {QM1: {}}
mqsc: app.mqsc
"""

TWO = """\
mqwizard: 1
queue_managers:
  QM.A: {listener: 1414}
  QM.B: {listener: 1415}
mqsc: [QM.A.mqsc, QM.B/app.mqsc]
"""

WITH_CLIENT = f"""\
{ONE}
clients:
  app1:
    connects_to: QM1
    queues: {{APP.IN: [put]}}
"""


def topology(recipe: str, release: str = "9.4", **texts: str) -> Topology:
    scripts = {name.replace("__", "/") + ".mqsc": text for name, text in texts.items()}
    return build(read_recipe(recipe, source="r.yaml"), Release.parse(release), scripts)


def manager(script: str, recipe: str = BARE) -> QueueManager:
    return topology(recipe, app=script).queue_managers[0]


def problems(script: str, recipe: str = BARE, release: str = "9.4") -> list[str]:
    with pytest.raises(RecipeError) as refused:
        topology(recipe, release, app=script)
    return [str(problem) for problem in refused.value.problems]


def test_definitions_become_wanted_objects_in_their_place() -> None:
    wanted = manager(
        "DEFINE QLOCAL(APP.IN) MAXDEPTH(7) REPLACE\n"
        "DEFINE QALIAS(APP) TARGQ(APP.IN)\n"
        "DEFINE CHANNEL(TO.QM2) CHLTYPE(SDR) CONNAME('h(1414)') XMITQ(QM2)\n"
        "SET CHLAUTH(X) TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)\n"
        "ALTER QMGR CHLEV(EXCEPTION)\n"
    )
    assert [queue.name for queue in wanted.queues] == ["QM1.DLQ", "APP.IN"]
    assert wanted.queues[1] == MqObject(Kind.QLOCAL, "APP.IN", {"MAXDEPTH": "7"})
    assert [one.name for one in wanted.objects] == ["APP", "TO.QM2"]
    assert wanted.rules == (MqObject(Kind.CHLAUTH, "X", {"TYPE": "ADDRESSMAP", "ADDRESS": "*", "USERSRC": "NOACCESS"}),)
    assert wanted.attributes == MqObject(Kind.QMGR, "QM1", {"CHLEV": "EXCEPTION"})
    assert dict(wanted.origins)[("QUEUE", "APP")] == "app.mqsc:2"
    assert dict(wanted.origins)[("QMGR", "QM1")] == "app.mqsc:5"


def test_the_last_word_on_an_object_counts() -> None:
    wanted = manager(
        "DEFINE QLOCAL(A) MAXDEPTH(1) DESCR('one')\nALTER QLOCAL(A) MAXDEPTH(2)\n"
        "DEFINE QLOCAL(B) LIKE(A) DESCR('two')\nDEFINE QLOCAL(A) PUT(DISABLED) REPLACE\n"
    )
    assert {queue.name: dict(queue.attributes) for queue in wanted.queues[1:]} == {
        "A": {"PUT": "DISABLED"},
        "B": {"MAXDEPTH": "2", "DESCR": "two"},
    }


def test_what_is_altered_and_not_defined_is_only_altered() -> None:
    wanted = manager("ALTER CHANNEL(SYSTEM.DEF.SVRCONN) CHLTYPE(SVRCONN) MCAUSER('*NOACCESS')\n")
    assert wanted.objects == ()
    (altered,) = wanted.altered
    assert (altered.name, altered.text("MCAUSER")) == ("SYSTEM.DEF.SVRCONN", "*NOACCESS")


def test_rights_of_several_groups_are_one_record_each_with_all_written_out() -> None:
    wanted = manager(
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app', 'ops') AUTHADD(PUT)\n"
        "SET AUTHREC PROFILE(Q) OBJTYPE(QUEUE) GROUP('app') PRINCIPAL('x') AUTHADD(ALLMQI)\n"
        "SET AUTHREC OBJTYPE(QMGR) GROUP('app') AUTHADD(CONNECT INQ)\n"
    )
    found = {(one.name, one.text("ENTTYPE"), one.text("ENTITY")): one.text("AUTHLIST") for one in wanted.authorities}
    everything = "BROWSE,GET,INQ,PASSALL,PASSID,PUT,SET,SETALL,SETID"
    assert found == {
        ("Q", "GROUP", "app"): everything,
        ("Q", "GROUP", "ops"): "PUT",
        ("Q", "PRINCIPAL", "x"): everything,
        ("SELF", "GROUP", "app"): "CONNECT,INQ",
    }


def test_the_name_of_the_queue_manager_goes_into_cluster_channels() -> None:
    wanted = manager(
        "DEFINE CHANNEL(CLUSTER1.+QMNAME+) CHLTYPE(CLUSRCVR) CONNAME('h') CLUSTER(C1)\n"
        "DEFINE SERVICE(S) CONTROL(QMGR) STARTCMD('x') STARTARG(+QMNAME+)\n"
        "START CHANNEL(CLUSTER1.+QMNAME+)\n"
    )
    assert [one.name for one in wanted.objects] == ["CLUSTER1.QM1", "S"]
    assert wanted.objects[1].text("STARTARG") == "+QMNAME+"
    assert [(one.action, one.name) for one in wanted.commands] == [(Action.START_CHANNEL, "CLUSTER1.QM1")]


def test_a_channel_name_that_gets_too_long_is_cut_as_mq_cuts_it() -> None:
    recipe = BARE.replace("QM1", "PAYMENTS.QM1")
    wanted = manager("DEFINE CHANNEL(LONG.CLUSTER.+QMNAME+) CHLTYPE(CLUSSDR) CONNAME('h') CLUSTER(C1)", recipe)
    assert [one.name for one in wanted.objects] == ["LONG.CLUSTER.PAYMENT"]


def test_starts_refreshes_and_displays_are_kept_once_each() -> None:
    wanted = manager(
        "DISPLAY QLOCAL(*)\nPING QMGR\nREFRESH SECURITY TYPE(SSL)\nREFRESH SECURITY(*) TYPE(SSL)\n"
        "REFRESH SECURITY\nSTART LISTENER\nSTART LISTENER('x')\nEND\nDELETE QLOCAL(NEVER)\n"
    )
    assert [(one.action, one.name, one.origin) for one in wanted.commands] == [
        (Action.SHOW, "DISPLAY QLOCAL *", "app.mqsc:1"),
        (Action.SHOW, "PING QMGR", "app.mqsc:2"),
        (Action.REFRESH_SSL, "", "app.mqsc:3"),
        (Action.REFRESH_AUTHSERV, "", "app.mqsc:5"),
        (Action.START_LISTENER, "SYSTEM.DEFAULT.LISTENER.TCP", "app.mqsc:6"),
        (Action.START_LISTENER, "x", "app.mqsc:7"),
    ]


def test_a_script_s_own_listener_is_the_queue_manager_s_where_the_recipe_orders_none() -> None:
    script = "DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1500) CONTROL(QMGR)\nSTART LISTENER(L1)\n"
    wanted = manager(script)
    assert wanted.listener is not None
    assert (wanted.listener.name, wanted.port, wanted.commands, wanted.objects) == ("L1", 1500, (), ())
    beside = manager(script, ONE)
    assert beside.port == 1414
    assert [one.name for one in beside.objects] == ["L1"]
    by_hand = manager("DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1500)\n")
    assert by_hand.listener is None


def test_clients_connect_to_the_listener_that_a_script_defines() -> None:
    recipe = WITH_CLIENT.replace("    listener: 1414\n", "")
    script = "DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1500) CONTROL(QMGR)\nDEFINE QLOCAL(APP.IN)\n"
    found = topology(recipe, app=script)
    assert found.clients[0].definition.text("CONNAME") == "localhost(1500)"


def test_with_several_queue_managers_the_name_of_file_or_folder_says_whose_it_is() -> None:
    found = topology(TWO, **{"QM.A": "DEFINE QLOCAL(A)", "QM.B__app": "DEFINE QLOCAL(B)"})
    assert [one.queues[-1].name for one in found.queue_managers] == ["A", "B"]


def test_a_script_of_no_queue_manager_is_told_at_its_place_in_the_recipe() -> None:
    with pytest.raises(RecipeError) as refused:
        topology(TWO.replace("QM.B/app", "other"), **{"QM.A": "", "other": ""})
    assert str(refused.value) == (
        "r.yaml:5:19: Nothing says which queue manager other.mqsc is for. "
        "Name it after its queue manager, such as QM.A.mqsc, or its folder."
    )


def test_a_script_that_was_not_read_is_not_passed_over() -> None:
    with pytest.raises(RecipeError, match=r"app\.mqsc has not been read"):
        topology(BARE)


@pytest.mark.parametrize(
    ("command", "part"),
    [
        ("DELETE QLOCAL(Q1)", "DELETE QLOCAL(Q1) deletes what is there"),
        ("CLEAR QLOCAL(Q1)", "throws messages away"),
        ("STOP CHANNEL(C)", "interrupts what runs"),
        ("RESET CHANNEL(C)", "changes what partners agreed on"),
        ("RESOLVE CHANNEL(C) ACTION(COMMIT)", "decides about messages in doubt"),
        ("START SERVICE(S)", "starts a program"),
        ("START CHINIT", "starts a program"),
        ("REFRESH CLUSTER(C)", "disturbs other queue managers"),
        ("SUSPEND QMGR CLUSTER(C)", "takes the queue manager out of its cluster"),
        ("SET LOG ARCHIVED(ALL)", "changes what a recipe does not describe"),
        ("SET CHLAUTH(X) TYPE(USERMAP) CLNTUSER('a') ACTION(REMOVE)", "takes no record away"),
        ("SET AUTHREC OBJTYPE(QMGR) GROUP('a') AUTHRMV(ALL)", "AUTHRMV takes rights away"),
        ("DEFINE QLOCAL(B) LIKE(NOT.HERE)", "LIKE(NOT.HERE) names an object that no script defines before"),
        ("DEFINE CHANNEL(C) CHLTYPE(CLUSRCVR) CLUSTER(+AUTOCL+)", "Nothing says what stands for +AUTOCL+ here"),
        ("DEFINE QLOCAL(B) MAXDEPHT(1)", "QLOCAL has no attribute MAXDEPHT. Was MAXDEPTH meant?"),
        ("DEFINE CHANNEL(C) CHLTYPE(SVRCONN) SSLCIPH(RC4_MD5_US)", "is too weak"),
        ("DEFINE QLOCAL(B) DESCR('open", "A quote is not closed"),
        ("DEFINE QLOCAL('lower case')", "a blank is not allowed"),
    ],
)
def test_a_command_that_cannot_be_taken_in_is_refused_with_file_and_line(command: str, part: str) -> None:
    (said,) = problems(f"* first\nDEFINE QLOCAL(A)\n{command}\n")
    assert said.startswith("app.mqsc:3:1: ")
    assert part in said


def test_every_bad_command_is_told_at_once_and_in_order() -> None:
    found = problems("DELETE QLOCAL(A)\nDEFINE QLOCAL(B) MAXDEPHT(1)\nFOO\nCLEAR QLOCAL(C)")
    assert [said.split(":")[1] for said in found] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        ("ALTER QMGR KEYRPWD('hunter2')", "key_repository: {password: env:NAME}"),
        ("ALTER QMGR INITKEY('hunter2')", "key_repository: {initial_key: env:NAME}"),
        (
            "DEFINE AUTHINFO(A) AUTHTYPE(CRLLDAP) CONNAME('h') LDAPPWD('hunter2')",
            "LDAPPWD: env:NAME",
        ),
    ],
)
def test_a_secret_in_plain_text_is_refused_and_not_repeated(command: str, remedy: str) -> None:
    (said,) = problems(command)
    assert "plain text" in said and remedy in said and "hunter2" not in said


def test_a_keyword_of_a_later_release_is_refused() -> None:
    assert "Known from 9.3" in problems("DEFINE QLOCAL(A) STREAMQ(B)", release="9.2")[0]


def test_a_script_may_say_more_about_what_the_recipe_orders_and_the_same() -> None:
    recipe = ONE.replace("queues: [Q1]", "queues: {Q1: {MAXDEPTH: 10}}")
    wanted = manager("DEFINE QLOCAL(Q1) MAXDEPTH(010) DESCR('x')\nALTER QMGR DEADQ(QM1.DLQ)\n", recipe)
    assert [one.name for one in wanted.queues] == ["QM1.DLQ", "Q1"]
    assert wanted.queues[1].attributes == {"MAXDEPTH": "10", "DESCR": "x"}


@pytest.mark.parametrize(
    ("script", "part"),
    [
        ("DEFINE QLOCAL(Q1) MAXDEPTH(11)", "MAXDEPTH of Q1 is 10 in the recipe, and another value here"),
        ("ALTER QLOCAL(Q1) MAXDEPTH(11)", "MAXDEPTH of Q1 is 10"),
        ("DEFINE QALIAS(Q1) TARGQ(X)", "Q1 is a QLOCAL in the recipe, and another thing here"),
        ("ALTER QMGR DEADQ(OTHER)", "DEADQ is QM1.DLQ by the recipe"),
        ("ALTER QMGR CHLEV(ENABLED)", "CHLEV is EXCEPTION by the recipe"),
        ("DEFINE LISTENER(LISTENER.TCP) TRPTYPE(TCP) PORT(1500)", "PORT of LISTENER.TCP is 1414"),
        ("SET CHLAUTH(X) TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(CHANNEL)", "about the same partners"),
    ],
)
def test_a_script_that_contradicts_the_recipe_is_refused(script: str, part: str) -> None:
    recipe = ONE.replace(
        "queues: [Q1]",
        "queues: {Q1: {MAXDEPTH: 10}}\n    dead_letter_queue: QM1.DLQ\n    attributes: {CHLEV: EXCEPTION}\n"
        "    chlauth: [{profile: X, TYPE: ADDRESSMAP, ADDRESS: '*', USERSRC: NOACCESS}]",
    )
    (said,) = problems(script, recipe)
    assert said.startswith("app.mqsc:1:1: ")
    assert part in said


@pytest.mark.parametrize(
    ("script", "part"),
    [
        ("ALTER QMGR SSLKEYR('/x/key.p12')", "SSLKEYR is its own key repository by the recipe"),
        ("ALTER QMGR CERTLABL('other')", "CERTLABL is qm1 by the recipe"),
        ("ALTER QMGR CHLAUTH(DISABLED)", "without effect"),
        ("ALTER CHANNEL(APP1.SVRCONN) CHLTYPE(SVRCONN) MCAUSER('mqm')", "MCAUSER of APP1.SVRCONN is *NOACCESS"),
    ],
)
def test_a_script_cannot_take_away_what_clients_rely_on(script: str, part: str) -> None:
    (said,) = problems(f"DEFINE QLOCAL(APP.IN)\n{script}", WITH_CLIENT)
    assert said.startswith("app.mqsc:2:1: ") and part in said


def test_the_dead_letter_queue_is_the_script_s_to_name_where_the_recipe_names_none() -> None:
    made = manager("ALTER QMGR DEADQ(OLD.DLQ)\nALTER QMGR DEADQ(MY.DLQ)\n")
    assert (made.dead_letter_queue, [one.name for one in made.queues]) == ("MY.DLQ", ["MY.DLQ"])
    described = manager("DEFINE QLOCAL(MY.DLQ) MAXDEPTH(9)\nALTER QMGR DEADQ(MY.DLQ)\n")
    assert (described.queues, [one.text("MAXDEPTH") for one in described.objects]) == ((), ["9"])
    assert manager("ALTER QMGR DEADQ(SYSTEM.DEAD.LETTER.QUEUE)\n").queues == ()
    blank = manager("ALTER QMGR DEADQ(' ')\n")
    assert (blank.dead_letter_queue, blank.attributes) == ("QM1.DLQ", MqObject(Kind.QMGR, "QM1"))


def test_a_client_may_be_granted_a_queue_that_a_script_defines_and_no_other() -> None:
    assert topology(WITH_CLIENT, app="DEFINE QLOCAL(APP.IN)").clients
    (said,) = problems("DEFINE QLOCAL(OTHER)", WITH_CLIENT)
    assert said.startswith("r.yaml:12:") and "APP.IN is not defined on QM1" in said


def test_the_store_of_a_queue_manager_without_tls_clients_is_the_script_s_to_name() -> None:
    wanted = manager("ALTER QMGR SSLKEYR('/x/key.p12') CERTLABL('mine')\n")
    assert wanted.attributes is not None
    assert wanted.attributes.attributes == {"SSLKEYR": "/x/key.p12", "CERTLABL": "mine"}


def test_warnings_of_the_lint_are_notes_of_the_plan() -> None:
    found = topology(BARE, app="DEFINE CHANNEL(A.SVRCONN) CHLTYPE(SVRCONN)\nALTER QMGR CHLAUTH(DISABLED)\n")
    assert found.notes == ("app.mqsc: mqwizard lint warns of line 1 mcauser-blank, line 2 chlauth-off.",)


def test_a_script_of_comments_alone_asks_for_nothing() -> None:
    without = build(read_recipe(BARE.replace("mqsc: app.mqsc\n", ""), source="r.yaml"), Release(9, 4))
    assert topology(BARE, app="* nothing\n\n").queue_managers == without.queue_managers
