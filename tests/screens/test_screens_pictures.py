"""The picture of a set-up, the marks of what changed, and the drafts: values in, values out."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

import recipes
from screens.diagram import Part, diagram
from screens.difference import Change, MarkedLine, marked
from wizard.engine.drafts import Draft, drop, keep, kept
from wizard.engine.prepare import prepared
from wizard.engine.preview import Preview, preview
from wizard.engine.request import Request
from wizard.plan.text import command_lines


def come_to(text: str) -> Preview:
    return preview(text, base=Path(), host="mqhost")


@pytest.mark.parametrize("name", recipes.names())
@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("width", [54, 57, 74])
def test_a_picture_fits_and_names_the_part_that_it_frames_double(name: str, part: Part, width: int) -> None:
    topology = come_to(recipes.text(name)).topology
    assert topology
    for ascii_only in (False, True):
        lines = diagram(topology, part, width=width, ascii_only=ascii_only)
        assert max(map(len, lines)) <= width
        assert (lines[-1] == f"you are here: {part}") == bool(part)
        assert "".join(lines).isascii() or not ascii_only
    double = any("╔" in line for line in diagram(topology, part, width=width))
    drawn = part is not Part.TRUST or name != "plain-client"
    assert double == (part is not Part.NOTHING and drawn)


def test_the_picture_shows_who_connects_over_what_to_what() -> None:
    topology = come_to(recipes.text("two-way-tls-own-ca")).topology
    assert topology
    assert diagram(topology, Part.APPLICATION, client="app2") == [
        "╔═══════════════╗   ┌──────────────┐   ┌───────────────┐",
        "║ app2          ║   │ APP2.SVRCONN │   │ QM1  :1414    │",
        "║ key app2      ╟───┤ two-way TLS  ├──▸│ key qm1       │",
        "║ trusts the CA ║   │              │   │ trusts the CA │",
        "║ as app2       ║   │              │   │ Q1, Q2        │",
        "╚═══════════════╝   └──────────────┘   └───────────────┘",
        "┌──────────────────────────────────────┐",
        "│ Example MQ CA signs the certificates │",
        "└──────────────────────────────────────┘",
        "and 1 more application",
        "you are here: the application",
    ]


def test_changed_added_and_removed_lines_are_told_apart() -> None:
    before = ["QM1 (new)", "  crtmqm QM1", "    DEFINE LISTENER(L) PORT(1414)", "  gone this"]
    after = ["QM1 (new)", "  crtmqm QM1", "    DEFINE LISTENER(L) PORT(1415)", "    DEFINE QLOCAL(Q1)"]
    assert marked(before, after) == [
        MarkedLine("QM1 (new)"),
        MarkedLine("  crtmqm QM1"),
        MarkedLine("  gone this", Change.REMOVED),
        MarkedLine("    DEFINE LISTENER(L) PORT(1415)", Change.CHANGED),
        MarkedLine("    DEFINE QLOCAL(Q1)", Change.ADDED),
    ]
    assert all(line.change is Change.SAME for line in marked(after, after))


@pytest.mark.parametrize("name", recipes.names())
def test_the_commands_in_view_are_those_of_the_plan(name: str, tmp_path: Path) -> None:
    with prepared(Request(recipe=name, host="mqhost", mq_version="9.4", state=tmp_path), dry=True) as ready:
        planned = [line.strip() for one in ready.plan.operations for line in command_lines(one)]
    seen = [line.strip() for line in come_to(recipes.text(name)).lines if line.startswith(" ")]
    assert [line for line in planned if line != "runmqsc QM1"] == [line for line in seen if line != "runmqsc QM1"]


def test_a_wrong_recipe_has_problems_and_no_commands() -> None:
    found = come_to("mqwizard: 1\nqueue_managers:\n  QM1:\n    listener: 99999\n")
    assert len(found.problems) == 1
    assert found.topology is None
    assert found.lines == ()


DRAFT = Draft("0123456789abcdef", "mqwizard: 1\n", "secure client connection", "client", "listener")


def test_a_draft_comes_back_as_it_was_kept_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = keep(DRAFT, tmp_path / "st")
    (found,) = kept(tmp_path / "st")
    assert (found.id, found.text, found.step) == (DRAFT.id, DRAFT.text, DRAFT.step)
    assert found.moment
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    drop(DRAFT.id, tmp_path / "st")
    assert kept(tmp_path / "st") == []
    drop(DRAFT.id, tmp_path / "st")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"v": 2, "id": "x", "text": "y"}',
        '{"v": 1, "id": "x"}',
        '{"v": 1, "id": 1, "text": "y"}',
        "\xff",
    ],
)
def test_what_is_no_draft_is_passed_over(content: str, tmp_path: Path) -> None:
    keep(DRAFT, tmp_path)
    (tmp_path / "drafts" / "other.json").write_bytes(content.encode("latin-1"))
    assert [draft.id for draft in kept(tmp_path)] == [DRAFT.id]


def test_a_draft_says_its_version(tmp_path: Path) -> None:
    assert json.loads(keep(DRAFT, tmp_path).read_text())["v"] == 1
