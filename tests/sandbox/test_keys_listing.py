"""The list of labels: what a driver reads back is what was put in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.sandbox.keys import listing

LABELS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), min_size=1, max_size=40).filter(
    lambda label: label.isprintable() and '"' not in label
)


@given(LABELS)
def test_a_label_is_found_again_whatever_it_holds(label: str) -> None:
    line = f"-\t{listing.quoted(label)}"
    match = re.fullmatch(r'[*!#-]*\t(?:"([^"]*)"|(.*))', line)
    assert match is not None
    assert label in match.groups()


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("rootca", "rootca"),
        ("ibmwebspheremqwzqm", "ibmwebspheremqwzqm"),
        ("My Root CA 2", '"My Root CA 2"'),
        ("CN=thinkde.sb.com,OU=MyRoom,O=MyHome,L=Warsaw,ST=Mazovia,C=PL",) * 2,
    ],
)
def test_labels_with_blanks_stand_in_quotes_and_names_do_not(label: str, shown: str) -> None:
    assert listing.quoted(label) == shown


def test_an_empty_repository_says_so() -> None:
    assert listing.certificates([], "all") == ["No certificates were found."]


def test_a_date_is_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [datetime(2018, 12, 29, 0, 0, 0, tzinfo=UTC), datetime(2019, 12, 29, 23, 59, 59, tzinfo=UTC)]
    monkeypatch.setattr(listing, "ZONE", ZoneInfo("UTC"))
    assert [listing.date(moment) for moment in moments] == [
        "December 29, 2018 12:00:00 AM GMT+00:00",
        "December 29, 2019 11:59:59 PM GMT+00:00",
    ]


def test_a_date_names_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "ZONE", ZoneInfo("Asia/Kolkata"))
    moment = datetime(2026, 7, 1, 8, 5, 9, tzinfo=UTC)
    assert listing.date(moment) == "July 1, 2026 1:35:09 PM GMT+05:30"
