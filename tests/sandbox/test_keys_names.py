"""Distinguished names as runmqakm takes and prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.dn import as_gskit
from wizard.pki.names import mq_text
from wizard.sandbox.keys import names

KEYWORDS = [keyword for keyword in names.ORDER if keyword != "C"]
VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FF), min_size=1, max_size=40).filter(
    str.isprintable
)
PARTS = st.lists(st.tuples(st.sampled_from(KEYWORDS), VALUES), min_size=1, max_size=6)


def written(parts: list[tuple[str, str]]) -> str:
    return ",".join(f"{keyword}={names.escape(value)}" for keyword, value in parts)


@given(PARTS)
def test_every_value_survives_escaping_and_parsing(parts: list[tuple[str, str]]) -> None:
    found = [(names.KEYWORDS[one.oid], one.value) for one in reversed(list(names.parse(written(parts))))]
    assert sorted(found) == sorted(parts)


@given(PARTS)
def test_what_is_printed_parses_to_the_same_name(parts: list[tuple[str, str]]) -> None:
    name = names.parse(written(parts))
    assert names.parse(names.text_of(name)) == name


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_is_refused(text: str) -> None:
    try:
        name = names.parse(text)
    except names.BadNameError as error:
        assert str(error)
    else:
        assert names.text_of(name)


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        # Seen on real machines.
        (
            "CN= appduv22d0.ibmsl.cloud.test.group ,O=IBM,OU=DatabaseCloud ,L=AP,ST=ON,C=INDIA",
            "CN=appduv22d0.ibmsl.cloud.test.group,OU=DatabaseCloud,O=IBM,L=AP,ST=ON,C=INDIA",
        ),
        ("cn=QM1,O=IBM,C=US,OU=SSL For MQ,ST=MA", "CN=QM1,OU=SSL For MQ,O=IBM,ST=MA,C=US"),
        # The order among equals stays.
        ("OU=first,CN=a,OU=second", "CN=a,OU=first,OU=second"),
        ('CN="Doe, John",O=Acme\\, Inc', "CN=Doe\\, John,O=Acme\\, Inc"),
        ('CN=" a "', "CN=\\ a\\ "),
        ("CN=a;O=b", "CN=a,O=b"),
    ],
)
@pytest.mark.filterwarnings("ignore:Attribute's length")
def test_parts_are_put_in_order_and_blanks_around_them_dropped(given_text: str, printed: str) -> None:
    assert names.text_of(names.parse(given_text)) == printed


def test_the_certificate_holds_the_country_first() -> None:
    name = names.parse("CN=app1,OU=Payments,O=Acme,C=GB")
    assert [attribute.value for attribute in name] == ["GB", "Acme", "Payments", "app1"]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "app1", "CN", "CN=", 'CN=""', "XX=a", "CN=a,,O=b", "CN=a,", 'CN="a', "CN=a\\", "CN=" + "a" * 65,
     "CN=a\nO=b", "=a"],
)  # fmt: skip
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(names.BadNameError):
        names.parse(text)


def test_a_certificate_of_runmqakm_has_its_units_in_the_order_that_mq_compares() -> None:
    wanted = "CN=QM1,OU=Payments,OU=MQ,O=Example"
    assert mq_text(names.parse(as_gskit(wanted))) == wanted
    assert as_gskit(names.text_of(names.parse(as_gskit(wanted)))) == wanted
