"""Under which user a client runs, step by step (facts TLS 5.1, 5.3)."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from wizard.sandbox.wire.identity import Caller, Credentials, Policy, Rule, identify
from wizard.sandbox.wire.refusal import RefusalError

GOOD, WRONG = Credentials("pat", "right"), Credentials("pat", "wrong")
OPTIONAL = Policy("AUTH", "OPTIONAL", adopt=False)
EARLY = Policy("AUTH", "OPTIONAL", adopt=True, early_adopt=True)
LATE = Policy("AUTH", "OPTIONAL", adopt=True, early_adopt=False)
REQDADM = Policy("AUTH", "REQDADM", adopt=True)
MAP = Rule("MAP", "mapped")


@dataclass
class Answers:
    """An oracle that knows one password and remembers what it was asked."""

    rule: Rule | None = None
    blocked: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ("mqm",)
    mapped_for: list[str] = field(default_factory=list)

    def mapping(self, user: str) -> Rule | None:
        self.mapped_for.append(user)
        return self.rule

    def is_blocked(self, user: str) -> bool:
        return user in self.blocked

    def password_fits(self, credentials: Credentials) -> bool:
        return credentials == GOOD

    def is_privileged(self, user: str) -> bool:
        return user in self.administrators


def caller(credentials: Credentials | None = None, user: str = "asserted") -> Caller:
    return Caller("APP1.SVRCONN", "10.1.1.1", user, credentials, "amqsputc")


def refused(policy: Policy, answers: Answers, who: Caller, channel_user: str = "") -> list[str]:
    """The messages of a refusal, in order."""
    with pytest.raises(RefusalError) as error:
        identify(who, channel_user, policy, answers)
    return [entry.message for entry in error.value.entries]


@pytest.mark.parametrize(
    ("policy", "sent", "rule", "channel_user", "runs_as"),
    [
        # the table of facts TLS 5.3, row by row
        (OPTIONAL, GOOD, None, "", "asserted"),
        (OPTIONAL, GOOD, None, "channel", "channel"),
        (OPTIONAL, GOOD, MAP, "channel", "mapped"),
        (EARLY, GOOD, None, "", "pat"),
        (EARLY, GOOD, None, "channel", "pat"),
        (EARLY, GOOD, MAP, "", "mapped"),
        (LATE, GOOD, None, "channel", "pat"),
        (LATE, GOOD, MAP, "", "pat"),
        (EARLY, None, None, "", "asserted"),
        (EARLY, None, None, "channel", "channel"),
        (EARLY, None, MAP, "", "mapped"),
        (LATE, None, MAP, "", "mapped"),
        (OPTIONAL, None, Rule("CHANNEL"), "channel", "channel"),
    ],
)
def test_the_user_is_found_as_ibms_table_says(
    policy: Policy, sent: Credentials | None, rule: Rule | None, channel_user: str, runs_as: str
) -> None:
    assert identify(caller(sent), channel_user, policy, Answers(rule)) == runs_as


@pytest.mark.parametrize(("policy", "seen"), [(EARLY, "pat"), (LATE, "asserted"), (OPTIONAL, "asserted")])
def test_a_user_map_sees_the_password_user_only_when_adopted_early(policy: Policy, seen: str) -> None:
    answers = Answers()
    identify(caller(GOOD), "", policy, answers)
    assert answers.mapped_for == [seen]


def test_a_noaccess_rule_ends_the_connection() -> None:
    assert refused(OPTIONAL, Answers(Rule("NOACCESS")), caller()) == ["AMQ9777E"]


def test_a_noaccess_rule_that_only_warns_lets_the_flowed_user_in() -> None:
    assert identify(caller(), "", OPTIONAL, Answers(Rule("NOACCESS", warn=True))) == "asserted"


@pytest.mark.parametrize("policy", (OPTIONAL, EARLY, LATE))
def test_a_wrong_password_never_gets_in_even_where_none_is_needed(policy: Policy) -> None:
    assert refused(policy, Answers(MAP), caller(WRONG)) == ["AMQ5534E", "AMQ5542I", "AMQ9557E"]


def test_a_wrong_password_is_refused_before_the_rules_when_adopted_early() -> None:
    answers = Answers(Rule("NOACCESS"))
    assert refused(EARLY, answers, caller(WRONG))[0] == "AMQ5534E"
    assert answers.mapped_for == []


def test_a_required_password_cannot_be_left_out_behind_a_certificate_map() -> None:
    required = Policy("AUTH", "REQUIRED", adopt=True, delay=1)
    assert refused(required, Answers(MAP), caller()) == ["AMQ5540E", "AMQ5542I", "AMQ9557E"]


def test_an_administrator_needs_a_password_and_the_user_it_is_mapped_to_does_not() -> None:
    assert refused(REQDADM, Answers(), caller(user="mqm"))[0] == "AMQ5540E"
    assert identify(caller(user="mqm"), "", REQDADM, Answers(MAP)) == "mapped"


def test_a_blocked_user_is_refused_after_all_mapping() -> None:
    assert refused(OPTIONAL, Answers(MAP, blocked=("mapped",)), caller()) == ["AMQ9776E"]
    assert identify(caller(), "", OPTIONAL, Answers(MAP, blocked=("asserted",))) == "mapped"


def test_a_rule_that_wants_a_password_gets_one() -> None:
    rule = Rule("MAP", "mapped", "REQUIRED")
    assert refused(OPTIONAL, Answers(rule), caller()) == ["AMQ9791E"]
    assert identify(caller(GOOD), "", OPTIONAL, Answers(rule)) == "mapped"


def test_a_rule_that_wants_a_password_contradicts_a_queue_manager_that_checks_none() -> None:
    rule = Rule("MAP", "mapped", "REQUIRED")
    assert refused(Policy(), Answers(rule), caller(GOOD)) == ["AMQ9790E"]


def test_an_adopted_user_is_cut_to_twelve_characters() -> None:
    class Anyone(Answers):
        def password_fits(self, credentials: Credentials) -> bool:
            return True

    long = Credentials("averylongusername", "x")
    assert identify(caller(long), "", EARLY, Anyone()) == "averylonguse"


def test_the_blocked_values_can_be_pasted_into_runcheck() -> None:
    who = Caller("C", "10.1.1.1", "pat", active={"SSLPEER": "SERIALNUMBER=05,CN=app1", "SSLCERTI": "CN=ca"})
    with pytest.raises(RefusalError) as error:
        identify(who, "", Policy(), Answers(Rule("NOACCESS")))
    shown = error.value.entries[0].values["values"]
    assert shown == "CLNTUSER(pat) SSLPEER('SERIALNUMBER=05,CN=app1') SSLCERTI('CN=ca') ADDRESS(10.1.1.1)"


def test_credentials_do_not_show_the_password() -> None:
    assert "right" not in repr(GOOD)
