"""What a command loads, seen in fresh interpreters: the quick ones must stay quick."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

HEAVY = {"textual", "cryptography", "pydantic", "pydantic_core", "pexpect", "ruamel", "asn1crypto", "sqlite3"}
LOOK = """
import json, sys
sys.argv = ["mqwizard", *json.loads(sys.argv[1])]
from screens.main import main
try:
    main()
finally:
    sys.stderr.write("\\n" + json.dumps(sorted({name.split(".")[0] for name in sys.modules} | set(sys.modules))))
"""


def loaded(*arguments: str) -> set[str]:
    """The modules that an interpreter of its own has loaded when the command line is done, on a machine without MQ."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MQ")}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, json.dumps(arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={**environment, "PATH": "/nonexistent"},
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("recipes",), ("recipes", "plain-client")])
def test_a_quick_command_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) & HEAVY == set()


def test_version_and_help_load_no_floor_below_the_command_line() -> None:
    floors = {name for name in loaded("--help") if name.startswith("wizard.")}
    assert {name.split(".")[1] for name in floors} <= {"cli", "errors"}


def test_the_schema_needs_no_keys_and_no_terminal() -> None:
    assert loaded("schema") & {"textual", "cryptography", "pexpect", "asn1crypto"} == set()


def test_a_dry_run_without_mq_loads_no_cryptography_and_no_screens() -> None:
    assert loaded("--recipe", "plain-client", "--dry-run") & {"textual", "cryptography", "asn1crypto"} == set()
