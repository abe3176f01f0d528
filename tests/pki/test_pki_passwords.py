from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import MqWizardError
from wizard.pki.passwords import strong_password, weakness


@given(st.integers(14, 128))
def test_a_made_password_is_strong_at_every_length(length: int) -> None:
    password = strong_password(length)
    assert len(password) == length
    assert weakness(password) is None


@given(st.integers(14, 40))
def test_a_made_password_needs_no_quotes_anywhere(length: int) -> None:
    password = strong_password(length)
    assert password.isascii() and password.isalnum()
    assert not set(password) & set("0O1lI"), "nobody can copy it by hand"


def test_two_made_passwords_differ() -> None:
    assert len({strong_password() for _ in range(100)}) == 100


@pytest.mark.parametrize("length", [0, 13, 129])
def test_a_length_that_gskit_refuses_is_refused(length: int) -> None:
    with pytest.raises(MqWizardError, match="cannot be made"):
        strong_password(length)


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Short1", "6 characters"),
        ("ALLUPPERCASE12", "lower-case"),
        ("alllowercase12", "upper-case"),
        ("OnlyLettersHere", "digit"),
        ("aBcdaBcdaBcda1", "more than three"),
        ("aaaBcdefghij12", "twice in a row"),
        ("Umlautäöü123456", "printable ASCII"),
        ("NewLine\n1234567", "printable ASCII"),
    ],
)
def test_a_weak_password_is_told_its_weakness(password: str, said: str) -> None:
    assert said in (weakness(password) or "")


def test_a_blank_counts_as_special_as_gskit_has_it() -> None:
    assert weakness("OnlyLetters Now") is None


@given(st.text())
def test_the_judgement_never_quotes_the_password(password: str) -> None:
    said = weakness(password)
    assert said is None or len(password) < 3 or password not in said
