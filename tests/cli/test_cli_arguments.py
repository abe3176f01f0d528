"""The command line as it is read, and what becomes of it before any work begins."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

import recipes
from wizard import __version__
from wizard.cli.arguments import CONSENTS, parser
from wizard.cli.main import main
from wizard.plan.operations import Consent


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    """What the command line does to signals ends with the test."""
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def no_screens() -> int:
    raise AssertionError("the full screen was opened")


def run(*arguments: str) -> int:
    """The exit status, also where argparse ends the program."""
    try:
        return main(arguments, no_screens)
    except SystemExit as ended:
        return int(ended.code or 0)


def test_the_consents_of_the_command_line_are_those_of_plans() -> None:
    assert tuple(CONSENTS) == tuple(Consent)


def test_consents_are_separated_by_commas() -> None:
    assert parser().parse_args(["--allow", "takeover,delete"]).allow == ("takeover", "delete")
    assert parser().parse_args([]).allow == ()


def test_an_unknown_consent_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--allow", "everything") == 2
    assert "'everything' is none of takeover, replace, delete, interrupt, wide-rules" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [([], None), (["--sandbox"], Path()), (["--sandbox", "there"], Path("there"))],
)
def test_a_sandbox_may_be_named_or_made_anew(arguments: list[str], folder: Path | None) -> None:
    assert parser().parse_args(arguments).sandbox == folder


@pytest.mark.parametrize("command", ["prove", "doctor"])
def test_an_option_counts_before_and_after_the_command(command: str) -> None:
    before = parser().parse_args(["--recipe", "r", "--json", "--state", "s", command])
    after = parser().parse_args([command, "--recipe", "r", "--json", "--state", "s"])
    assert vars(before) == vars(after)
    assert (after.recipe, after.json, after.state) == ("r", True, Path("s"))


def test_what_is_said_after_the_command_wins() -> None:
    options = parser().parse_args(["--recipe", "one", "prove", "--recipe", "two", "--allow", "delete"])
    assert (options.recipe, options.allow) == ("two", ("delete",))


def test_the_version_is_one_line_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--version") == 0
    assert capsys.readouterr().out == f"mqwizard {__version__}\n"


def test_help_lists_every_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    text = capsys.readouterr().out
    words = text[text.index("exit status:") :]
    for status in (
        "0 done",
        "1 an operation",
        "2 wrong",
        "3 refused",
        "4 the proof",
        "5 the person",
        "6 waiting",
        "10 ",
    ):
        assert status in words


def test_an_unknown_option_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--frobnicate") == 2
    assert "--frobnicate" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--dry-run"], ["prove"]])
def test_work_without_a_recipe_says_how_to_name_one(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("mqwizard: No recipe was named.\n")
    assert "`mqwizard recipes`" in err


def test_without_a_recipe_the_full_screen_is_opened() -> None:
    opened = []
    assert main([], lambda _options, _words: opened.append("screens") or 7) == 7
    assert opened == ["screens"]


def test_recipes_lists_each_with_a_summary(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("recipes") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == recipes.names()
    assert all(len(line.split()) > 3 for line in lines)


def test_recipes_prints_one_as_it_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("recipes", "plain-client") == 0
    assert capsys.readouterr().out == recipes.text("plain-client")


def test_a_recipe_that_is_not_shipped_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("recipes", "plain-klient") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "plain-klient" in err
    assert "plain-client" in err


def test_a_recipe_file_that_is_not_there_names_the_nearest_shipped_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--recipe", "plain-klient", "--dry-run") == 2
    assert "Did you mean the shipped recipe plain-client?" in capsys.readouterr().err


def test_a_recipe_with_problems_shows_all_of_them_and_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = tmp_path / "wrong.yaml"
    recipe.write_text("mqwizard: 1\nqueue_managers: {QM1: {queus: [Q1], listener: 99999}}\n", encoding="utf-8")

    assert run("--recipe", str(recipe), "--dry-run") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "wrong.yaml:2:24: " in err
    assert "wrong.yaml:2:47: " in err


def test_a_plan_for_approval_is_written_by_a_dry_run_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--recipe", "plain-client", "--plan-out", str(tmp_path / "plan.json")) == 2
    assert "--dry-run" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_schema_is_json_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    import json

    assert run("schema") == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["$schema"].startswith("https://json-schema.org/")
    assert "queue_managers" in schema["properties"]
