"""Users, groups, passwords and host names of the simulated machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from machine_calls import Machine

from wizard.sandbox import accounts, hosts, users
from wizard.sandbox.errors import SandboxError

NAMES = st.from_regex(r"[a-z][a-z0-9_-]{0,11}", fullmatch=True)
TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    machine = Machine(tmp_path_factory.mktemp("users") / "box")
    with users.change(machine.folder) as known:
        known.groups["apps"] = users.Group("apps", 2000, ("app1",))
        known.groups["app1"] = users.Group("app1", 2001)
        known.users["app1"] = users.User("app1", 2001, "app1", home="/h", comment="An app, of ours")
    return machine


@given(
    st.dictionaries(NAMES, st.tuples(st.integers(0, 60000), st.lists(NAMES, unique=True, max_size=3))),
    st.dictionaries(NAMES, st.tuples(st.integers(0, 60000), NAMES, TEXTS, TEXTS, TEXTS)),
)
def test_what_is_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    groups: dict[str, tuple[int, list[str]]],
    people: dict[str, tuple[int, str, str, str, str]],
) -> None:
    known = users.Accounts()
    known.groups = {name: users.Group(name, gid, tuple(members)) for name, (gid, members) in groups.items()}
    known.users = {
        name: users.User(name, uid, group, home=home, shell=shell, comment=comment)
        for name, (uid, group, home, shell, comment) in people.items()
    }
    folder = tmp_path_factory.getbasetemp()
    (folder / "users").write_text(users.text(known), encoding="utf-8")
    again = users.read(folder)
    assert (again.groups, again.users) == (known.groups, known.users)


def test_a_line_written_by_hand_needs_four_words(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("# ours\ngroup apps 7 a,b\n\nuser a 8 apps\n")
    known = users.read(tmp_path)
    assert known.groups_of("a") == ["apps"]
    assert known.members_of("apps") == ["a", "b"]
    assert known.users["a"].shell == "/bin/bash"


@pytest.mark.parametrize(
    "line", ["user a", "user a x g", "person a 1 g", "group g", "user a 1 g h i", "user a 1 g colour=red"]
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "users").write_text(f"group g 1\n{line}\n")
    with pytest.raises(SandboxError, match="users:2: cannot be read"):
        users.read(tmp_path)


def test_the_invoking_user_is_an_mq_administrator(machine: Machine) -> None:
    known = users.read(machine.folder)
    assert known.is_administrator(users.invoker())
    assert known.is_administrator("mqm")
    assert not known.is_administrator("app1")
    assert not known.is_administrator("nobody-at-all")
    assert known.groups["mqm"].gid == os.getgid()


def test_a_password_fits_only_its_user(machine: Machine) -> None:
    answer = machine.run("chpasswd", stdin="app1:s3cret:with colon\nabsent:x\nnonsense\n")
    assert answer == (
        1,
        "",
        "chpasswd: (line 2, user absent) password not changed\nchpasswd: line 3: missing new password\n",
    )
    assert users.verify_password(machine.folder, "app1", "s3cret:with colon")
    assert not users.verify_password(machine.folder, "app1", "s3cret")
    assert not users.verify_password(machine.folder, "mqm", "")
    assert not users.verify_password(machine.folder, "absent", "x")
    assert "s3cret" not in (machine.folder / "users").read_text()
    assert "scrypt" not in repr(users.read(machine.folder).users)


@pytest.mark.parametrize(
    ("arguments", "status", "out"),
    [
        ("passwd app1", 0, "app1:x:2001:2001:An app, of ours:/h:/bin/bash\n"),
        ("passwd 2001", 0, "app1:x:2001:2001:An app, of ours:/h:/bin/bash\n"),
        ("group apps", 0, "apps:x:2000:app1\n"),
        ("group 2000", 0, "apps:x:2000:app1\n"),
        ("group apps absent app1", 2, "apps:x:2000:app1\napp1:x:2001:\n"),
        ("passwd absent", 2, ""),
        ("hosts 10.1.2.3", 0, "10.1.2.3        10.1.2.3\n"),
        ("ahosts 10.1.2.3", 0, "10.1.2.3        STREAM 10.1.2.3\n10.1.2.3        DGRAM  \n10.1.2.3        RAW    \n"),
        ("colours red", 1, ""),
        ("", 1, ""),
        ("services http", 125, ""),
    ],
)
def test_getent_answers_as_glibc_does(machine: Machine, arguments: str, status: int, out: str) -> None:
    assert machine.run("getent", *arguments.split())[:2] == (status, out)


@pytest.mark.parametrize(
    ("arguments", "status", "out"),
    [
        ("app1", 0, "uid=2001(app1) gid=2001(app1) groups=2001(app1),2000(apps)\n"),
        ("2001", 0, "uid=2001(app1) gid=2001(app1) groups=2001(app1),2000(apps)\n"),
        ("-u app1", 0, "2001\n"),
        ("-un app1", 0, "app1\n"),
        ("-g -n app1", 0, "app1\n"),
        ("-G app1", 0, "2001 2000\n"),
        ("-nG app1", 0, "app1 apps\n"),
        ("--groups --name app1", 0, "app1 apps\n"),
        ("absent", 1, ""),
        ("-u -g", 1, ""),
        ("-n", 1, ""),
        ("-q", 1, ""),
        ("--nonsense", 1, ""),
    ],
)
def test_id_answers_as_coreutils_does(machine: Machine, arguments: str, status: int, out: str) -> None:
    assert machine.run("id", *arguments.split())[:2] == (status, out)


def test_id_without_a_name_is_about_the_invoking_user(machine: Machine) -> None:
    assert machine.run("id", "-un").out == f"{users.invoker()}\n"


def test_useradd_makes_a_user_with_its_own_group_and_a_home(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    assert machine.run("groupadd", "apps") == (0, "", "")
    assert machine.run("useradd", "-m", "-G", "apps", "-s", "/sbin/nologin", "-c", "An app", "app1") == (0, "", "")
    assert machine.run("useradd", "-r", "-g", "apps", "app2").status == 0
    known = users.read(machine.folder)
    assert known.groups_of("app1") == ["app1", "apps"]
    assert known.members_of("apps") == ["app1", "app2"]
    assert known.users["app1"].uid >= 1000 > known.users["app2"].uid
    assert (machine.folder / "home/app1").is_dir()
    assert machine.run("usermod", "-aG", "mqm", "app1").status == 0
    assert users.read(machine.folder).is_administrator("app1")
    assert machine.run("usermod", "-G", "apps", "app1").status == 0
    assert not users.read(machine.folder).is_administrator("app1")


@pytest.mark.parametrize(
    ("command", "status", "text"),
    [
        ("useradd app1", 9, "useradd: user 'app1' already exists"),
        ("useradd apps", 9, "useradd: group apps exists - if you want to add this user to that group, use -g."),
        ("useradd -g none x", 6, "useradd: group 'none' does not exist"),
        ("useradd -G none x", 6, "useradd: group 'none' does not exist"),
        ("useradd -u 2001 x", 4, "useradd: UID 2001 is not unique"),
        ("useradd a:b", 3, "useradd: invalid user name 'a:b': use --badname to ignore"),
        ("useradd -Q x", 2, "useradd: invalid option -- 'Q'"),
        ("useradd", 2, "Usage: useradd [options] LOGIN"),
        ("groupadd apps", 9, "groupadd: group 'apps' already exists"),
        ("groupadd -f apps", 0, ""),
        ("groupadd -g 2000 x", 4, "groupadd: GID '2000' already exists"),
        ("groupadd a=b", 3, "groupadd: 'a=b' is not a valid group name"),
        ("groupadd --nonsense x", 2, "groupadd: unrecognized option '--nonsense'"),
        ("usermod -aG none app1", 6, "usermod: group 'none' does not exist"),
        ("usermod -aG apps none", 6, "usermod: user 'none' does not exist"),
        ("usermod -a app1", 2, "usermod: -a flag is only allowed with the -G flag"),
    ],
)
def test_account_commands_refuse_as_shadow_utils_do(machine: Machine, command: str, status: int, text: str) -> None:
    before = (machine.folder / "users").read_text()
    answer = machine.run(*command.split())
    assert answer.status == status
    assert answer.err.partition("\n")[0] == text
    assert (machine.folder / "users").read_text() == before


@pytest.mark.parametrize("text", ["", "1234", "a b", "-a", "a" * 33, "ä", ".", "a\n"])
def test_bad_account_names(text: str) -> None:
    assert not accounts.is_name(text)


def test_host_names_are_those_of_the_hosts_file(tmp_path: Path) -> None:
    machine = Machine(tmp_path / "box")
    address = machine.sandbox.address
    assert hosts.resolve(machine.folder, "any.example.com") == address
    assert hosts.resolve(machine.folder, "10.9.8.7") == "10.9.8.7"
    (machine.folder / "hosts").write_text(f"{address} QM1.example.com qm1 # ours\n127.9.9.9 partner\n")
    assert hosts.resolve(machine.folder, "qm1.EXAMPLE.com.") == address
    assert hosts.resolve(machine.folder, "partner") == "127.9.9.9"
    assert hosts.resolve(machine.folder, "localhost") == address
    assert hosts.resolve(machine.folder, "elsewhere") is None
    assert machine.run("getent", "hosts", "elsewhere").status == 2
    assert machine.run("getent", "hosts").out == f"{address:<15} QM1.example.com qm1\n127.9.9.9       partner\n"


def test_chgrp_gives_a_file_to_a_group_of_the_machine(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "key.p12").write_text("")
    assert machine.run("chgrp", "mqm", str(tmp_path / "key.p12")) == (0, "", "")
    assert (tmp_path / "key.p12").stat().st_gid == users.read(machine.folder).groups["mqm"].gid
    assert machine.run("chgrp", "none", str(tmp_path / "key.p12")) == (1, "", "chgrp: invalid group: 'none'\n")
