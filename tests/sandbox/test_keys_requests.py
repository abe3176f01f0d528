"""Requests from making to receiving the answer, and what is checked then."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from cryptography import x509
from keys_calls import EC, Machine, answered, certificate, made, put, root


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    return Machine(tmp_path, capsys)


@pytest.mark.parametrize("name", ["key.kdb", "key.p12"])
def test_a_request_waits_until_its_answer_is_received(machine: Machine, name: str) -> None:
    ca = root()
    machine.create(name)
    machine.done(name, "-certreq -create -label qm1", "-dn", "CN=QM1,O=Acme", "-file", machine.path("a.csr"), *EC)
    text = (machine.folder / "a.csr").read_text()
    assert text.startswith("-----BEGIN NEW CERTIFICATE REQUEST-----\n")
    assert stat.S_IMODE((machine.folder / "a.csr").stat().st_mode) == 0o600
    assert machine.done(name, "-certreq -list") == ["Certificates requests found", "\tqm1"]
    assert machine.done(name, "-cert -list") == ["No certificates were found."]
    machine.done(name, "-cert -add -label root", "-file", put(machine, "ca.pem", ca.certificate))
    machine.done(name, "-cert -receive", "-file", answered(machine, "a.csr", ca))
    assert machine.done(name, "-certreq -list") == ["No certificate requests were found."]
    assert machine.labels(name) == ["! root", "- qm1"]
    assert machine.done(name, "-cert -validate -label qm1") == ["OK"]
    if name.endswith(".p12"):
        assert not (machine.folder / "key.rdb").exists()


def test_an_answer_without_its_chain_fails_and_stays_nevertheless(machine: Machine) -> None:
    top = root("CN=Top")
    middle = root("CN=COMODO RSA,O=COMODO CA Limited,C=GB", issuer=top)
    machine.create("key.kdb")
    machine.done("key.kdb", "-certreq -create -label qm1 -dn CN=QM1", "-file", machine.path("a.csr"), *EC)
    # An intermediate is taken without its root and without a word.
    machine.done("key.kdb", "-cert -add -label middle", "-file", put(machine, "m.pem", middle.certificate))
    answer = answered(machine, "a.csr", middle)
    failed = machine.db("key.kdb", "-cert -receive", "-file", answer)
    serial = x509.load_pem_x509_certificate(Path(answer).read_bytes()).serial_number
    assert failed.status != 0
    assert failed.lines[:2] == [
        "CTGSK2146W An invalid certificate chain was found.",
        "Additional untranslated info: No certificate chain built",
    ]
    subject = re.fullmatch(
        r"Additional untranslated info: GSKKM_VALIDATIONFAIL_SUBJECT: \[Class=\]GSKVALMethod::PKIX"
        r"\[Issuer=\]CN=COMODO RSA,O=COMODO CA Limited,C=GB\[#=\]([0-9a-f]+)\[Subject=\]CN=QM1",
        failed.lines[2],
    )
    assert subject is not None
    assert int(subject[1], 16) == serial
    assert failed.lines[3] == "CTGSK2043W Key entry validation failed."
    assert machine.labels("key.kdb") == ["! middle", "- qm1"]


def test_an_authority_without_critical_constraints_is_found_out(machine: Machine) -> None:
    ca = root("CN=Loose CA", critical=False)
    machine.create("key.p12")
    machine.done("key.p12", "-certreq -create -label qm1 -dn CN=QM1", "-file", machine.path("a.csr"), *EC)
    machine.done("key.p12", "-cert -add -label ca", "-file", put(machine, "ca.pem", ca.certificate))
    failed = machine.db("key.p12", "-cert -receive", "-file", answered(machine, "a.csr", ca))
    assert failed.status != 0
    assert failed.lines[0] == "CTGSK2052W An invalid basic constraint extension was found."
    assert "GSKVAL_ERR_CA_MISSING_CRITICAL_BASIC_CONSTRAINT (575051)" in failed.lines[2]
    assert failed.lines[-1] == "CTGSK2043W Key entry validation failed."


def test_an_expired_chain_does_not_validate(machine: Machine) -> None:
    old, _ = certificate("CN=old", life=(-20, -1))
    machine.create("key.p12")
    machine.done("key.p12", "-cert -add -label old", "-file", put(machine, "old.pem", old))
    failed = machine.db("key.p12", "-cert -validate -label old")
    assert failed.status != 0
    assert "[Subject=]CN=old" in failed.text


def test_a_renewed_certificate_takes_the_place_of_the_one_with_its_key(machine: Machine) -> None:
    ca = root()
    machine.create("key.p12")
    machine.done("key.p12", "-cert -add -label ca", "-file", put(machine, "ca.pem", ca.certificate))
    machine.done("key.p12", "-cert -create -label qm1 -dn CN=QM1", *EC)
    before, _ = made(machine, "key.p12", "qm1")
    machine.done("key.p12", "-certreq -recreate -label qm1", "-target", machine.path("a.csr"))
    machine.done("key.p12", "-cert -receive", "-file", answered(machine, "a.csr", ca))
    after, _ = made(machine, "key.p12", "qm1")
    assert machine.labels("key.p12") == ["! ca", "- qm1"]
    assert (after.issuer == ca.certificate.subject, after.public_key()) == (True, before.public_key())


def test_an_own_authority_signs_requests(machine: Machine) -> None:
    machine.create("ca.p12")
    machine.create("key.p12")
    machine.done("ca.p12", "-cert -create -label mqca -ca true", "-dn", "CN=Acme MQ CA,O=Acme,C=GB", *EC)
    machine.done("ca.p12", "-cert -extract -label mqca -format ascii", "-target", machine.path("ca.crt"))
    machine.done("key.p12", "-cert -add -label mqca -trust enable", "-file", machine.path("ca.crt"))
    machine.done("key.p12", "-certreq -create -label qm1 -dn CN=QM1 -san_dnsname mq1.example.com",
                 "-file", machine.path("qm1.csr"), *EC)  # fmt: skip
    machine.done("ca.p12", "-cert -sign -label mqca -expire 365", "-file", machine.path("qm1.csr"),
                 "-target", machine.path("qm1.crt"))  # fmt: skip
    machine.done("key.p12", "-cert -receive", "-file", machine.path("qm1.crt"))
    found, _ = made(machine, "key.p12", "qm1")
    assert found.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    assert machine.done("key.p12", "-cert -validate -label qm1") == ["OK"]
