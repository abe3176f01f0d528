"""`mqwizard renew`: the recipe gets new labels and keeps every other byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.cli.main import main
from wizard.engine.renew import next_label
from wizard.run.transcript import now

RECIPE = """\
# ours
mqwizard: 1
organization: Example   # the firm
hosts: {apphost: {}}
queue_managers:
  QM1: {listener: 1414}  # the one
clients:
  app1: {connects_to: QM1, certificate: web}
  app2: {connects_to: QM1, certificate: {label: app2-2020}}
  far: {connects_to: QM1, host: apphost}
  open: {connects_to: QM1, tls: server}
"""
YEAR = now().year


@pytest.fixture
def recipe(tmp_path: Path) -> Path:
    path = tmp_path / "r.yaml"
    path.write_text(RECIPE, encoding="utf-8")
    path.chmod(0o640)
    return path


def renew(recipe: Path, *names: str) -> int:
    return main(("renew", "--recipe", str(recipe), *names), lambda *_: 2)


def test_every_form_of_certificate_gets_a_label_and_the_rest_stays(
    recipe: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert renew(recipe, "QM1", "app1", "app2") == 0
    said = capsys.readouterr()
    assert said.out == (
        f"QM1: label qm1 → qm1-{YEAR}\napp1: label web → web-{YEAR}\napp2: label app2-2020 → app2-{YEAR}\n"
    )
    text = recipe.read_text(encoding="utf-8")
    assert text.startswith("# ours\nmqwizard: 1\norganization: Example   # the firm\n")
    assert f"label: app2-{YEAR}" in text
    assert "name: web" in text
    assert "# the one" in text
    assert recipe.stat().st_mode & 0o777 == 0o640
    assert "Self-signed" not in said.err


def test_a_second_renewal_in_a_year_gets_a_number(recipe: Path) -> None:
    assert renew(recipe, "QM1") == 0
    assert renew(recipe, "QM1") == 0
    assert f"label: qm1-{YEAR}-2" in recipe.read_text(encoding="utf-8")


def test_a_long_label_stays_within_what_mq_takes() -> None:
    assert next_label("q" * 64, 2027, set()) == "q" * 59 + "-2027"
    assert next_label("qm1-2026", 2027, {"qm1-2026"}) == "qm1-2027"


@pytest.mark.parametrize(("name", "status"), [("nobody", 2), ("open", 2), ("far", 3)])
def test_what_cannot_be_renewed_here_is_refused_and_nothing_is_changed(
    name: str, status: int, recipe: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert renew(recipe, "QM1", name) == status
    assert name in capsys.readouterr().err
    assert recipe.read_text(encoding="utf-8") == RECIPE


def test_self_signed_says_what_is_not_known(recipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = RECIPE.replace("  far: {connects_to: QM1, host: apphost}\n", "") + "trust: self-signed\n"
    recipe.write_text(text, encoding="utf-8")
    assert renew(recipe, "app1") == 0
    assert "Which of two keys under one name MQ takes is not known" in capsys.readouterr().err


def test_a_shipped_recipe_is_not_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("renew", "--recipe", "two-way-tls-own-ca", "QM1"), lambda *_: 2) == 2
    assert "shipped" in capsys.readouterr().err
