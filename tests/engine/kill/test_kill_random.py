"""mqwizard is killed at random moments; `make kills` does it two hundred times."""

from __future__ import annotations

from pathlib import Path

from random_kills import RandomKills

KILLS = 6


def test_whenever_a_run_is_killed_the_same_command_comes_to_the_same_end(tmp_path: Path) -> None:
    tally = RandomKills(tmp_path, seed=20).until(KILLS, print)
    assert tally.kills == KILLS
    assert tally.recovered == tally.killed, "\n".join(tally.lines())
