"""settings.sh, checked and sourced by the machine's own POSIX shell."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kits_support import client_of, kit, topology

from wizard.kits.settings import settings as settings_of

PASSWORD = "s3cret 'of' the \"store\""
MARK = "hostile-text-was-run"


def sourced(text: str, folder: Path, **environment: str) -> dict[str, str]:
    """The environment that a program has after the settings; the test fails where the shell complains."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.sh").write_text(text, encoding="utf-8")
    subprocess.run(["sh", "-n", "settings.sh"], cwd=folder, check=True, capture_output=True)
    done = subprocess.run(
        ["sh", "-euc", ". ./settings.sh; env -0"],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **environment},
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    variables = dict(entry.split("=", 1) for entry in done.stdout.split("\0") if entry)
    return {name: value for name, value in variables.items() if name.startswith(("MQ", "KIT"))}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A kit's folder with a blank in its path, and the password of its store beside it."""
    kits = tmp_path / "kits of app1"
    kits.mkdir()
    (kits / "app1.password").write_text(PASSWORD + "\n", encoding="utf-8")
    return kits / "app1"


def test_two_way_tls_sets_table_store_password_and_label(folder: Path) -> None:
    assert sourced(kit()["settings.sh"], folder, MQSERVER="OLD/TCP/host") == {
        "MQCCDTURL": f"file://{folder}/ccdt.json",
        "MQSSLKEYR": f"{folder}/app1.p12",
        "MQKEYRPWD": PASSWORD,
        "MQCERTLABL": "app1",
    }


def test_one_way_tls_names_the_user_instead_of_a_certificate(folder: Path) -> None:
    found = sourced(kit(tls="server", user="svcapp")["settings.sh"], folder)
    assert "MQCERTLABL" not in found
    assert found["MQSAMP_USER_ID"] == "svcapp"
    assert found["MQSSLKEYR"] == f"{folder}/app1.p12"


def test_without_tls_one_variable_is_enough(folder: Path) -> None:
    found = sourced(kit(tls="none", address="10.1.1.1")["settings.sh"], folder)
    assert found == {"MQSERVER": "APP1.SVRCONN/TCP/mqhost.example.com(1415)"}


def test_before_9_3_the_store_is_named_by_its_stem_and_has_its_stash(folder: Path) -> None:
    found = sourced(kit("9.2")["settings.sh"], folder)
    assert found["MQSSLKEYR"] == f"{folder}/app1"
    assert "MQKEYRPWD" not in found


def test_before_9_1_2_the_table_is_the_binary_one(folder: Path) -> None:
    found = sourced(kit("9.1.0")["settings.sh"], folder)
    assert (found["MQCHLLIB"], found["MQCHLTAB"]) == (str(folder), "AMQCLCHL.TAB")
    assert "MQCCDTURL" not in found


def test_new_session_keys_are_asked_for_after_so_many_bytes(folder: Path) -> None:
    assert sourced(kit(reset_bytes="40960")["settings.sh"], folder)["MQSSLRESET"] == "40960"


def test_folder_and_password_file_can_be_told(folder: Path, tmp_path: Path) -> None:
    apart = tmp_path / "apart"
    apart.write_text("other", encoding="utf-8")
    found = sourced(kit()["settings.sh"], folder, KIT="/srv/kit", KIT_PASSWORD=str(apart))
    assert (found["MQSSLKEYR"], found["MQKEYRPWD"]) == ("/srv/kit/app1.p12", "other")
    assert not {"KIT", "KIT_PASSWORD"} & set(found)


@settings(max_examples=15)
@given(
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=30)
    .map(lambda text: f"{text}'\"`$(echo {MARK} >&2); # \\"[:60])
    .filter(lambda text: text == text.strip())
)
def test_no_label_breaks_out_of_the_settings(tmp_path_factory: pytest.TempPathFactory, label: str) -> None:
    place = tmp_path_factory.mktemp("kits") / "app1"
    place.parent.joinpath("app1.password").write_text(PASSWORD, encoding="utf-8")
    text = settings_of(client_of(topology(certificate={"name": "x", "label": label})))
    assert sourced(text, place)["MQCERTLABL"] == label
