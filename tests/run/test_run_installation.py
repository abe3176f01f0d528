"""Which MQ is here, who may drive it, which queue managers it has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_fakes import Fakes

from wizard.errors import OperationFailed, Refused
from wizard.mq.releases import Release
from wizard.run import dspmq, installation
from wizard.run.dspmq import Instance


def add_installation(fakes: Fakes, name: str, version: str = "9.4.0.0") -> Path:
    """A folder with a dspmqver that describes it."""
    path = fakes.folder / name
    (path / "bin").mkdir(parents=True)
    text = (
        f"Name:        IBM MQ\nVersion:     {version}\nLevel:       p940-L240605.1\nInstName:    {name}\n"
        f"InstDesc:    \nPrimary:     No\nInstPath:    {path}\nDataPath:    {fakes.folder}/var mqm\n"
    )
    (path / "bin" / "dspmqver").symlink_to(fakes.add(f"dspmqver-{name}", f"print({text!r})"))
    return path


def add_listing(fakes: Fakes, *paths: Path, state: str = "Available") -> None:
    text = "\n".join(
        f"InstName:      {path.name}\nInstDesc:      \nIdentifier:    1\nInstPath:      {path}\n"
        f"Version:       9.4.0.0\nPrimary:       No\nState:         {state}\n"
        for path in paths
    )
    fakes.add("dspmqinst", f"print({text!r})")


@pytest.fixture
def mq(fakes: Fakes) -> Fakes:
    """A machine whose PATH holds nothing but the fakes."""
    for command in ("env", "python3"):
        fakes.add(command, "")
    fakes.driver.environment["PATH"] = str(fakes.bin)
    return fakes


def test_the_only_installation_is_used(mq: Fakes) -> None:
    path = add_installation(mq, "Installation1")
    add_listing(mq, path)
    found = installation.find(mq.driver)
    assert (found.name, found.path, found.release) == ("Installation1", path, Release(9, 4))
    assert found.data_path == mq.folder / "var mqm"


def test_several_installations_are_listed_and_one_must_be_named(mq: Fakes) -> None:
    paths = [add_installation(mq, name, f"9.{number}.0.0") for number, name in enumerate(("Old", "New"), 3)]
    add_listing(mq, *paths)
    with pytest.raises(Refused) as caught:
        installation.find(mq.driver)
    assert "Old" in str(caught.value) and "New" in str(caught.value) and "--installation" in str(caught.value)
    assert installation.find(mq.driver, "New").release == Release(9, 4)
    assert installation.find(mq.driver, str(paths[0])).release == Release(9, 3)
    with pytest.raises(Refused, match="no installation Other"):
        installation.find(mq.driver, "Other")


def test_of_several_installations_the_one_of_setmqenv_is_used(mq: Fakes) -> None:
    paths = [add_installation(mq, name) for name in ("Old", "New")]
    add_listing(mq, *paths)
    mq.driver.environment["MQ_INSTALLATION_PATH"] = f"{paths[1]}/"
    assert installation.find(mq.driver).name == "New"


def test_without_dspmqinst_the_path_tells(mq: Fakes) -> None:
    path = add_installation(mq, "Sole")
    mq.driver.environment["PATH"] = str(path / "bin")
    assert installation.find(mq.driver).path == path


def test_a_dspmqinst_that_refuses_is_no_hindrance(mq: Fakes) -> None:
    path = add_installation(mq, "Sole")
    mq.add("dspmqinst", "print('AMQ7077E: You are not authorized.'); raise SystemExit(119)")
    mq.driver.environment["MQ_INSTALLATION_PATH"] = str(path)
    assert installation.find(mq.driver).name == "Sole"


def test_an_installation_that_is_not_available_is_passed_over(mq: Fakes) -> None:
    path = add_installation(mq, "Gone")
    add_listing(mq, path, state="Not available")
    mq.driver.environment["PATH"] = str(mq.bin)
    with pytest.raises(Refused):
        installation.find(mq.driver)


def test_without_mq_the_way_on_is_named(mq: Fakes) -> None:
    with pytest.raises(Refused) as caught:
        installation.find(mq.driver)
    assert caught.value.exit_status == 3
    assert "--dry-run" in str(caught.value) and "--sandbox" in str(caught.value)


def test_an_installation_that_does_not_know_its_version_is_told(mq: Fakes) -> None:
    path = add_installation(mq, "Broken")
    add_listing(mq, path)
    mq.add("dspmqver-Broken", "print('libmqm.so: cannot open'); raise SystemExit(127)")
    with pytest.raises(OperationFailed, match="exit 127"):
        installation.find(mq.driver)


def test_commands_are_found_below_the_installation(mq: Fakes) -> None:
    path = add_installation(mq, "Installation1")
    (path / "samp" / "bin").mkdir(parents=True)
    (path / "samp" / "bin" / "amqsputc").write_text("")
    add_listing(mq, path)
    found = installation.find(mq.driver)
    assert found.command("dspmqver") == str(path / "bin" / "dspmqver")
    assert found.command("amqsputc") == str(path / "samp" / "bin" / "amqsputc")
    assert found.has("dspmqver") and not found.has("runmqakm")


def as_user(monkeypatch: pytest.MonkeyPatch, uid: int, groups: list[int]) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    monkeypatch.setattr(os, "getegid", lambda: groups[0])
    monkeypatch.setattr(os, "getgroups", lambda: groups)


def test_root_is_refused_with_the_command_to_use_instead(mq: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, 0, [0])
    with pytest.raises(Refused) as caught:
        installation.check_user(mq.driver, arguments=["mqwizard", "--recipe", "my app.yaml"])
    assert "sudo -u mqm -- mqwizard --recipe 'my app.yaml'" in str(caught.value)
    mq.add("getent", "print('mqm:x:1001:anna,berta')")
    assert installation.check_user(mq.driver, arguments=["mqwizard"], root_allowed=True) == 1001


def test_a_member_of_the_group_may_go_on(mq: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    mq.add("getent", "print('mqm:x:1001:anna,berta')")
    as_user(monkeypatch, 500, [500, 1001])
    assert installation.check_user(mq.driver, arguments=["mqwizard"]) == 1001


def test_a_member_whose_session_is_older_learns_how_to_refresh_it(mq: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    mq.add("getent", "print('mqm:x:1001:anna,berta')")
    as_user(monkeypatch, 500, [500])
    mq.driver.environment["USER"] = "berta"
    with pytest.raises(Refused, match="session began before") as caught:
        installation.check_user(mq.driver, arguments=["mqwizard", "--yes"])
    assert "sg mqm -c 'mqwizard --yes'" in str(caught.value)


def test_whoever_is_not_in_the_group_learns_what_root_must_do(mq: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    mq.add("getent", "print('mqm:x:1001:')")
    as_user(monkeypatch, 500, [500])
    mq.driver.environment["USER"] = "carla"
    with pytest.raises(Refused, match="carla is not in the group mqm") as caught:
        installation.check_user(mq.driver, arguments=["mqwizard"])
    assert "usermod -aG mqm carla" in str(caught.value)


def test_a_machine_without_the_group_is_told(mq: Fakes, monkeypatch: pytest.MonkeyPatch) -> None:
    mq.add("getent", "raise SystemExit(2)")
    as_user(monkeypatch, 500, [500])
    with pytest.raises(Refused, match="no group mqm"):
        installation.check_user(mq.driver, arguments=["mqwizard"])


DSPMQ = "\n".join(
    [
        "QMNAME(QM1) STATUS(Running) DEFAULT(yes) STANDBY(Not permitted) INSTNAME(Installation1) "
        "INSTPATH(/opt/mqm (x)) INSTVER(9.4.0.0) ROLE(Not configured) INSTANCE() INSYNC() QUORUM()",
        "    INSTANCE(mqhost) MODE(Active)",
        "    INSTANCE(other) MODE(Standby)",
        "QMNAME(A/B) STATUS(Running elsewhere) DEFAULT(no) INSTNAME(Old) ROLE(Replica) INSTANCE(one)",
        "QMNAME(QM3)                                                STATUS(Ended immediately)",
    ]
)


def test_queue_managers_are_read_with_status_role_and_instances() -> None:
    first, second, third = dspmq.parse(DSPMQ)
    assert (first.name, first.running, first.default, first.installation, first.role) == (
        "QM1",
        True,
        True,
        "Installation1",
        "",
    )
    assert first.fields["INSTPATH"] == "/opt/mqm (x)"
    assert first.instances == (Instance("mqhost", "Active"), Instance("other", "Standby"))
    assert (second.name, second.running, second.role) == ("A/B", False, "Replica")
    assert (third.name, third.status, third.installation) == ("QM3", "Ended immediately", "")


def test_a_machine_without_queue_managers_has_none(mq: Fakes) -> None:
    path = add_installation(mq, "Installation1")
    add_listing(mq, path)
    (path / "bin" / "dspmq").symlink_to(mq.add("dspmq", ""))
    assert dspmq.queue_managers(mq.driver, installation.find(mq.driver)) == ()


def test_a_dspmq_that_fails_is_told(mq: Fakes) -> None:
    path = add_installation(mq, "Installation1")
    add_listing(mq, path)
    (path / "bin" / "dspmq").symlink_to(mq.add("dspmq", "print('AMQ7077E: no'); raise SystemExit(71)"))
    with pytest.raises(OperationFailed, match="exit 71") as caught:
        dspmq.queue_managers(mq.driver, installation.find(mq.driver))
    assert "AMQ7077E" in str(caught.value)


@given(st.text())
def test_no_text_confuses_the_reader_of_dspmq(text: str) -> None:
    for each in dspmq.parse(text):
        assert each.name == each.fields["QMNAME"]


@given(
    st.dictionaries(
        st.from_regex(r"[A-Z]{1,12}", fullmatch=True),
        st.from_regex(r"[a-z .:/0-9]{0,20}(\([a-z]{0,5}\))?", fullmatch=True).map(str.strip),
    )
)
def test_what_is_written_as_keywords_is_read_back(fields: dict[str, str]) -> None:
    assert dspmq.keywords(" ".join(f"{keyword}({value})" for keyword, value in fields.items())) == fields
