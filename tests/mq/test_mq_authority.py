from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import UsageError
from wizard.mq.attributes import attribute
from wizard.mq.authority import MEANINGS, OBJECT_TYPES, WORDS, authorities, expand, for_objtype
from wizard.mq.objects import Kind


def test_words_of_a_recipe_become_authorities_in_mqs_order() -> None:
    assert authorities("QUEUE", ["put", "get", "browse", "inq"]) == ("BROWSE", "GET", "INQ", "PUT")
    assert authorities("QMGR", ["+connect", "inquire"]) == ("CONNECT", "INQ")
    assert authorities("TOPIC", ["publish", "sub", "PUB"]) == ("PUB", "SUB")


def test_a_word_that_is_no_authority_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as refused:
        authorities("QUEUE", ["brows"])
    assert "browse" in refused.value.remedy
    with pytest.raises(UsageError) as refused:
        authorities("QUEUE", ["xyzzy"])
    assert "put" in refused.value.remedy


def test_an_authority_that_the_type_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(UsageError, match="A QUEUE has no authority CONNECT") as refused:
        authorities("QUEUE", ["connect"])
    assert "BROWSE" in refused.value.remedy


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(UsageError):
        for_objtype("QUEU")


def test_a_group_of_authorities_is_written_out() -> None:
    assert expand("QUEUE", ["ALLMQI"]) == (
        "BROWSE",
        "GET",
        "INQ",
        "PASSALL",
        "PASSID",
        "PUT",
        "SET",
        "SETALL",
        "SETID",
    )
    assert set(expand("QMGR", ["ALL"])) == for_objtype("QMGR")
    assert expand("QUEUE", ["NONE"]) == ()
    assert expand("TOPIC", ["PUB", "ALLADM"]) == ("CHG", "CLR", "CRT", "CTRL", "DLT", "DSP", "PUB")


def test_the_tables_of_rights_and_of_attributes_agree() -> None:
    row, types = attribute(Kind.AUTHREC, "AUTHLIST"), attribute(Kind.AUTHREC, "OBJTYPE")
    assert row is not None and types is not None
    assert set(row.choices) == set(WORDS.values())
    assert types.choices == OBJECT_TYPES
    assert set(MEANINGS) == set(WORDS.values()) - {"ALL", "ALLADM", "ALLMQI", "NONE"}


@given(st.sampled_from(OBJECT_TYPES), st.lists(st.sampled_from(sorted(WORDS))))
def test_every_type_takes_its_authorities_and_no_others(objtype: str, words: list[str]) -> None:
    groups = {"ALL", "ALLADM", "ALLMQI", "NONE"}
    wanted = {WORDS[word] for word in words}
    if wanted <= for_objtype(objtype) | groups:
        assert authorities(objtype, words) == tuple(sorted(wanted))
        assert set(expand(objtype, wanted)) <= for_objtype(objtype)
    else:
        with pytest.raises(UsageError):
            authorities(objtype, words)
