"""How the flags of MQ commands are read."""

from __future__ import annotations

import pytest

from wizard.sandbox.errors import MqError, SandboxError
from wizard.sandbox.options import Flags, parsed

FLAGS = Flags(
    usage="command [-q] [-p Port] [-lc] [-lf Pages] Name",
    bare=frozenset({"q", "lc"}),
    valued=frozenset({"p", "lf"}),
    left_out=frozenset({"sx"}),
)


@pytest.mark.parametrize("words", ["-p 1414 -lf 64 -q QM1", "-p1414 -lf64 -q QM1", "-q -lf 64 -p 1 -p 1414 QM1"])
def test_values_may_be_attached_and_the_last_one_counts(words: str) -> None:
    given = parsed(words.split(), FLAGS)
    assert given.operands == ["QM1"]
    assert (given.last("p"), given.last("lf"), given.has("q"), given.has("lc")) == ("1414", "64", True, False)


@pytest.mark.parametrize("words", ["-x QM1", "-p", "QM1 -q", "-Q"])
def test_what_does_not_fit_gets_the_usage_text(words: str) -> None:
    with pytest.raises(MqError, match=r"Usage: command") as refused:
        parsed(words.split(), FLAGS)
    assert refused.value.status == 39


def test_a_flag_that_is_not_simulated_is_refused_as_such() -> None:
    with pytest.raises(SandboxError, match="does not simulate the flag -sx: command -sx"):
        parsed(["-sx", "QM1"], FLAGS)
