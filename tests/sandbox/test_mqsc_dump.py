"""dmpmqcfg: what it writes, runmqsc reads again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mqsc_calls import Machine, add_queue_manager

SCRIPT = """
DEFINE QLOCAL('mixed.Case') DESCR('it''s a (test)') MAXDEPTH(77) NOSHARE TRIGGER
DEFINE QREMOTE(R) RNAME(X) RQMNAME(QM2) XMITQ(QM2)
DEFINE CHANNEL(TO.QM2) CHLTYPE(SDR) CONNAME('h(1414),i(1415)') XMITQ(QM2) +
  SSLCIPH(ANY_TLS12_OR_HIGHER) SSLPEER('CN=a,O=b')
DEFINE CHANNEL(APP) CHLTYPE(CLNTCONN) CONNAME('h(1414)') QMNAME(QM1)
DEFINE LISTENER(L1) TRPTYPE(TCP) PORT(1500) CONTROL(QMGR)
DEFINE NAMELIST(N) NAMES(A,B,'c')
DEFINE TOPIC(T) TOPICSTR('/a/b')
DEFINE AUTHINFO(O) AUTHTYPE(OCSP) OCSPURL('http://ocsp.example.com')
DEFINE SUB('my sub') TOPICSTR('/a/b') DEST('mixed.Case')
ALTER QMGR DEADQ(SYSTEM.DEAD.LETTER.QUEUE) DESCR('x') SUITEB(128_BIT,192_BIT) KEYRPWD('not to be seen')
SET CHLAUTH('TO.*') TYPE(SSLPEERMAP) SSLPEER('CN=a') SSLCERTI('CN=ca') ADDRESS('10.*') MCAUSER('mqm')
SET CHLAUTH('X') TYPE(BLOCKUSER) USERLIST('a','b') WARN(YES)
SET AUTHREC PROFILE('mixed.*') OBJTYPE(QUEUE) GROUP('nobody') AUTHADD(PUT,GET)
SET AUTHREC OBJTYPE(QMGR) GROUP('nobody') AUTHADD(CONNECT)
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    found = Machine(tmp_path_factory.mktemp("dump") / "box")
    done = found.run("runmqsc", "QM1", stdin=SCRIPT)
    assert done.status == 0, done.text
    state = found.state()
    add_queue_manager(state, "COPY")
    state.close()
    return found


def content(text: str) -> list[str]:
    """What a dump says, without the dates of the objects and of the dump itself."""
    text = re.sub(r"(ALT|CR)(DATE|TIME)\([^)]*\)", "", text)
    return [line for line in text.splitlines() if not line.startswith("* ") and "QMID" not in line]


@pytest.mark.parametrize("form", ["mqsc", "1line"])
@pytest.mark.parametrize("flags", [(), ("-a",)])
def test_a_dump_can_be_loaded_into_another_queue_manager(machine: Machine, form: str, flags: tuple[str, ...]) -> None:
    dumped = machine.run("dmpmqcfg", "-m", "QM1", "-o", form, *flags)
    assert dumped.status == 0
    loaded = machine.run("runmqsc", "-e", "COPY", stdin=dumped.text)
    assert loaded.status == 0, loaded.text
    again = machine.run("dmpmqcfg", "-m", "COPY", "-o", form, *flags)
    secrets = "KEYRPWD('********')"
    assert content(again.text) == [line for line in content(dumped.text) if secrets not in line]


def test_the_header_is_that_of_the_facts(machine: Machine) -> None:
    lines = machine.run("dmpmqcfg", "-m", "QM1", "-a").lines
    assert lines[0] == "*" * 79
    assert re.fullmatch(r"\* Script generated on \d{4}-\d\d-\d\d   at \d\d\.\d\d\.\d\d ", lines[1])
    assert lines[3:7] == [
        "* Queue manager name: QM1 ",
        "* Queue manager platform: UNIX ",
        "* Queue manager command level: (940/940)",
        "* Command issued: dmpmqcfg -m QM1 -a ",
    ]


def test_what_is_only_shown_is_not_written_as_if_it_could_be_set(machine: Machine) -> None:
    text = machine.run("dmpmqcfg", "-m", "QM1", "-a", "-t", "qmgr").text
    for keyword in ("ADVCAP", "AMQPCAP", "SPLCAP", "XRCAP"):
        assert f"\n*  {keyword}(" in text
    refused = machine.run("runmqsc", "-e", "QM1", stdin="ALTER QMGR ADVCAP(ENABLED)\n")
    assert "AMQ8405I" in refused.text


def test_passwords_are_commented_out(machine: Machine) -> None:
    text = machine.run("dmpmqcfg", "-m", "QM1", "-a").text
    assert "not to be seen" not in text
    assert "\n*  KEYRPWD('********') +\n" in text


@pytest.mark.parametrize(
    ("flags", "verbs"),
    [
        (("-x", "chlauth"), {"SET CHLAUTH"}),
        (("-x", "authrec"), {"SET AUTHREC"}),
        (("-t", "lstr"), {"DEFINE LISTENER"}),
        (("-t", "qmgr"), {"ALTER QMGR"}),
        (("-t", "clntconn"), {"DEFINE CHANNEL"}),
        (("-t", "queue", "-n", "mixed*"), {"DEFINE QLOCAL"}),
    ],
)
def test_parts_can_be_chosen(machine: Machine, flags: tuple[str, ...], verbs: set[str]) -> None:
    lines = machine.run("dmpmqcfg", "-m", "QM1", "-o", "1line", *flags).lines
    found = {" ".join(re.split(r"[ (]", line)[:2]) for line in lines if not line.startswith("*")}
    assert found == verbs


def test_authorities_can_be_had_as_setmqaut_commands(machine: Machine) -> None:
    text = machine.run("dmpmqcfg", "-m", "QM1", "-x", "authrec", "-o", "setmqaut").text
    assert "setmqaut -m QM1 -n 'mixed.*' -t queue -g 'nobody' +get +put\n" in text


def test_a_queue_manager_that_is_not_there_cannot_be_dumped(machine: Machine, tmp_path: Path) -> None:
    assert machine.run("dmpmqcfg", "-m", "NOPE").status == 16
    assert machine.run("dmpmqcfg", "-m", "QM1", "-o", "yaml").status == 20
