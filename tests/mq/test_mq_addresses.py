from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.addresses import AddressPattern, AddressProblem, address_problem, is_host_name

PARTS = st.integers(0, 255)
PIECES = st.one_of(
    PARTS.map(str),
    st.just("*"),
    st.tuples(PARTS, PARTS).map(lambda pair: f"{min(pair)}-{max(pair)}"),
)


@pytest.mark.parametrize(
    ("pattern", "covered", "not_covered"),
    [
        ("192.0.2.0", "192.0.2.0", "192.0.2.1"),
        ("192.0.2.*", "192.0.2.77", "192.0.3.77"),
        ("192.0.*", "192.0.9.77", "192.1.9.77"),
        ("192.0.*.2", "192.0.9.2", "192.0.9.3"),
        ("192.*.2", "192.5.9.2", "192.5.9.3"),
        ("*", "10.1.2.3", "not an address"),
        ("192.0.2.1-8", "192.0.2.8", "192.0.2.9"),
        ("192.0.*.1-8", "192.0.77.3", "192.0.77.9"),
        ("2001:DB8:0:0:0:*:0:1", "2001:db8::7:0:1", "2001:db8::7:0:2"),
        ("2001:*:1", "2001:1:2:3:4:5:6:1", "2001:1:2:3:4:5:6:2"),
        ("2001:DB8::1", "2001:db8::1", "2001:db8::2"),
        ("2001:DB8:*", "2001:db8:1::1", "2001:db9::1"),
        ("2001:DB8:0:0:0:0:0:0-8", "2001:db8::8", "2001:db8::9"),
        ("192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2"),
    ],
)
def test_a_pattern_covers_what_mq_says_it_covers(pattern: str, covered: str, not_covered: str) -> None:
    parsed = AddressPattern.parse(pattern)
    assert parsed.matches(covered)
    assert not parsed.matches(not_covered)


def test_a_star_covers_both_versions() -> None:
    assert AddressPattern.parse("*").matches("::1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "192.0.2",
        "192.0*",
        "192.0.*.*",
        "2001::*",
        "192.0.2.0/24",
        "192.0.2.256",
        "192.0.2.8-1",
        "192.0.2.1-",
        "192.0.2.1.5",
        "*.1.*.2.3",
        "1:2:3",
        "1::2::3",
        "2001:DB8::GG",
        "192.0.2.-8",
        "12345::1",
        "::1-8-9",
    ],
)
def test_a_pattern_that_mq_would_refuse_is_refused_with_examples(text: str) -> None:
    problem = address_problem(text)
    assert problem is not None
    assert problem.remedy
    with pytest.raises(AddressProblem):
        AddressPattern.parse(text)


@pytest.mark.parametrize("text", ["mq.example.com", "host-7", "*.example.com", "localhost"])
def test_a_host_name_is_taken_where_names_are(text: str) -> None:
    assert is_host_name(text)
    assert address_problem(text) is None
    refused = address_problem(text, host_names=False)
    assert refused is not None and "host name" in refused.what


def test_ranges_stand_side_by_side_where_they_are_nested_or_apart() -> None:
    parse = AddressPattern.parse
    assert not parse("10.0.0.1-5").conflicts_with(parse("10.0.0.2-4"))
    assert not parse("10.0.0.1-5").conflicts_with(parse("10.0.0.6-9"))
    assert parse("10.0.0.1-5").conflicts_with(parse("10.0.0.4-9"))
    assert not parse("*").conflicts_with(parse("10.0.0.4-9"))
    assert not parse("10.0.0.1").conflicts_with(parse("2001:DB8::1"))
    assert parse("10.*.0.1").conflicts_with(parse("10.0.*.1"))


def test_the_more_specific_pattern_is_smaller() -> None:
    sizes = [AddressPattern.parse(text).size for text in ("10.0.0.1", "10.0.0.1-8", "10.0.0.*", "10.*", "2001:*", "*")]
    assert sizes == sorted(sizes)
    assert AddressPattern.parse("10.0.0.1").single


def test_a_pattern_lies_within_one_that_covers_all_of_it() -> None:
    parse = AddressPattern.parse
    assert parse("10.0.0.1-5").within(parse("10.0.0.*"))
    assert parse("10.0.0.1").within(parse("*"))
    assert not parse("10.0.0.1").within(parse("2001:*"))
    assert not parse("10.0.0.*").within(parse("10.0.0.1-5"))


@given(PIECES, PIECES, PIECES, PIECES, st.tuples(PARTS, PARTS, PARTS, PARTS))
def test_a_full_pattern_covers_exactly_the_addresses_whose_parts_it_covers(
    a: str, b: str, c: str, d: str, numbers: tuple[int, int, int, int]
) -> None:
    text = ".".join((a, b, c, d))
    if (c, d) == ("*", "*"):
        assert address_problem(text) is not None
        return
    address = str(ipaddress.IPv4Address(bytes(numbers)))
    each = [
        piece == "*" or int(piece.split("-")[0]) <= number <= int(piece.split("-")[-1])
        for piece, number in zip((a, b, c, d), numbers, strict=True)
    ]
    assert AddressPattern.parse(text).matches(address) is all(each)


@given(st.ip_addresses())
def test_an_address_is_a_pattern_of_itself(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    pattern = AddressPattern.parse(address.exploded)
    assert pattern.matches(str(address))
    assert pattern.single


@given(st.text(st.sampled_from("0123456789.*-:/abF"), max_size=20), st.text(max_size=20))
def test_no_text_makes_the_reader_fail(text: str, other: str) -> None:
    for each in (text, other):
        if address_problem(each) is None and not is_host_name(each.strip()):
            assert AddressPattern.parse(each).size >= 1
