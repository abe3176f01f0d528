"""Where the report of a proof is put."""

from __future__ import annotations

from pathlib import Path

from wizard.engine.prove import free_path


def test_reports_of_the_same_second_do_not_write_over_one_another(tmp_path: Path) -> None:
    names = []
    for _ in range(3):
        path = free_path(tmp_path, "r-2026-01-02-030405")
        path.touch()
        names.append(path.name)
    assert names == [f"r-2026-01-02-030405{number}.md" for number in ("", "-2", "-3")]
