from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wizard.mq.dn import KEYWORDS, REPEATED, DistinguishedName, DnProblem, Pattern, as_gskit, pattern_for, same_pattern

VALUES = st.text(
    st.one_of(st.sampled_from('*",;=\\ +#<>'), st.characters(exclude_categories=("Cc", "Cs"), max_codepoint=0x2FF)),
    min_size=1,
    max_size=12,
)


@st.composite
def names(draw: st.DrawFn) -> DistinguishedName:
    """A name with at least one attribute that a pattern can hold, each but OU and DC once."""
    keywords = draw(st.lists(st.sampled_from([*KEYWORDS, "OU", "DC"]), min_size=1, max_size=8))
    kept = [word for place, word in enumerate(keywords) if word in REPEATED or word not in keywords[:place]]
    pairs = [(word, "0A:0B" if word == "SERIALNUMBER" else draw(VALUES)) for word in kept]
    assume(any(word != "SERIALNUMBER" for word in kept))
    return DistinguishedName.of(pairs)


def test_a_name_is_written_in_mqs_order() -> None:
    observed = "SERIALNUMBER=78:40:26:54,CN=QM1,OU=SSL For MQ,O=IBM,ST=MA,C=US"
    name = DistinguishedName.parse("cn=QM1,O=IBM,C=US,OU=SSL For MQ,ST=MA,serialNumber=78:40:26:54")
    assert str(name) == observed


def test_a_name_in_the_order_of_its_certificate_is_written_the_same() -> None:
    encoded = [("C", "US"), ("O", "IBM"), ("OU", "Large"), ("OU", "Small"), ("CN", "QM1")]
    assert str(DistinguishedName.of(encoded)) == "CN=QM1,OU=Large,OU=Small,O=IBM,C=US"


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("CN=app1 , O=Example", {"CN": ("app1",), "O": ("Example",)}),
        ('CN="Example, Inc.";O=X', {"CN": ("Example, Inc.",), "O": ("X",)}),
        ("CN=Example\\, Inc.,O=X", {"CN": ("Example, Inc.",), "O": ("X",)}),
        ("CN=M\\C3\\BCller", {"CN": ("Müller",)}),
        ("OU=A,OU=B,CN=x", {"OU": ("A", "B")}),
        ("emailAddress=a@b.c,S=Kent,USERID=u", {"MAIL": ("a@b.c",), "ST": ("Kent",), "UID": ("u",)}),
        ('CN=" x "', {"CN": (" x ",)}),
        ("CN=a=b", {"CN": ("a=b",)}),
        ("", {}),
    ],
)
def test_a_name_is_read(text: str, values: dict[str, tuple[str, ...]]) -> None:
    name = DistinguishedName.parse(text)
    assert {keyword: name.values(keyword) for keyword in values} == values


@pytest.mark.parametrize("text", ["app1", "CN=", "=x", 'CN="x', "CN=a\\", 'CN="a"b', "CN=a,,O=b"])
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(DnProblem) as refused:
        DistinguishedName.parse(text)
    assert str(refused.value)


@pytest.mark.parametrize(
    ("pattern", "name", "passes"),
    [
        ("CN=app1", "CN=app1,O=Example", True),
        ("CN=APP1", "CN=app1", True),
        ("CN=app1,O=Other", "CN=app1,O=Example", False),
        ("O=Example,CN=app1", "CN=app1,O=Example", True),
        ("CN=QM*", "CN=QM1", True),
        ("CN=*1", "CN=QM1", True),
        ("CN=*M*", "CN=QM1", True),
        ("CN=*", "CN=anything", True),
        ("CN=*", "O=Example", False),
        ("CN=QM*", "CN=XQM1", False),
        ("CN=\\*", "CN=*", True),
        ("CN=\\*", "CN=x", False),
        ("OU=A", "OU=A,OU=B", True),
        ("OU=B", "OU=A,OU=B", False),
        ("OU=IBM,OU=WEBSPHERE", "OU=IBM,OU=WEBSPHERE,OU=MORE", True),
        ("OU=IBM,OU=WEBSPHERE", "OU=IBM", False),
        ("OU=*,OU=B", "OU=A,OU=B", True),
        ("SP=Kent", "ST=Kent", True),
        ("E=a@b.c", "MAIL=A@B.C", True),
        ('O="A, B";CN=x', "CN=x,O=A\\, B", True),
        ("SERIALNUMBER=0a:0b", "SERIALNUMBER=A:0B,CN=x", True),
        ("SERIALNUMBER=0A:0C", "SERIALNUMBER=0A:0B,CN=x", False),
    ],
)
def test_a_pattern_lets_in_whom_mq_would_let_in(pattern: str, name: str, passes: bool) -> None:
    assert Pattern.parse(pattern).matches(DistinguishedName.parse(name)) is passes


@pytest.mark.parametrize(
    ("text", "part", "remedy"),
    [
        ("", "empty", "CN=app1"),
        ("CN=Q*M", "in the middle", "end it with *"),
        ("cn=app1", "'cn'", "Write CN=."),
        ("CN =app1", "'CN '", "Write CN=."),
        ("GIVENNAME=Ann", "'GIVENNAME' is not an attribute", "MQ matches SERIALNUMBER"),
        ("CN=a,CN=b", "CN stands twice", "Keep one"),
        ("CN=", "no value", "* for any"),
        ("app1", "not an attribute", "CN=app1"),
        ("CN=" + "x" * 1022, "1025 characters", "fewer attributes"),
    ],
)
def test_a_pattern_that_mq_would_refuse_is_refused_with_a_remedy(text: str, part: str, remedy: str) -> None:
    with pytest.raises(DnProblem) as refused:
        Pattern.parse(text)
    assert part in refused.value.what
    assert remedy in refused.value.remedy


def test_a_pattern_says_whether_it_is_exact_and_whether_it_breaks_at_renewal() -> None:
    assert Pattern.parse("CN=app1,O=Example").exact
    assert not Pattern.parse("CN=app*").exact
    assert Pattern.parse("SERIALNUMBER=01,CN=x").pins_serial_number


def test_the_exact_pattern_leaves_the_serial_number_out() -> None:
    name = DistinguishedName.parse("SERIALNUMBER=01:02,CN=app1,OU=MQ,O=Example,C=DE")
    assert pattern_for(name) == "CN=app1,OU=MQ,O=Example,C=DE"
    assert name.common_name == "app1"


def test_a_star_in_a_name_is_a_plain_character_and_escaped_in_a_pattern() -> None:
    name = DistinguishedName.parse("CN=*.example.com")
    assert str(name) == "CN=*.example.com"
    assert pattern_for(name) == "CN=\\*.example.com"
    assert not Pattern.parse(pattern_for(name)).matches(DistinguishedName.parse("CN=mq.example.com"))


def test_a_name_that_no_pattern_can_hold_is_refused() -> None:
    with pytest.raises(DnProblem, match="no attribute"):
        pattern_for(DistinguishedName.of([("SERIALNUMBER", "01"), ("GIVENNAME", "Ann")]))


@given(names())
def test_a_name_reads_back_what_it_writes(name: DistinguishedName) -> None:
    assert DistinguishedName.parse(str(name)).parts == name.in_order


@given(names())
def test_the_exact_pattern_of_a_name_lets_that_name_in_and_has_no_wildcard(name: DistinguishedName) -> None:
    pattern = Pattern.parse(pattern_for(name))
    assert pattern.exact
    assert pattern.matches(name)
    assert pattern.matches(DistinguishedName.of((word, value.swapcase()) for word, value in name.parts)) or not all(
        value.isascii() for _, value in name.parts
    )


@given(names(), names())
def test_the_exact_pattern_lets_in_no_name_that_lacks_or_changes_an_attribute(
    name: DistinguishedName, other: DistinguishedName
) -> None:
    if Pattern.parse(pattern_for(name)).matches(other):
        for keyword in {word for word, _ in name.parts} - {"SERIALNUMBER"}:
            wanted = [value.casefold() for value in name.values(keyword)]
            assert [value.casefold() for value in other.values(keyword)][: len(wanted)] == wanted


@given(names())
def test_a_pattern_is_the_same_in_any_order_of_unlike_attributes(name: DistinguishedName) -> None:
    parts = [part for part in name.parts if part[0] != "SERIALNUMBER"]
    turned = sorted(parts, key=lambda part: part[0], reverse=True)
    written = ";".join(pattern_for(DistinguishedName((part,))) for part in turned)
    assert same_pattern(pattern_for(name), written)


@given(st.text(max_size=40))
def test_any_text_is_a_pattern_or_a_problem(text: str) -> None:
    try:
        pattern = Pattern.parse(text)
    except DnProblem as problem:
        assert problem.what
        return
    assert Pattern.parse(str(pattern)) == pattern
    assert same_pattern(text, text)


def test_several_units_change_their_order_between_mq_and_gskit() -> None:
    assert as_gskit("CN=a,OU=top,OU=low,O=x") == "CN=a,OU=low,OU=top,O=x"
    assert as_gskit("CN=a,DC=b,OU=top,OU=middle,OU=low,DC=c") == "CN=a,OU=low,OU=middle,OU=top,DC=c,DC=b"
    assert as_gskit(as_gskit("CN=a,OU=top,OU=low")) == "CN=a,OU=top,OU=low"


@pytest.mark.parametrize("text", ["CN=a,OU=b,O=c", "cn = a, O=b", "", "no name at all"])
def test_a_name_with_nothing_repeated_stays_as_it_is_written(text: str) -> None:
    assert as_gskit(text) == text
