"""What the product assumes of IBM MQ and facts mark as recalled, asked of the real commands; each answer is printed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wizard.mq.messages import Outcome, judge
from wizard.plan.keytool import SIGNATURES
from wizard.run.labels import end, field, store_entries

QUEUE_MANAGER = "MQWIZARD.ASK"
PASSWORD = "Only-F0r-This-Test"
Ask = Callable[..., str]


@pytest.fixture(scope="module")
def tools(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of the commands, with a slash, or nothing where they are on PATH."""
    practice = request.config.getoption("--practice")
    if not practice:
        return ""
    from wizard.sandbox import install

    return f"{install.prepare(Path(practice)).bin}/"


@pytest.fixture(scope="module")
def ask(tools: str) -> Iterator[Ask]:
    """A throw-away queue manager that answers MQSC."""
    subprocess.run([f"{tools}crtmqm", QUEUE_MANAGER], check=False, capture_output=True)
    subprocess.run([f"{tools}strmqm", QUEUE_MANAGER], check=False, capture_output=True)

    def asked(*commands: str) -> str:
        text = "\n".join(commands) + "\n"
        done = subprocess.run(
            [f"{tools}runmqsc", "-e", QUEUE_MANAGER], input=text, capture_output=True, text=True, check=False
        )
        print(done.stdout)
        return done.stdout

    yield asked
    subprocess.run([f"{tools}endmqm", "-i", QUEUE_MANAGER], check=False, capture_output=True)
    subprocess.run([f"{tools}dltmqm", QUEUE_MANAGER], check=False, capture_output=True)


def test_an_authority_listing_of_a_profile_without_rights_says_not_found(ask: Ask) -> None:
    assert judge(ask("DISPLAY AUTHREC GROUP('mqm') PROFILE(NO.SUCH) OBJTYPE(QUEUE)")) is Outcome.NOT_FOUND


def test_a_listener_that_is_not_there_is_not_found(ask: Ask) -> None:
    assert judge(ask("DISPLAY LSSTATUS(NO.SUCH) STATUS PORT")) is Outcome.NOT_FOUND


def test_channel_authentication_records_are_listed_all_at_once(ask: Ask) -> None:
    assert judge(ask("DISPLAY CHLAUTH(*) ALL")) is Outcome.DONE


def test_a_run_check_names_the_user_that_a_rule_maps_to(ask: Ask) -> None:
    said = ask(
        "DEFINE CHANNEL(ASK.SVRCONN) CHLTYPE(SVRCONN) TRPTYPE(TCP) MCAUSER('*NOACCESS')",
        "SET CHLAUTH('ASK.SVRCONN') TYPE(ADDRESSMAP) ADDRESS('192.0.2.1') MCAUSER('nobody') ACTION(REPLACE)",
        "DISPLAY CHLAUTH(ASK.SVRCONN) MATCH(RUNCHECK) ALL ADDRESS('192.0.2.1') CLNTUSER('someone')",
    )
    assert "MCAUSER('nobody')" in said or "MCAUSER(nobody)" in said


def test_runmqakm_reads_a_password_from_its_terminal(tools: str, tmp_path: Path) -> None:
    import pexpect

    store = tmp_path / "key.p12"
    words = ["-keydb", "-create", "-db", str(store), "-type", "pkcs12", "-pw", "-", "-stash"]
    child = pexpect.spawn(f"{tools}runmqakm", words, echo=False, timeout=60, env=dict(os.environ))
    child.expect("assword")
    child.sendline(PASSWORD)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert store.with_suffix(".sth").exists()


@pytest.mark.parametrize("kind", sorted(SIGNATURES))
def test_every_kind_of_key_of_a_recipe_can_be_made_and_read_back(kind: str, tools: str, tmp_path: Path) -> None:
    store = str(tmp_path / "key.p12")
    password = ["-pw", PASSWORD]
    subprocess.run([f"{tools}runmqakm", "-keydb", "-create", "-db", store, "-type", "pkcs12", *password], check=True)
    create = ["-cert", "-create", "-db", store, *password, "-label", "one", "-dn", "CN=one,O=Example"]
    subprocess.run([f"{tools}runmqakm", *create, *SIGNATURES[kind], "-expire", "30"], check=True)
    listing = subprocess.run(
        [f"{tools}runmqakm", "-cert", "-list", "-db", store, *password], check=True, capture_output=True, text=True
    ).stdout
    details = subprocess.run(
        [f"{tools}runmqakm", "-cert", "-details", "-db", store, *password, "-label", "one"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    print(listing, details)
    assert [(entry.label, entry.personal) for entry in store_entries(listing)] == [("one", True)]
    assert "CN=one" in field(details, "Subject")
    assert end(details) is not None
