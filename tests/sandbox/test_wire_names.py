"""Distinguished names as the wire shows them fit the rules that compare them."""

from __future__ import annotations

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from wire_support import issue, name

from wizard.sandbox.mqsc import dn as patterns
from wizard.sandbox.wire import dn

VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=20)


def test_a_name_is_shown_in_ibms_order() -> None:
    shuffled = [
        (NameOID.COUNTRY_NAME, "US"),
        (NameOID.COMMON_NAME, "QM1"),
        (NameOID.STATE_OR_PROVINCE_NAME, "MA"),
        (NameOID.ORGANIZATION_NAME, "IBM"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "SSL For MQ"),
    ]
    whole = x509.Name([x509.NameAttribute(oid, value) for oid, value in shuffled])
    assert dn.name_text(whole) == "CN=QM1,OU=SSL For MQ,O=IBM,ST=MA,C=US"


def test_several_organizational_units_stand_highest_first() -> None:
    assert dn.name_text(name("CN=a,OU=Small,OU=Large,O=Acme")) == "CN=a,OU=Large,OU=Small,O=Acme"


def test_the_serial_number_stands_first_in_pairs_and_in_no_issuer() -> None:
    certificate = issue("CN=app1").certificate
    first, rest = dn.subject(certificate).split(",", 1)
    digits = first.removeprefix("SERIALNUMBER=")
    assert int(digits.replace(":", ""), 16) == certificate.serial_number
    assert {len(pair) for pair in digits.split(":")} == {2}
    assert digits == digits.upper()
    assert rest == dn.issuer(certificate) == "CN=app1"


@pytest.mark.parametrize(("number", "shown"), [(5, "05"), (0x78402654E5, "78:40:26:54:E5"), (0x1FF, "01:FF")])
def test_a_small_serial_number_keeps_its_zero(number: int, shown: str) -> None:
    class Numbered:
        serial_number = number

    assert dn.serial(Numbered()) == shown  # type: ignore[arg-type]


@given(VALUES, VALUES)
def test_a_shown_name_is_read_back_as_it_is(common: str, organization: str) -> None:
    whole = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )
    assert patterns.name(dn.name_text(whole)) == [("CN", common), ("O", organization)]
