from __future__ import annotations

from pathlib import Path

import pytest
from plan_cases import CASES, commands_of, lines_of, plan_of_case, read_case, rewritten

from wizard.plan.operations import State
from wizard.plan.text import plan_text

FILES = sorted(CASES.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_case_leads_to_exactly_its_plan(path: Path, update_golden: bool) -> None:
    case = read_case(path)
    plan = plan_of_case(case)
    if update_golden:
        path.write_text(rewritten(path.read_text(encoding="utf-8"), plan), encoding="utf-8")
        case = read_case(path)

    assert lines_of(plan) == (case["plan"] or "").splitlines(), case["about"]
    kept = {one.resource for one in plan.operations if one.state is State.KEEP}
    assert set(case.get("kept", ())) <= kept, case["about"]
    for resource, commands in case.get("commands", {}).items():
        assert commands_of(plan, resource) == commands, f"{case['about']} ({resource})"
    text = plan_text(plan, commands=True)
    assert [words for words in case.get("says", ()) if words not in text] == [], case["about"]
    assert [words for words in case.get("silent", ()) if words in text] == [], case["about"]
