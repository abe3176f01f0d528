from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.names import CLUSTER, GROUP, LABEL, USER, allowed, longest, problem
from wizard.mq.objects import Kind


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.QMGR, "QM1"),
        (Kind.QMGR, "a/B_%.9" + "x" * 41),
        (Kind.CHANNEL, "APP1.SVRCONN"),
        (Kind.CHANNEL, "UNICLUSTER.+QMNAME+"),
        (Kind.CHLAUTH, "*"),
        (Kind.CHLAUTH, "APP.*"),
        (Kind.AUTHREC, "SYSTEM.**"),
        (Kind.SUB, "a subscription / with anything"),
        (USER, "app1"),
        (USER, "_svc-mq"),
        (GROUP, "mqm"),
        (CLUSTER, "C1"),
        (LABEL, "ibmwebspheremqqm1"),
        (LABEL, "CN=x, O=y"),
    ],
)
def test_a_name_that_mq_takes_has_no_problem(kind: Kind | str, name: str) -> None:
    assert problem(kind, name) is None


@pytest.mark.parametrize(
    ("kind", "name", "what"),
    [
        (Kind.CHANNEL, "C" * 21, "21 characters; a channel name has at most 20"),
        (Kind.QMGR, "Q" * 49, "49 characters; a queue manager name has at most 48"),
        (USER, "averylongname", "13 characters; a user id has at most 12"),
        (Kind.QLOCAL, "", "empty; a queue name has at least one character"),
        (Kind.QLOCAL, "MY-QUEUE", "'-' is not allowed; a queue name has letters, digits and . / _ %"),
        (Kind.QLOCAL, "MY QUEUE", "a blank is not allowed; a queue name has letters, digits and . / _ %"),
        (Kind.QLOCAL, "SCHLÜSSEL", "'Ü' is not allowed; a queue name has letters, digits and . / _ %"),
        (Kind.QLOCAL, "A*", "'*' is not allowed; a queue name has letters, digits and . / _ %"),
        (USER, "1app", "begins with '1'; a user id begins with a letter"),
        (LABEL, "x\n", "'\\n' is not allowed; a certificate label has anything but control characters"),
    ],
)
def test_a_name_that_mq_refuses_says_what_is_wrong(kind: Kind | str, name: str, what: str) -> None:
    assert problem(kind, name) == what


def test_a_help_line_says_what_is_allowed() -> None:
    assert allowed(Kind.CHANNEL) == "a channel name: at most 20 characters, letters, digits and . / _ %"


@pytest.mark.parametrize("kind", [*Kind, USER, GROUP, CLUSTER, LABEL])
def test_every_kind_has_a_rule(kind: Kind | str) -> None:
    assert longest(kind) >= 12
    assert problem(kind, "a" * longest(kind)) is None
    assert problem(kind, "a" * (longest(kind) + 1)) is not None


@given(st.sampled_from(list(Kind)), st.text(max_size=60))
def test_any_text_is_a_name_or_has_a_problem(kind: Kind, name: str) -> None:
    found = problem(kind, name)
    if found is None and kind not in (Kind.SUB, Kind.CHANNEL):
        assert name.isascii() and " " not in name
