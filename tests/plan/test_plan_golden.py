"""Golden plans: what a dry run without MQ shows, commands and all. Written anew by

python -m pytest tests/plan --update-golden
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from plan_cases import topology_of

import recipes
from wizard.kits.files import kit_files
from wizard.mq.releases import Release
from wizard.plan.build import build_plan
from wizard.plan.facts import Facts
from wizard.plan.text import plan_text

GOLDEN = Path(__file__).parent / "golden"
OLDER = {"two-way-tls-own-ca-9.1": "9.1.0", "two-way-tls-own-ca-9.2": "9.2.0"}
"""Golden plan of a shipped recipe on an older release: before 9.3 a CMS store, before 9.1.2 a binary table too."""
OTHERS = {path.stem: path.read_text(encoding="utf-8") for path in GOLDEN.glob("*.yaml")}
"""Golden plans of recipes that stand beside them."""


@pytest.mark.parametrize("name", [*recipes.names(), *OLDER, *OTHERS])
def test_a_golden_plan_is_what_a_dry_run_shows(name: str, update_golden: bool) -> None:
    shown = _plan(name)
    path = GOLDEN / f"{name}.txt"
    if update_golden:
        path.write_text(shown, encoding="utf-8")
    kept = path.read_text(encoding="utf-8") if path.exists() else ""
    assert shown == kept, _difference(kept, shown, path.name)


def test_every_golden_plan_has_its_recipe() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*recipes.names(), *OLDER, *OTHERS}


def _plan(name: str) -> str:
    release = Release.parse(OLDER.get(name, "9.4"))
    topology = topology_of(OTHERS.get(name, name.removesuffix("-9.1").removesuffix("-9.2")), release)
    facts = Facts(taken="", host="mqhost", release=release, installation="", assumed=True)
    kits = {client.name: kit_files(topology, client) for client in topology.clients}
    return plan_text(build_plan(topology, facts, kits, name=name), commands=True)


def _difference(kept: str, shown: str, name: str) -> str:
    lines = difflib.unified_diff(kept.splitlines(), shown.splitlines(), f"golden/{name}", "now", lineterm="", n=2)
    return "\n".join(["the plan is another one; if it should be, run with --update-golden", *lines])
