"""What runmqakm refuses: unknown words, missing things, collisions. Nothing may change then."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keys_calls import EC, PASSWORD, Machine, certificate, root

from wizard.sandbox.errors import SandboxError
from wizard.sandbox.keys import arguments
from wizard.sandbox.keys.messages import CommandError

DUPLICATE = ["CTGSK2021W A duplicate certificate already exists in the database."]


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    """A machine with a repository that holds a personal certificate `mine` and a signer `Root`."""
    machine = Machine(tmp_path, capsys)
    machine.create("key.p12")
    machine.done("key.p12", "-cert -create -label mine -dn CN=mine", *EC)
    (tmp_path / "ca.pem").write_bytes(root().certificate.public_bytes(Encoding.PEM))
    machine.done("key.p12", "-cert -add -label Root", "-file", str(tmp_path / "ca.pem"))
    (tmp_path / "other.pem").write_bytes(root("CN=other").certificate.public_bytes(Encoding.PEM))
    (tmp_path / "text.txt").write_text("nothing of use\n")
    return machine


@pytest.mark.parametrize(
    "words",
    [
        "",
        "-nonsense",
        "-cert",
        "-cert -nonsense",
        "-keydb -list -db key.p12",
        "-cert -list nobody -db key.p12 -stashed",
        "-cert -list -db key.p12 -stashed -nonsense",
        "-cert -list -db key.p12 -stashed -stashed",
        "-cert -list -db key.p12 -db key.p12 -stashed",
        "-cert -list -db key.p12 -pw",
        "-cert -list -db -stashed",
        "-cert -list -stashed",
        "-cert -list -db key.p12 -stashed -pw Passw0rd.of.tests",
        "-cert -list -db key.p12 -stashed -type jks",
        "-cert -list -db key.p12 -stashed -type cms",
        "-cert -list -db key.p12 -pw wrong",
        "-cert -list -db absent.p12 -pw wrong",
        "-cert -list -db text.txt -pw wrong",
        "-cert -list -db ca.pem -stashed",
        "-cert -details -db key.p12 -stashed",
        "-cert -details -db key.p12 -stashed -label nobody",
        "-cert -delete -db key.p12 -stashed -label nobody",
        "-cert -validate -db key.p12 -stashed -label nobody",
        "-cert -modify -db key.p12 -stashed -label mine -trust perhaps",
        "-cert -rename -db key.p12 -stashed -label mine -new_label ROOT",
        "-cert -rename -db key.p12 -stashed -label mine -new_label it's",
        "-cert -create -db key.p12 -stashed -label MINE -dn CN=a",
        "-cert -create -db key.p12 -stashed -label a -dn a",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -size 1",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -size 384",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -size 2048 -sig_alg EC_ecdsa_with_SHA256",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -sig_alg ROT13",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -expire 0",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -expire 9999",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -expire soon",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -san_ipaddr 300.1.1.1",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -eku everything",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -ca perhaps",
        "-cert -add -db key.p12 -stashed -label ROOT -file other.pem",
        "-cert -add -db key.p12 -stashed -label again -file ca.pem",
        "-cert -add -db key.p12 -stashed -label a -file text.txt",
        "-cert -add -db key.p12 -stashed -label a -file absent.pem",
        "-cert -add -db key.p12 -stashed -label a -file other.pem -format xml",
        "-cert -receive -db key.p12 -stashed -file other.pem",
        "-cert -extract -db key.p12 -stashed -label mine -target ca.pem",
        "-cert -extract -db key.p12 -stashed -label mine -target nowhere/mine.pem",
        "-cert -export -db key.p12 -stashed -label Root -target new.p12 -target_pw 12345",
        "-cert -export -db key.p12 -stashed -label mine -target new.p12 -target_pw 123",
        "-cert -export -db key.p12 -stashed -label mine -target ca.pem -target_pw 12345",
        "-cert -sign -db key.p12 -stashed -label mine -file ca.pem -target new.crt",
        "-cert -sign -db key.p12 -stashed -label Root -file ca.pem -target new.crt",
        "-cert -import -file text.txt -pw 12345 -target key.p12 -target_stashed",
        "-cert -import -file key.p12 -stashed -target absent.p12 -target_pw 12345",
        "-certreq -create -db key.p12 -stashed -label Mine -dn CN=a -file new.csr",
        "-certreq -create -db key.p12 -stashed -label new -dn CN=a -file ca.pem",
        "-certreq -details -db key.p12 -stashed -label nobody",
        "-certreq -delete -db key.p12 -stashed -label mine",
        "-certreq -recreate -db key.p12 -stashed -label Root -target new.csr",
        "-keydb -create -db key.p12 -pw another.password",
        "-keydb -create -db new.p12 -pw 1234",
        "-keydb -create -db new.p12 -pw 12345 -type jks",
        "-keydb -create -db new.p12 -pw 12345 -expire soon",
        "-keydb -create -db new.p12 -pw 12345 -strong",
        "-keydb -create -db nowhere/new.p12 -pw 12345",
        "-keydb -changepw -db key.p12 -pw wrong -new_pw 12345",
        "-keydb -changepw -db key.p12 -pw Passw0rd.of.tests -new_pw 123",
        "-keydb -stashpw -db key.p12 -pw wrong",
        "-keydb -delete -db key.p12 -pw wrong",
        "-keydb -convert -db key.p12 -pw Passw0rd.of.tests -target key.p12 -new_format cms",
        "-keydb -convert -db key.p12 -pw Passw0rd.of.tests -target new.kdb -new_format jks",
    ],
)
def test_it_is_refused_with_a_word_and_nothing_changes(
    machine: Machine, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(machine.folder)
    before = {path.name: path.read_bytes() for path in machine.folder.iterdir() if path.is_file()}
    answer = machine.run(*words.split())
    assert answer.status != 0
    assert answer.lines[0].startswith("CTGSK")
    assert PASSWORD not in answer.text
    after = {path.name: path.read_bytes() for path in machine.folder.iterdir() if path.is_file()}
    assert {name: data for name, data in after.items() if not name.startswith("sandbox.db")} == {
        name: data for name, data in before.items() if not name.startswith("sandbox.db")
    }


@pytest.mark.parametrize(
    "words",
    [
        "-cert -setdefault -db key.p12 -stashed -label mine",
        "-cert -getdefault -db key.p12 -stashed",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -sig_alg SHA1WithRSA",
        "-cert -create -db key.p12 -stashed -label a -dn CN=a -x509version 1",
    ],
)
def test_what_the_sandbox_does_not_know_it_says_loudly(
    machine: Machine, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(machine.folder)
    with pytest.raises(SandboxError):
        machine.run(*words.split())


def test_a_bundle_under_one_label_is_not_guessed_at(machine: Machine) -> None:
    bundle = b"".join((machine.folder / name).read_bytes() for name in ("other.pem", "ca.pem"))
    (machine.folder / "bundle.pem").write_bytes(bundle)
    with pytest.raises(SandboxError, match="2 certificates"):
        machine.db("key.p12", "-cert -add -label a", "-file", machine.path("bundle.pem"))


def test_a_label_or_a_certificate_twice_is_a_duplicate(machine: Machine) -> None:
    for label, file in (("ROOT", "other.pem"), ("again", "ca.pem")):
        answer = machine.db("key.p12", f"-cert -add -label {label}", "-file", machine.path(file))
        assert answer.lines == DUPLICATE


def test_an_unknown_label_is_named(machine: Machine) -> None:
    answer = machine.db("key.p12", "-cert -details -label nobody")
    assert answer.lines == ['CTGSK3029W The database doesn\'t contain an entry with label "nobody".']


def test_an_answer_to_no_request_is_not_received(machine: Machine) -> None:
    made, _ = certificate("CN=stranger")
    (machine.folder / "stranger.pem").write_bytes(made.public_bytes(Encoding.PEM))
    answer = machine.db("key.p12", "-cert -receive", "-file", machine.path("stranger.pem"))
    assert answer.status != 0
    assert machine.labels("key.p12") == ["- mine", "! Root"]


def test_requests_of_two_repositories_of_one_name_do_not_mix(machine: Machine) -> None:
    machine.create("key.kdb")
    request = ["-certreq", "-create", "-label", "new", "-dn", "CN=new", *EC]
    with pytest.raises(SandboxError, match="another key repository"):
        machine.db("key.p12", " ".join(request), "-file", machine.path("a.csr"))
    machine.done("key.kdb", " ".join(request), "-file", machine.path("a.csr"))
    assert machine.done("key.p12", "-certreq -list") == ["No certificate requests were found."]


def test_the_usage_names_every_action(machine: Machine) -> None:
    answer = machine.run("-help")
    assert answer.status == 0
    for name, actions in arguments.SYNTAX.items():
        for action in actions:
            assert f"{name} {action}" in answer.text


KNOWN = [word for actions in arguments.SYNTAX.values() for syntax in actions.values() for word in syntax.split()]
WORDS = st.one_of(
    st.sampled_from(sorted({word.rstrip("?!~") for word in KNOWN})),
    st.sampled_from([*arguments.SYNTAX, "-create", "-list", "-add", "all", "true", "-"]),
    st.text(max_size=5),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=10))
def test_any_command_line_is_read_or_refused(words: list[str]) -> None:
    try:
        options = arguments.parse(words)
    except CommandError as error:
        assert error.status != 0
    else:
        assert [options.object, options.action] == words[:2]


def test_no_value_shows_in_the_representation_of_a_command_line() -> None:
    options = arguments.parse(["-keydb", "-create", "-db", "key.p12", "-pw", PASSWORD])
    assert PASSWORD not in repr(options)
