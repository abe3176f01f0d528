"""Certificates of a CA elsewhere, from the request to the proof."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from engine_support import Place

from wizard.pki.certificates import issue
from wizard.pki.keys import KeyKind, make_key
from wizard.pki.reading import load_certificate, read_certificates

RECIPE = """\
mqwizard: 1
organization: Example
trust: {kind: external, fingerprint: 'FINGERPRINT'}
certificates: {key: ec-p256}
queue_managers:
  QM1: {listener: 1414, queues: [Q1]}
clients:
  app1: {connects_to: QM1, queues: {Q1: [put, get]}}
"""


def test_a_run_asks_and_waits_and_goes_on_to_the_proof_once_the_answers_are_there(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    key = make_key(KeyKind.EC_P256)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Corp CA")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    builder = builder.not_valid_after(now + timedelta(days=900))
    made = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    root = read_certificates(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))[0]
    place = Place(tmp_path, RECIPE.replace("FINGERPRINT", root.fingerprint))
    exchange = tmp_path / "exchange"

    first = place.run()
    assert first.status == 6, first.said
    assert "send exchange/QM1.csr to the CA" in first.err
    again = place.run()
    assert again.status == 6, again.said

    answers = [
        issue((exchange / f"{one}.csr").read_bytes(), ca_certificate=root, ca_key=key, now=now, days=90)
        for one in ("QM1", "app1")
    ]
    bundle = [load_certificate(one.pem) for one in (root, answers[0])]
    (exchange / "from the ca.p7b").write_bytes(pkcs7.serialize_certificates(bundle, serialization.Encoding.DER))
    (exchange / "mail.txt").write_bytes(b"Dear customer,\n" + answers[1].pem)

    last = place.run()
    assert last.status == 0, last.said
    assert "19 of 19 as expected" in last.said
