"""The transcript: readable, private, bounded, without secrets."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import Refused
from wizard.mq.secret_text import STARS
from wizard.run.secrets import Secret, SecretStore
from wizard.run.transcript import Transcript

PLANTED = "Pl4nted-s3crét'word"


def opened(path: Path | None) -> Transcript:
    store = SecretStore()
    store.hide(Secret(PLANTED))
    return Transcript(path, redact=store.redact, clock=lambda: datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))


def test_a_transcript_shows_what_went_and_what_came_with_times(tmp_path: Path) -> None:
    transcript = opened(tmp_path / "transcripts" / "run.txt")
    record = transcript.command(["runmqsc", "-e", "QM 1"], 4711)
    record.sent("DEFINE QLOCAL(Q1)")
    record.received(b"AMQ8006I: IBM MQ queue created.\r\nwait")
    record.ended("exit 0")
    record.write()
    text = (tmp_path / "transcripts" / "run.txt").read_text(encoding="utf-8")
    assert text.splitlines()[1:] == [
        "05:06:07.000 [4711] $ runmqsc -e 'QM 1'",
        "05:06:07.000 [4711] > DEFINE QLOCAL(Q1)",
        "05:06:07.000 [4711] < AMQ8006I: IBM MQ queue created.",
        "05:06:07.000 [4711] < wait",
        "05:06:07.000 [4711] = exit 0",
    ]
    assert stat.S_IMODE((tmp_path / "transcripts" / "run.txt").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "transcripts").stat().st_mode) == 0o700


@given(cuts=st.lists(st.integers(0, 60), max_size=6))
def test_a_secret_is_hidden_however_its_bytes_arrive(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    path = tmp_path_factory.mktemp("t") / "run.txt"
    transcript = opened(path)
    record = transcript.command(["cmd", PLANTED], 1)
    stream = f"before {PLANTED} after\r\n{PLANTED}".encode()
    places = sorted({0, *cuts, len(stream)})
    for begin, end in pairwise(places):
        record.received(stream[begin:end])
    record.ended("exit 0")
    transcript.close()
    text = path.read_text(encoding="utf-8")
    assert PLANTED not in text
    assert text.count(STARS) == 3


def test_a_dry_run_writes_none(tmp_path: Path) -> None:
    transcript = opened(None)
    transcript.note("nothing")
    transcript.command(["dspmq"], 1).received(b"text\n")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "run.txt").write_text("")
    with pytest.raises(Refused, match="--state"):
        opened(tmp_path / "run.txt")


def test_a_full_disk_does_not_stop_the_run_but_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    transcript = opened(tmp_path / "run.txt")

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    transcript.note("lost")
    assert transcript.incomplete


def test_transcripts_of_a_run_are_named_after_it(tmp_path: Path) -> None:
    transcript = Transcript.create(tmp_path, "app-12ab", redact=str)
    assert transcript.path is not None
    assert transcript.path.name.startswith("app-12ab-")
