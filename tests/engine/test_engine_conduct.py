"""The one door for both faces: what it tells, what it asks, and that nothing happens without an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from engine_reports import ONE_CLIENT, MakePlace

from wizard.engine.conduct import Conduct, look
from wizard.engine.events import Again, CarriedOut, Checked, Event, Go, Moved, Planned, ProofBegun, Proven, Transcribed
from wizard.engine.rehearsal import rehearsal
from wizard.engine.request import Request
from wizard.errors import Declined, Stopped
from wizard.plan.operations import Consent, Plan


@dataclass
class Person:
    """Answers as a test wants, and remembers what it was told."""

    answers: list[Go | Again] = field(default_factory=lambda: [Go()])
    told: list[Event] = field(default_factory=list)

    def decide(self, plan: Plan) -> Go | Again:
        if not self.answers:
            raise Declined("Nothing was done.")
        return self.answers.pop(0)

    def heard(self, *kinds: type[Event]) -> list[Event]:
        return [event for event in self.told if isinstance(event, kinds)]

    def conduct(self, *, proof: bool = False, stop_after: int | None = None) -> Conduct:
        def stop() -> bool:
            done = sum(event.progress.word == "done" for event in self.told if isinstance(event, Moved))
            return stop_after is not None and done >= stop_after

        return Conduct(tell=self.told.append, decide=self.decide, stop=stop, proof=proof)


def request_in(folder: Path) -> Request:
    return Request("r.yaml", sandbox=folder / "sb", state=folder / "st")


def test_an_order_is_told_in_the_order_of_things(make_place: MakePlace, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place(ONE_CLIENT)
    monkeypatch.chdir(place.folder)
    person = Person(answers=[Again(frozenset({Consent.DELETE})), Go()])
    proof = person.conduct(proof=True).order(request_in(place.folder))
    assert proof is not None
    assert proof.failed == ()
    kinds = [type(event) for event in person.told if not isinstance(event, Transcribed)]
    once = [kind for kind, before in zip(kinds, [None, *kinds], strict=False) if kind is not before]
    assert once == [Planned, Moved, CarriedOut, ProofBegun, Checked, Proven]
    first, second = (event for event in person.told if isinstance(event, Planned))
    assert (first.allowed, second.allowed) == (frozenset(), {Consent.DELETE})
    assert second.site.kits == (place.folder / "kits/app1",)
    assert [event.progress.word for event in person.told if isinstance(event, Moved)][:2] == ["begun", "done"]
    transcript = "\n".join(line for event in person.told if isinstance(event, Transcribed) for line in event.lines)
    assert "DEFINE CHANNEL(APP1.SVRCONN)" in transcript


def test_who_says_no_has_touched_nothing_and_holds_nothing(
    make_place: MakePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = make_place(ONE_CLIENT)
    monkeypatch.chdir(place.folder)
    for _ in range(2):
        with pytest.raises(Declined):
            Person(answers=[]).conduct().order(request_in(place.folder))
    assert place.command("dspmq") == ""
    assert not (place.state / "journals").exists()


def test_a_stopped_order_goes_on_where_it_was(make_place: MakePlace, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place(ONE_CLIENT)
    monkeypatch.chdir(place.folder)
    first = Person()
    with pytest.raises(Stopped) as stopped:
        first.conduct(stop_after=3).order(request_in(place.folder))
    assert stopped.value.what.startswith("Stopped after 3 of ")
    assert "Run the same command to go on" in stopped.value.remedy
    (journal,) = (place.state / "journals").glob("*/*.jsonl")
    assert '"outcome": "stopped by the person"' in journal.read_text(encoding="utf-8").splitlines()[-1]
    second = Person()
    second.conduct().order(request_in(place.folder))
    done = [
        [event.progress.operation.resource for event in one.told if isinstance(event, Moved)] for one in (first, second)
    ]
    assert not set(done[0]) & set(done[1])
    assert look(request_in(place.folder)).plan.pending == ()


def test_a_rehearsal_leaves_nothing_beside_the_recipe(make_place: MakePlace, monkeypatch: pytest.MonkeyPatch) -> None:
    place = make_place(ONE_CLIENT)
    monkeypatch.chdir(place.folder)
    with rehearsal(Request("r.yaml", state=place.state), "9.3") as practised:
        person = Person()
        person.conduct().order(practised)
        assert practised.folder is not None
        assert (practised.folder / "kits/app1").is_dir()
        assert (practised.folder / "ca").is_dir()
        (planned,) = (event for event in person.told if isinstance(event, Planned))
        assert planned.site.release == "9.3"
    assert {path.name for path in place.folder.iterdir()} == {"r.yaml", "st"}
    assert list((place.state / "practice").iterdir()) == []
