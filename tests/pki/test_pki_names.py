from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import assume, given
from hypothesis import strategies as st

from wizard.mq.dn import DistinguishedName, Pattern, pattern_for
from wizard.pki.errors import DistinguishedNameError
from wizard.pki.names import common_name, mq_text, name_from_mq

VALUES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=' ,;+="\\#<>*'),
    min_size=1,
    max_size=60,
).filter(lambda value: value.strip() != "" and value.isprintable() and len(value.encode()) <= 64)
NAMES = st.builds(
    lambda once, units: (*once.items(), *(("OU", unit) for unit in units)),
    st.dictionaries(
        st.sampled_from(["CN", "O", "L", "ST", "T", "STREET", "UID", "UNSTRUCTUREDNAME"]), VALUES, min_size=1
    ),
    st.lists(VALUES, max_size=3),
)


def test_the_certificate_goes_from_the_highest_level_to_the_lowest() -> None:
    name = name_from_mq("CN=app1,OU=Payments,O=Example,C=GB")
    assert [attribute.rfc4514_string() for attribute in name] == ["C=GB", "O=Example", "OU=Payments", "CN=app1"]


def test_mq_prints_the_common_name_first_whatever_comes_first_in_the_certificate() -> None:
    attributes = [
        x509.NameAttribute(NameOID.COMMON_NAME, "QM1"),
        x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "IBM"),
        x509.NameAttribute(NameOID.STATE_OR_PROVINCE_NAME, "MA"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "SSL For MQ"),
    ]
    assert mq_text(x509.Name(attributes)) == "CN=QM1,OU=SSL For MQ,O=IBM,ST=MA,C=US"


def test_several_units_keep_their_order_the_highest_first() -> None:
    name = name_from_mq("CN=a,OU=Large,OU=Medium,OU=Small,O=Example")
    units = [attribute.value for attribute in name if attribute.oid == NameOID.ORGANIZATIONAL_UNIT_NAME]
    assert units == ["Large", "Medium", "Small"]
    assert mq_text(name) == "CN=a,OU=Large,OU=Medium,OU=Small,O=Example"


@given(NAMES)
def test_a_name_comes_back_as_it_was_given(parts: tuple[tuple[str, str], ...]) -> None:
    text = str(DistinguishedName(parts))
    name = name_from_mq(text)
    assert DistinguishedName.parse(mq_text(name)).in_order == DistinguishedName(parts).in_order
    assert name_from_mq(mq_text(name)) == name


@given(NAMES)
def test_the_pattern_made_of_a_name_lets_its_certificate_in(parts: tuple[tuple[str, str], ...]) -> None:
    assume(not any("*" in value for _, value in parts))  # MQ has wildcards at the ends of a value only
    rendered = DistinguishedName.parse(mq_text(name_from_mq(str(DistinguishedName(parts)))))
    assert Pattern.parse(pattern_for(rendered)).matches(rendered)


@given(st.text(max_size=200))
def test_any_text_is_a_name_or_is_refused(text: str) -> None:
    try:
        name = name_from_mq(text)
    except DistinguishedNameError:
        return
    assert mq_text(name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("app1", "keyword"),
        ("CN=", "without a name or value"),
        ("CN=a,CN=b", "stands twice"),
        ("CN=a,SERIALNUMBER=05", "SERIALNUMBER cannot"),
        ("CN=a,XYZ=b", "no attribute"),
        ("CN=a,C=Germany", "allows 2"),
        ("CN=a,C=G1", "country code"),
        ("CN=" + "a" * 65, "65 bytes"),
        ("CN=" + "ä" * 33, "66 bytes"),
        ("CN=a\tb", "printed"),
        ("CN=a,MAIL=ä@example.com", "ASCII"),
        ("CN=a,DNQ=a@b", "DNQ may only"),
        ("CN=a,C=ÄÖ", "allows 2"),
        ('CN="a', "quote"),
        ("CN=" + "a" * 2000, "too long"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(DistinguishedNameError, match=said):
        name_from_mq(text)


def test_a_foreign_name_cannot_write_to_the_terminal() -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "evil\x1b[2J")])
    assert "\x1b" not in mq_text(name)
    assert "\x1b" not in common_name(name)


def test_an_attribute_mq_cannot_match_comes_last_under_its_number() -> None:
    attributes = [
        x509.NameAttribute(NameOID.SERIAL_NUMBER, "4711"),
        x509.NameAttribute(NameOID.COMMON_NAME, "app1"),
    ]
    assert mq_text(x509.Name(attributes)) == "CN=app1,OID.2.5.4.5=4711"
