"""Certificates and keys carried between files and repositories."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from keys_calls import EC, Machine, answered, made, put, root


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Machine:
    return Machine(tmp_path, capsys)


def test_certificates_added_without_a_label_are_known_by_their_subjects(machine: Machine) -> None:
    top = root("CN=Top CA,O=Acme")
    middle = root("CN=Middle,O=Acme", issuer=top)
    bundle = b"".join(one.certificate.public_bytes(Encoding.PEM) for one in (middle, top))
    (machine.folder / "bundle.pem").write_bytes(b"Bag Attributes: none\n" + bundle)
    machine.create("key.kdb")
    machine.done("key.kdb", "-cert -add", "-file", machine.path("bundle.pem"))
    assert machine.labels("key.kdb") == ["! CN=Middle,O=Acme", '! "CN=Top CA,O=Acme"']
    again = machine.db("key.kdb", "-cert -add", "-file", machine.path("bundle.pem"))
    assert again == (26, [f'CTGSK3046W The key file "{machine.path("bundle.pem")}" could not be imported.'])


def test_binary_and_text_files_are_told_apart_by_their_content(machine: Machine) -> None:
    machine.create("key.p12")
    machine.done("key.p12", "-cert -create -label qm1 -dn CN=QM1", *EC)
    machine.done("key.p12", "-cert -extract -label qm1 -format binary", "-target", machine.path("qm1.der"))
    machine.done("key.p12", "-cert -extract -label qm1", "-target", machine.path("qm1.pem"))
    assert x509.load_der_x509_certificate((machine.folder / "qm1.der").read_bytes())
    for number, name in enumerate(("qm1.der", "qm1.pem")):
        machine.create(f"other{number}.p12")
        machine.done(f"other{number}.p12", "-cert -add -label qm1 -format binary", "-file", machine.path(name))


def exported(machine: Machine, target: str = "app.p12") -> str:
    """A repository with a certificate and its authority, exported to a file."""
    top = root("CN=Root")
    machine.create("key.kdb")
    machine.done("key.kdb", "-cert -add -label root", "-file", put(machine, "ca.pem", top.certificate))
    machine.done("key.kdb", "-certreq -create -label app1 -dn CN=app1", "-file", machine.path("a.csr"), *EC)
    machine.done("key.kdb", "-cert -receive", "-file", answered(machine, "a.csr", top))
    machine.done("key.kdb", "-cert -export -label app1 -target_type pkcs12", "-target_pw", "export pw",
                 "-target", machine.path(target))  # fmt: skip
    return machine.path(target)


def imported(machine: Machine, file: str, *more: str) -> tuple[int, list[str]]:
    answer = machine.run("-cert", "-import", "-file", file, "-pw", "export pw", "-type", "pkcs12", "-target",
                         machine.path("to.p12"), "-target_stashed", "-target_type", "pkcs12", *more)  # fmt: skip
    return answer.status, answer.lines


def test_an_export_holds_key_and_chain_and_can_be_imported(machine: Machine) -> None:
    file = exported(machine)
    machine.create("to.p12")
    assert imported(machine, file) == (0, [])
    assert machine.labels("to.p12") == ["- app1", "! root"]
    assert made(machine, "to.p12", "app1")[1] is not None


def test_a_new_label_on_import_goes_to_the_whole_chain_and_collides(machine: Machine) -> None:
    file = exported(machine)
    machine.create("to.p12")
    status, lines = imported(machine, file, "-new_label", "mine")
    assert status != 0
    assert lines == ["CTGSK2021W A duplicate certificate already exists in the database."]
    assert imported(machine, file, "-label", "app1", "-new_label", "mine") == (0, [])
    assert machine.labels("to.p12") == ["- mine"]


@pytest.mark.parametrize(("version", "status"), [("9.1.0.0", 1), ("9.2.0.0", 1), ("9.3.0.0", 0), ("9.4.0.0", 0)])
def test_modern_pkcs12_is_read_by_the_newer_releases_only(
    version: str, status: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(Machine(tmp_path / "new", capsys))
    machine = Machine(tmp_path / "tested", capsys, version)
    machine.create("to.p12")
    assert imported(machine, file)[0] == status


def test_an_old_release_reads_what_it_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine(tmp_path, capsys, "9.2.0.0")
    file = exported(machine)
    machine.create("to.p12")
    assert imported(machine, file) == (0, [])
