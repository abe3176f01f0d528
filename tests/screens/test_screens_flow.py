"""The wizard from the welcome to the review: defaults, mistakes, back and forth, drafts, and the recipe of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from screens_support import go, helped, press, settled, shown, step, wizard, write

import recipes
from screens.jobs import STEPS
from screens.steps.queue_manager import QueueManagerStep
from screens.steps.review import ReviewStep
from wizard.engine.around import Around, Found
from wizard.engine.drafts import kept
from wizard.engine.prepare import prepared
from wizard.engine.preview import preview
from wizard.engine.request import Request
from wizard.plan.text import command_lines

TO_REVIEW = ("enter",) * 8

DEFAULT = """\
mqwizard: 1
organization: Example
trust: ca
queue_managers:
  QM1:
    queues: [Q1]
    listener: 1414
clients:
  app1:
    connects_to: QM1
    tls: mutual
    queues: {Q1: [put, get]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in; ports are never really tried."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "screens.steps.listener.port_taken", lambda _request, _around, port: "" if port != 1999 else "X"
    )
    return tmp_path


async def test_enter_alone_leads_from_the_welcome_to_a_complete_recipe(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *TO_REVIEW)
        assert isinstance(step(pilot), ReviewStep)
        await press(pilot, "ctrl+s")
        assert "Saved in" in helped(pilot)
    assert (folder / "qm1.yaml").read_text() == DEFAULT


async def test_what_is_saved_plans_headless_what_the_wizard_showed(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, "enter", "enter")
        await write(pilot, "SALES")
        await press(pilot, "enter")
        await write(pilot, "1499")
        await press(pilot, "enter")
        await write(pilot, "web")
        await go(pilot, "May use queues")
        await write(pilot, "Q1 put, Q2 get browse")
        await press(pilot, "enter")
        await go(pilot, "May connect from")
        await write(pilot, "10.1.*")
        await press(pilot, "enter", "down", "enter", "enter", "ctrl+s")
        seen = step(pilot).seen
    file = folder / "sales.yaml"
    request = Request(recipe=str(file), host="mqhost", mq_version="9.4.0.0", state=folder / "st")
    with prepared(request, dry=True) as ready:
        headless = [line.strip() for one in ready.plan.operations for line in command_lines(one)]
    assert seen
    shown_lines = [line.text.strip() for line in seen.lines if line.text.startswith(" ")]
    assert [line for line in headless if line != "runmqsc SALES"] == [
        line for line in shown_lines if line != "runmqsc SALES"
    ]
    assert "SALES" in file.read_text()
    assert "trust: self-signed" in file.read_text()


@pytest.mark.parametrize("name", recipes.names())
async def test_a_shipped_recipe_walked_through_without_a_change_keeps_every_byte(name: str, folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, "down", "down", "enter")
        await pilot.press(*["down"] * recipes.names().index(name), "enter")
        await settled(pilot)
        for each in [stop.id for stop in step(pilot).heading.stops if stop.id in STEPS and stop.id != "review"]:
            step(pilot).action_go(each)
            await settled(pilot)
            assert step(pilot).heading.here == each
            await pilot.press("tab", "tab", "tab")
            await press(pilot, "enter")
        assert isinstance(step(pilot), ReviewStep)
        assert step(pilot).text == recipes.text(name)
    assert list(folder.glob("*.yaml")) == []


async def test_a_change_in_an_opened_recipe_leaves_every_other_byte(folder: Path) -> None:
    text = recipes.text("two-way-tls-own-ca")
    (folder / "mine.yaml").write_text(text)
    async with wizard(folder) as pilot:
        await press(pilot, "down", "down", "enter", "enter")
        step(pilot).action_go("listener")
        await settled(pilot)
        await write(pilot, "1515")
        await press(pilot, "enter", "ctrl+s")
    assert (folder / "mine.yaml").read_text() == text.replace("listener: 1414", "listener: 1515")


async def test_back_from_an_invalid_port_keeps_the_answer(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, "enter", "enter", "enter")
        await write(pilot, "99999")
        assert "at most 65,535" in helped(pilot)
        await press(pilot, "enter")
        assert step(pilot).heading.here == "listener"
        await press(pilot, "escape")
        assert isinstance(step(pilot), QueueManagerStep)
        await press(pilot, "enter")
        assert "99999" in shown(pilot)
        await write(pilot, "1415")
        await press(pilot, "enter")
        assert step(pilot).heading.here == "applications"


async def test_a_port_that_is_taken_is_named_and_holds_up(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, "enter", "enter", "enter")
        await write(pilot, "1999")
        await press(pilot, "enter")
        assert step(pilot).heading.here == "listener"
        assert helped(pilot).startswith("Port 1999 is taken by X. QM1's listener would not start.")


async def test_a_name_of_49_characters_is_refused_with_what_is_allowed(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, "enter", "enter")
        await write(pilot, "Q" * 49)
        await press(pilot, "enter")
        assert isinstance(step(pilot), QueueManagerStep)
        assert "at most 48" in helped(pilot)


async def test_leaving_keeps_a_draft_that_is_gone_on_with(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, "enter", "enter", "enter")
        await write(pilot, "1420")
        await press(pilot, "enter", "ctrl+q", "end", "enter")
    (draft,) = kept(folder / "st")
    assert draft.step == "applications"
    async with wizard(folder, drafts=(draft,)) as pilot:
        await press(pilot, "end", "enter")
        assert step(pilot).heading.here == "applications"
        assert "listener: 1420" in step(pilot).text
        await press(pilot, "escape")
        assert step(pilot).heading.here == "listener"


async def test_an_answer_of_the_review_is_gone_to_and_come_back_from(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *TO_REVIEW, "down", "down", "down", "enter")
        assert step(pilot).heading.here == "listener"
        await write(pilot, "1416")
        await press(pilot, "enter")
        assert isinstance(step(pilot), ReviewStep)
        assert "1416" in shown(pilot)
        await press(pilot, "escape")
        assert step(pilot).heading.here == "names"


async def test_a_second_application_has_names_of_its_own(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 4, "f7")
        assert "APP2.SVRCONN" in shown(pilot)
        await write(pilot, "batch")
        await press(pilot, "f6")
        assert "app1" in shown(pilot)
        assert "BATCH.SVRCONN" in " ".join(preview(step(pilot).text, base=folder).lines)
        await press(pilot, "f8")
        assert "app1" not in step(pilot).text


async def test_one_that_is_here_lends_its_name_and_stays_as_it_is(folder: Path) -> None:
    around = Around("mqhost", "Installation1 (/opt/mqm)", "9.4.0.0", (Found("PROD", "Running"),))
    async with wizard(folder, around=around) as pilot:
        await press(pilot, "enter", "enter", "down")
        assert "PROD:" in step(pilot).text
        assert "PROD exists (running). What it has stays as it is." in shown(pilot)
        await press(pilot, "up")
        assert "QM1:" in step(pilot).text


async def test_a_user_that_the_machine_does_not_know_is_told_and_is_no_mistake(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 4)
        await go(pilot, "Runs as user")
        await write(pilot, "nobody2")
        assert "User nobody2 does not exist on mqhost yet: root makes it" in shown(pilot).replace("\n    ", " ")
        await write(pilot, "much-too-long-user")
        assert "at most 12" in helped(pilot)
        await write(pilot, "nobody2")
        await press(pilot, "enter")
        assert step(pilot).heading.here == "security"


async def test_a_queue_that_an_application_uses_is_made_too(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 4)
        await go(pilot, "May use queues")
        await write(pilot, "Q1 put, Q7 get browse")
        assert "queues: [Q1, Q7]" in step(pilot).text
        await write(pilot, "Q1 fly")
        assert "fly" in helped(pilot)
        assert "queues: [Q1]" in step(pilot).text


async def test_a_bad_distinguished_name_is_refused_among_all_attributes(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 4, "f4")
        await write(pilot, "app1.certificate.distinguished")
        await press(pilot, "enter")
        await write(pilot, "app1")
        await press(pilot, "enter")
        assert "CN" in helped(pilot) or "distinguished" in helped(pilot).lower()
        await write(pilot, "CN=web,O=Acme")
        await press(pilot, "enter", "escape")
        assert "distinguished_name: CN=web,O=Acme" in step(pilot).text
        assert step(pilot).heading.here == "applications"


async def test_a_password_typed_by_mistake_goes_nowhere(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 4, "f4")
        await write(pilot, "clients.app1.password")
        await press(pilot, "enter")
        await write(pilot, "hunter2")
        await press(pilot, "enter")
        assert "A secret cannot stand in a recipe." in helped(pilot)
        await press(pilot, "escape", "escape", "ctrl+s")
        assert "hunter2" not in shown(pilot)
    assert [path for path in folder.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()] == []


async def test_more_security_on_a_channel_begins_with_a_queue_manager_that_is_here(folder: Path) -> None:
    around = Around("mqhost", "Installation1 (/opt/mqm)", "9.4.0.0", (Found("OLD", "Ended"), Found("PROD", "Running")))
    async with wizard(folder, around=around) as pilot:
        await press(pilot, "enter", "down", "down", "enter")
        assert "PROD:" in step(pilot).text
        await press(pilot, "enter")
        await go(pilot, "Channel")
        await write(pilot, "TO.PROD")
        await press(pilot, "enter", "enter", "enter", "enter")
        assert isinstance(step(pilot), ReviewStep)
        assert "TO.PROD" in shown(pilot)
        seen = step(pilot).seen
        assert seen
        assert any("CHANNEL(TO.PROD)" in line.text and "SSLCIPH" in line.text for line in seen.lines)


async def test_without_tls_nothing_is_asked_about_certificates(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 5, "end", "enter")
        assert step(pilot).heading.here == "security"
        await go(pilot, "May connect from")
        await write(pilot, "10.1.*")
        await press(pilot, "enter")
        assert isinstance(step(pilot), ReviewStep)
        await press(pilot, "escape")
        assert step(pilot).heading.here == "security"


async def test_with_a_ca_elsewhere_requests_go_out_and_its_answers_are_waited_for(folder: Path) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *["enter"] * 6, "end", "enter", "enter")
        assert isinstance(step(pilot), ReviewStep)
        commands = " ".join(preview(step(pilot).text, base=folder).lines)
        assert "exchange/QM1.csr" in commands
        assert "exchange/app1.csr" in commands


TWO = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1: {listener: 1414, queues: [Q1]}
  QM2:
    listener: 1415   # the second
    queues: {Q2: {MAXDEPTH: 7}}
clients:
  app1: {connects_to: QM1, queues: [Q1]}
  app2: {connects_to: QM2, queues: [Q2]}
"""


async def test_of_several_queue_managers_and_applications_each_is_reached(folder: Path) -> None:
    (folder / "two.yaml").write_text(TWO)
    async with wizard(folder) as pilot:
        await press(pilot, "down", "down", "enter", "enter")
        step(pilot).action_go("queue-manager")
        await settled(pilot)
        await press(pilot, "f6")
        await go(pilot, "Queues to make")
        await write(pilot, "Q2, Q3")
        await press(pilot, "enter")
        assert isinstance(step(pilot), ReviewStep)
        step(pilot).action_go("applications")
        await settled(pilot)
        await press(pilot, "f6")
        await go(pilot, "Connects to")
        await write(pilot, "QM3")
        assert "does not stand under queue_managers" in helped(pilot)
        await write(pilot, "QM1")
        assert step(pilot).faults
        await press(pilot, "ctrl+s")
    saved = (folder / "two.yaml").read_text()
    assert "queues: {Q2: {MAXDEPTH: 7}, Q3: }" in saved
    assert "listener: 1415   # the second" in saved
    assert "app2: {connects_to: QM1" in saved


async def test_a_recipe_that_cannot_be_read_says_why_and_nothing_is_opened(folder: Path) -> None:
    (folder / "bad.yaml").write_text("mqwizard: 1\nqueue_managers: {QM1: {listner: 1414}}\n")
    async with wizard(folder) as pilot:
        await press(pilot, "down", "down", "enter", "enter")
        assert helped(pilot).startswith("Line 2: Unknown key 'listner'.")
        await press(pilot, "escape")
        assert "Set up something new" in shown(pilot)


async def test_a_folder_that_takes_no_file_is_told_and_the_answers_stay(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with wizard(folder) as pilot:
        await press(pilot, *TO_REVIEW)
        monkeypatch.setattr("screens.session.Session.place", lambda _self: folder / "gone" / "r.yaml")
        await press(pilot, "ctrl+s")
        assert helped(pilot).startswith("Not saved.")
        await press(pilot, "enter")
        assert isinstance(step(pilot), ReviewStep)
        assert "Something in that path is missing" in " ".join(shown(pilot).split())
        assert step(pilot).text == DEFAULT
