"""Whole orders through the real screens and the real engine, in the sandbox."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from work_support import NO_CLIENT, ONE_CLIENT, Host, at, ordered, sandboxed, seen, until

from screens.ask import Ask
from screens.leaving import Back, Next, Quit
from screens.parts.choices import Choices
from screens.work.finish import Finish
from screens.work.lines import Lines
from screens.work.plan import PlanScreen
from screens.work.proof import ProofScreen
from screens.work.run import RunScreen
from screens.work.secret import SecretQuestion
from screens.work.trouble import Trouble
from wizard.engine.conduct import look
from wizard.engine.practice import prepare_sandbox
from wizard.engine.request import Request

PLANTED = "Pl4ntedS3cret"


async def test_the_main_job_goes_from_the_plan_to_the_proof_and_the_command_that_does_it_again(tmp_path: Path) -> None:
    with sandboxed(tmp_path) as run:
        host = Host(ordered(tmp_path))
        async with host.run_test(size=(80, 24)) as pilot:
            await at(pilot, PlanScreen)
            assert "practice (sandbox)" in seen(pilot)
            await pilot.press("enter")
            await at(pilot, RunScreen)
            proof = await at(pilot, ProofScreen)
            await until(pilot, lambda: proof.errand.ended is not None, "the end of the proof")
            assert "as expected" in seen(pilot)
            assert "FAILED" not in seen(pilot)
            await pilot.press("enter")
            await at(pilot, Finish)
            said = seen(pilot)
            assert "proven" in said
            assert "kits/app1" in said
            assert "mqwizard --recipe" in said
            await pilot.press("c", "enter")
            await until(pilot, lambda: host.left is not None)
        assert host.left == Next()
        command = (tmp_path / "st/copies/command.txt").read_text(encoding="utf-8")
        assert command.startswith(f"mqwizard --recipe {tmp_path}/r.yaml --sandbox {tmp_path}/sb")
        assert "QMNAME(QM1)" in run("dspmq")
        assert look(host.request).plan.pending == ()


async def test_what_needs_consent_is_asked_for_with_what_it_means_and_no_is_the_default(tmp_path: Path) -> None:
    with sandboxed(tmp_path) as run:
        run("crtmqm", "QM1")
        run("strmqm", "QM1")
        run("runmqsc", "QM1", stdin="DEFINE QLOCAL(Q1) MAXDEPTH(7)\n")
        recipe = NO_CLIENT.replace("[Q1, Q2, Q3]", "{Q1: {MAXDEPTH: 9}}")
        host = Host(ordered(tmp_path, recipe))
        async with host.run_test(size=(80, 24)) as pilot:
            await at(pilot, PlanScreen)
            await pilot.press("enter")
            await at(pilot, Ask)
            assert "MAXDEPTH 7 → 9" in seen(pilot)
            assert "--allow takeover" in seen(pilot)
            await pilot.press("enter")
            await at(pilot, PlanScreen)
            assert "nothing was touched" in seen(pilot)
            await pilot.press("enter", "down", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen) and "Enter: carry" in seen(pilot))
            await pilot.press("enter")
            await at(pilot, Finish)
            assert "--allow takeover" in seen(pilot)
            await pilot.press("enter")
        assert "MAXDEPTH(9)" in run("runmqsc", "QM1", stdin="DISPLAY QLOCAL(Q1) MAXDEPTH\n")


async def test_a_failure_names_its_cause_and_trying_again_goes_straight_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANDBOX_FAULTS", "runmqsc:DEFINE QLOCAL(Q2):1=refuse")
    with sandboxed(tmp_path) as run:
        host = Host(ordered(tmp_path, NO_CLIENT))
        async with host.run_test(size=(80, 24)) as pilot:
            await at(pilot, PlanScreen)
            await pilot.press("enter")
            trouble = await at(pilot, Trouble)
            assert trouble.query_one(Choices).chosen == "again"
            assert "QLOCAL(Q2)" in seen(pilot)
            for words in ("Try again", "Go back", "Stop, and go on later"):
                assert words in seen(pilot)
            assert "Journal:" in trouble.error.remedy
            await pilot.press("enter")
            await at(pilot, Finish)
            await pilot.press("enter")
        assert "QUEUE(Q2)" in run("runmqsc", "QM1", stdin="DISPLAY QLOCAL(Q2)\n")


async def test_who_stops_leaves_nothing_half_done_and_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANDBOX_FAULTS", "strmqm:QM1:1=slow:1500")
    with sandboxed(tmp_path):
        host = Host(ordered(tmp_path, NO_CLIENT))
        async with host.run_test(size=(80, 24)) as pilot:
            await at(pilot, PlanScreen)
            await pilot.press("enter")
            await at(pilot, RunScreen)
            await pilot.press("escape")
            await at(pilot, Ask)
            await pilot.press("down", "enter")
            trouble = await at(pilot, Trouble)
            assert trouble.error.what.startswith("Stopped after ")
            await pilot.press("down", "down", "enter")
            await until(pilot, lambda: host.left is not None)
        assert host.left == Quit()
        (journal,) = (tmp_path / "st/journals").glob("*/*.jsonl")
        lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
        begun, done = ([line["id"] for line in lines if line["type"] == word] for word in ("begin", "done"))
        assert begun == done != []
        again = Host(host.request)
        async with again.run_test(size=(80, 24)) as pilot:
            plan = await at(pilot, PlanScreen)
            assert not set(done) & {operation.id for operation in plan.plan.pending}
            await pilot.press("enter")
            await at(pilot, Finish)
            await pilot.press("enter")
        assert look(host.request).plan.pending == ()


async def went_back(host: Host) -> bool:
    """Whether Esc on the plan leads back."""
    async with host.run_test(size=(80, 24)) as pilot:
        await at(pilot, PlanScreen)
        await pilot.press("escape")
        await until(pilot, lambda: host.left is not None)
    return host.left == Back()


async def test_back_from_the_plan_touches_nothing_and_lets_go_of_the_locks(tmp_path: Path) -> None:
    with sandboxed(tmp_path) as run:
        assert await went_back(Host(ordered(tmp_path, NO_CLIENT)))
        assert await went_back(Host(ordered(tmp_path, NO_CLIENT)))
        assert run("dspmq") == ""
        assert not (tmp_path / "st/journals").exists()


async def test_a_recipe_that_is_wrong_says_so_and_leads_back(tmp_path: Path) -> None:
    host = Host(ordered(tmp_path, "mqwizard: 1\norganisation: Example\n"))
    async with host.run_test(size=(80, 24)) as pilot:
        await at(pilot, Trouble)
        assert "organisation" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: host.left is not None)
    assert host.left == Back()


async def test_a_secret_is_asked_for_and_appears_on_no_screen(tmp_path: Path) -> None:
    recipe = ONE_CLIENT.replace("{kind: ca, key: ec-p256}", "{kind: ca, key: ec-p256, passphrase: prompt}")
    screens: list[str] = []
    with sandboxed(tmp_path):
        host = Host(ordered(tmp_path, recipe))
        async with host.run_test(size=(80, 24)) as pilot:
            await at(pilot, PlanScreen)
            await pilot.press("enter")
            await at(pilot, SecretQuestion)
            await pilot.press(*PLANTED)
            screens.append(seen(pilot))
            await pilot.press("enter")
            transcript = (await at(pilot, RunScreen)).query_one("#transcript", Lines)
            proof = await at(pilot, ProofScreen)
            screens += [line.text for line in transcript.lines]
            await until(pilot, lambda: proof.errand.ended is not None, "the end of the proof")
            screens.append(seen(pilot))
            await pilot.press("enter")
            await at(pilot, Finish)
            screens.append(seen(pilot))
            await pilot.press("enter")
    assert len(screens) > 50
    assert PLANTED not in "\n".join(screens)


async def test_practising_first_leaves_the_real_place_alone_and_comes_back_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sandboxed(tmp_path) as run:
        for name in ("PATH", "MQ_INSTALLATION_PATH", "MQ_DATA_PATH"):
            monkeypatch.setenv(name, prepare_sandbox(tmp_path / "sb", None).environment[name])
        monkeypatch.setattr("wizard.engine.machines.check_user", lambda *_, **__: 0)
        (tmp_path / "r.yaml").write_text(NO_CLIENT, encoding="utf-8")
        host = Host(Request(str(tmp_path / "r.yaml"), state=tmp_path / "st"))
        async with host.run_test(size=(80, 24)) as pilot:
            real = await at(pilot, PlanScreen)
            assert "practice" not in seen(pilot)
            await pilot.press("enter")
            await at(pilot, Ask)
            await pilot.press("down", "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, PlanScreen) and pilot.app.screen is not real)
            assert "practice (sandbox)" in seen(pilot)
            await pilot.press("enter")
            await at(pilot, Finish)
            assert "Practised" in seen(pilot)
            await pilot.press("enter")
            await at(pilot, PlanScreen)
            assert "practice" not in seen(pilot)
            await pilot.press("escape")
        assert run("dspmq") == ""
        assert list((tmp_path / "st/practice").iterdir()) == []
        assert {path.name for path in tmp_path.iterdir()} == {"r.yaml", "sb", "st"}
