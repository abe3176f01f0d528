"""The product's evaluation of mapping rules against the sandbox's, which was written apart from it."""

from __future__ import annotations

from typing import cast

from access_examiner import Records
from access_rules import CHANNELS, mapping_records, partners
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.access.rulebook import RuleBook
from wizard.access.rules import Partner
from wizard.mq.chlauth import identity
from wizard.mq.objects import MqObject
from wizard.sandbox.mqsc import rules as examiner
from wizard.sandbox.state import State


def examined(records: list[MqObject], channel: str, partner: Partner) -> examiner.Rule | None:
    """What the sandbox says."""
    return examiner.mapping(
        cast(State, Records(records)),
        "QM1",
        channel,
        partner.address,
        client_user=partner.client_user,
        qmname=partner.queue_manager,
        subject=str(partner.subject or ""),
        issuer=str(partner.issuer or ""),
        host_name=partner.host_name or None,
        ignores_case=partner.any_case,
    )


@settings(max_examples=400, deadline=None)
@given(
    records=st.lists(mapping_records(), max_size=14, unique_by=identity),
    tried=st.lists(partners(), min_size=1, max_size=8),
)
def test_both_evaluations_agree_where_the_facts_settle_the_order(records: list[MqObject], tried: list[Partner]) -> None:
    book = RuleBook(records)
    assert not book.invalid
    for partner in tried:
        for channel in CHANNELS:
            choice, theirs = book.choose(channel, partner), examined(records, channel, partner)
            assert (choice.rule is None) == (theirs is None)
            if choice.rule is None or theirs is None:
                continue
            ours = (choice.rule.source, choice.rule.user, choice.rule.warns)
            other = (theirs.user_source, theirs.mcauser, theirs.is_warning)
            possible = {(one.rule.source, one.rule.user, one.rule.warns) for one in choice.unsettled} | {ours}
            assert other in possible, (choice.rule.command, theirs)
