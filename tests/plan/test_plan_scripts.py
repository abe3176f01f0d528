"""Scripts of a recipe in the plan: a line for each command, compared with what is there; a second run keeps all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from mq.mq_strategies import objects
from plan_cases import carried_out, plan_of, want_stores
from plan_machine import Machine, QueueManager, type_into

from wizard.mq.lint import Severity, lint
from wizard.mq.mqsc import define
from wizard.mq.releases import Release
from wizard.plan.operations import Consent, Operation, Plan, State
from wizard.plan.text import command_lines, operation_line
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Topology

RECIPE = "mqwizard: 1\nqueue_managers: {QM1: {listener: 1414}}\nmqsc: app.mqsc\n"
LATEST = Release(9, 4)


def topology(script: str) -> Topology:
    return build(read_recipe(RECIPE, source="r.yaml"), LATEST, {"app.mqsc": script})


def plan(script: str, machine: Machine, *allowed: Consent) -> Plan:
    return plan_of(topology(script), machine, *allowed)


def lines(found: Plan) -> list[str]:
    return [operation_line(one).strip() for one in found.operations]


def operation(found: Plan, resource: str) -> Operation:
    return next(one for one in found.operations if one.resource == resource)


def made(script: str) -> Machine:
    """A machine on which a script has been carried out."""
    machine = Machine(LATEST)
    carried_out(machine, topology(script))
    return machine


def existing(*commands: str) -> Machine:
    """A machine with a running queue manager of somebody else."""
    machine = Machine(LATEST, {"QM1": QueueManager("QM1")})
    type_into(machine, "QM1", commands)
    return machine


def test_each_definition_has_a_line_with_its_file_and_line() -> None:
    found = plan("DEFINE QLOCAL(A) MAXDEPTH(7)\nDEFINE QALIAS(B) TARGQ(A)\n", Machine(LATEST))
    assert "create   queue A                  MAXDEPTH 7 (app.mqsc:1)" in lines(found)
    assert "create   queue B                  TARGET A (app.mqsc:2)" in lines(found)


def test_an_operation_that_many_lines_ask_for_names_the_first_three() -> None:
    script = "".join(f"SET AUTHREC PROFILE(Q{n}) OBJTYPE(QUEUE) GROUP('app') AUTHADD(PUT)\n" for n in range(5))
    rights = operation(plan(script, Machine(LATEST)), "QM1/authority/app")
    assert rights.reason.endswith("(app.mqsc:1, app.mqsc:2, app.mqsc:3 and 2 more)")


def test_what_is_there_is_kept_and_what_differs_is_changed() -> None:
    machine = existing("DEFINE QLOCAL(A) MAXDEPTH(7)", "DEFINE QLOCAL(B) MAXDEPTH(7) PUT(DISABLED)")
    found = plan("DEFINE QLOCAL(A) MAXDEPTH(7)\nDEFINE QLOCAL(B) MAXDEPTH(8)\n", machine, Consent.TAKEOVER)
    assert operation(found, "QM1/queue/A").state is State.KEEP
    changed = operation(found, "QM1/queue/B")
    assert changed.state is State.CHANGE
    assert command_lines(changed) == ["runmqsc QM1", "  ALTER QLOCAL(B) MAXDEPTH(8)"]


def test_what_is_somebody_else_s_needs_consent() -> None:
    machine = existing("DEFINE QLOCAL(A) MAXDEPTH(7)")
    found = plan("DEFINE QLOCAL(A) MAXDEPTH(8) REPLACE\n", machine)
    assert operation(found, "QM1/queue/A").state is State.REFUSE


def test_an_object_that_is_altered_and_that_nobody_defines_is_refused() -> None:
    found = plan("ALTER QLOCAL(NOT.THERE) MAXDEPTH(8)\n", existing())
    refused = operation(found, "QM1/queue/NOT.THERE")
    assert refused.state is State.REFUSE
    assert "nothing defines it" in refused.reason and "(app.mqsc:1)" in refused.reason


def test_what_mq_makes_itself_is_altered_first_on_a_new_queue_manager() -> None:
    found = plan("DEFINE QLOCAL(A)\nALTER QLOCAL(SYSTEM.DEFAULT.LOCAL.QUEUE) DEFPSIST(YES)\n", Machine(LATEST))
    altered = operation(found, "QM1/queue/SYSTEM.DEFAULT.LOCAL.QUEUE")
    assert command_lines(altered) == ["runmqsc QM1", "  ALTER QLOCAL(SYSTEM.DEFAULT.LOCAL.QUEUE) DEFPSIST(YES)"]
    resources = [one.resource for one in found.operations]
    assert resources.index(altered.resource) < resources.index("QM1/queue/A")


def test_a_definition_of_what_mq_makes_itself_replaces_it() -> None:
    found = plan("DEFINE LISTENER(SYSTEM.DEFAULT.LISTENER.TCP) TRPTYPE(TCP) PORT(1500)\n", Machine(LATEST))
    (command,) = command_lines(operation(found, "QM1/listener/SYSTEM.DEFAULT.LISTENER.TCP"))[1:]
    assert command.endswith("REPLACE")


def test_channels_of_a_script_come_after_the_rules_and_before_the_listener() -> None:
    script = (
        "DEFINE CHANNEL(A.SVRCONN) CHLTYPE(SVRCONN)\n"
        "SET CHLAUTH(A.SVRCONN) TYPE(ADDRESSMAP) ADDRESS('*') USERSRC(NOACCESS)\n"
    )
    order = [one.resource for one in plan(script, Machine(LATEST)).operations]
    rule, channel = order.index("QM1/rule/A.SVRCONN/ADDRESSMAP/*"), order.index("QM1/channel/A.SVRCONN")
    assert rule < channel < order.index("QM1/listener/LISTENER.TCP")


def test_a_change_of_connection_authentication_is_refreshed_once() -> None:
    script = (
        "DEFINE AUTHINFO(LOGIN) AUTHTYPE(IDPWOS) CHCKCLNT(REQDADM)\nALTER QMGR CONNAUTH(LOGIN)\n"
        "REFRESH SECURITY TYPE(CONNAUTH)\n"
    )
    first = operation(plan(script, Machine(LATEST)), "QM1/refresh/connauth")
    assert command_lines(first) == ["runmqsc QM1", "  REFRESH SECURITY TYPE(CONNAUTH)"]
    again = operation(plan(script, made(script)), "QM1/refresh/connauth")
    assert again.state is State.KEEP
    stricter = script.replace("REQDADM", "REQUIRED")
    assert operation(plan(stricter, made(script)), "QM1/refresh/connauth").state is State.RUN


def test_a_refresh_that_an_earlier_run_owes_is_paid() -> None:
    script = "ALTER QMGR CONNAUTH(SYSTEM.DEFAULT.AUTHINFO.IDPWOS)\n"
    machine = made(script)
    assert "QM1/refresh/connauth" not in [one.resource for one in plan(script, machine).operations]
    machine.owed.add("QM1 refresh connauth")
    assert operation(plan(script, machine), "QM1/refresh/connauth").state is State.RUN


def test_a_channel_is_started_when_it_is_made_and_not_again() -> None:
    script = (
        "DEFINE QLOCAL(QM2) USAGE(XMITQ)\n"
        "DEFINE CHANNEL(TO.QM2) CHLTYPE(SDR) CONNAME('h') XMITQ(QM2)\nSTART CHANNEL(TO.QM2)\n"
    )
    first = operation(plan(script, Machine(LATEST)), "QM1/start/channel/TO.QM2")
    assert command_lines(first) == ["runmqsc QM1", "  START CHANNEL(TO.QM2)"]
    machine = made(script)
    assert operation(plan(script, machine), first.resource).state is State.KEEP
    type_into(machine, "QM1", ["DELETE CHANNEL(TO.QM2)"])
    assert operation(plan(script, machine), first.resource).state is State.RUN


def test_a_listener_is_started_where_it_does_not_run() -> None:
    script = "DEFINE LISTENER(L2) TRPTYPE(TCP) PORT(1500)\nSTART LISTENER(L2)\n"
    first = operation(plan(script, Machine(LATEST)), "QM1/start/listener/L2")
    assert command_lines(first)[1:] == ["  START LISTENER(L2)", "check DISPLAY LSSTATUS(L2) says RUNNING"]
    machine = made(script)
    assert operation(plan(script, machine), first.resource).state is State.KEEP
    machine.queue_managers["QM1"].listening.clear()
    assert operation(plan(script, machine), first.resource).state is State.RUN


def test_commands_that_show_something_have_a_line_and_are_not_run() -> None:
    found = plan("DISPLAY QLOCAL(*) CURDEPTH\nPING QMGR\nREFRESH SECURITY\n", Machine(LATEST))
    kept = [one for one in found.operations if "app.mqsc" in one.reason]
    assert [(one.state, one.what) for one in kept] == [
        (State.KEEP, "DISPLAY QLOCAL *"),
        (State.KEEP, "PING QMGR"),
        (State.KEEP, "refresh security (authorities)"),
    ]


def test_the_plan_says_what_the_lint_warns_of() -> None:
    found = plan("ALTER QMGR CHLAUTH(DISABLED)\n", Machine(LATEST))
    assert "app.mqsc: mqwizard lint warns of line 1 chlauth-off." in found.notes


@st.composite
def scripts(draw: st.DrawFn) -> str:
    """Definitions, rules and rights of any kind, as far as MQ takes them."""
    script = ""
    for wanted in draw(st.lists(objects(), max_size=8)):
        longer = f"{script}{define(wanted, replace=True)}\n"
        wrong = any(one.severity is Severity.ERROR for one in lint(longer, "x", LATEST))
        if not wrong and not wanted.text("DEADQ"):
            script = longer
    return script


@settings(max_examples=60, deadline=None)
@given(scripts())
def test_a_second_run_of_any_script_keeps_everything(script: str) -> None:
    asked = topology(script)
    machine = Machine(LATEST)
    want_stores(machine, asked)
    machine.do(plan_of(asked, machine, *Consent))
    again = plan_of(asked, machine)
    assert [operation_line(one) for one in again.operations if one.state is not State.KEEP] == [], script
