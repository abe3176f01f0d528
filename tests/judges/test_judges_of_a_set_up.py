"""Stores of a finished set-up in the hands of OpenSSL, Java, NSS and GnuTLS: they hold what was planned, and work."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from engine_reports import QUICK
from engine_support import place_at
from judges import judge, verdict

from wizard.sandbox.keys.files import unstash

RECIPE = f"""\
{QUICK}
queue_managers:
  QM1: {{listener: 1414, queues: [Q1]}}
clients:
  app1: {{connects_to: QM1, queues: {{Q1: [put]}}}}
  app2: {{connects_to: QM1, tls: server, queues: {{Q1: [put]}}}}
"""

SIGNER = "example-mq-ca"


@dataclass(frozen=True)
class Store:
    """A store of the set-up, its password and a file that holds it, its personal certificate and its signer."""

    path: Path
    password: str
    password_file: Path
    personal: tuple[str, ...]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Store]]:
    """The store of the queue manager and of each client, by name."""
    with place_at(tmp_path_factory.mktemp("judged"), RECIPE, "--no-proof") as place:
        ended = place.run()
        assert ended.status == 0, ended.said
        own = place.sandbox / "var/mqm/qmgrs/QM1/ssl"
        stash = place.folder / "QM1.password"
        stash.write_text(unstash((own / "key.sth").read_bytes()) + "\n", encoding="utf-8")
        kits = place.folder / "kits"
        files = {
            "QM1": (own / "key.p12", stash, ("qm1",)),
            "app1": (kits / "app1/app1.p12", kits / "app1.password", ("app1",)),
            "app2": (kits / "app2/app2.p12", kits / "app2.password", ()),
        }
        yield {
            name: Store(path, password.read_text(encoding="utf-8").strip(), password, personal)
            for name, (path, password, personal) in files.items()
        }


NAMES = ["QM1", "app1", "app2"]


@pytest.mark.parametrize("name", NAMES)
def test_openssl_finds_the_planned_labels_and_one_key_beside_the_personal_one(
    name: str, stores: dict[str, Store]
) -> None:
    store = stores[name]
    shown = opened(store)
    bags = re.findall(r"friendlyName: (.+)\n(?:.*\n)*?-----BEGIN (CERTIFICATE|PRIVATE KEY)", shown)
    keys = [(label, "PRIVATE KEY") for label in store.personal]
    assert sorted(bags) == sorted([*((label, "CERTIFICATE") for label in (*store.personal, SIGNER)), *keys])


@pytest.mark.parametrize("name", NAMES)
def test_java_tells_the_personal_certificate_from_the_signer(name: str, stores: dict[str, Store]) -> None:
    store = stores[name]
    said = verdict("keytool", "-list", "-keystore", store.path, "-storepass:file", store.password_file)
    kinds = dict(re.findall(r"^(\S+), .*, (PrivateKeyEntry|trustedCertEntry),", said, re.MULTILINE))
    assert kinds == {SIGNER: "trustedCertEntry"} | dict.fromkeys(store.personal, "PrivateKeyEntry")


@pytest.mark.parametrize("name", NAMES)
def test_nss_takes_keys_and_certificates_over(name: str, stores: dict[str, Store], tmp_path: Path) -> None:
    store = stores[name]
    verdict("certutil", "-N", "-d", tmp_path, "--empty-password")
    verdict("pk12util", "-i", store.path, "-d", tmp_path, "-w", store.password_file, "-K", "")
    listed = verdict("certutil", "-L", "-d", tmp_path)
    assert all(label in listed for label in (*store.personal, SIGNER))
    if store.personal:
        (label,) = store.personal
        assert label in verdict("certutil", "-K", "-d", tmp_path)
        verdict("certutil", "-M", "-d", tmp_path, "-n", SIGNER, "-t", "CT,,")
        assert "valid" in verdict("certutil", "-V", "-d", tmp_path, "-n", label, "-u", "C" if label == "app1" else "V")


@pytest.mark.parametrize("name", NAMES)
def test_gnutls_finds_the_planned_labels(name: str, stores: dict[str, Store]) -> None:
    store = stores[name]
    shown = verdict("certtool", "--p12-info", "--inder", "--password", store.password, "--infile", store.path)
    assert set(re.findall("Friendly name: (.+)", shown)) == {*store.personal, SIGNER}
    assert shown.count("BEGIN ENCRYPTED PRIVATE KEY") + shown.count("BEGIN PRIVATE KEY") == len(store.personal)


@pytest.mark.parametrize("protocol", ["tls1_2", "tls1_3"])
def test_both_ends_accept_one_another_in_openssl_and_nobody_without_a_certificate(
    protocol: str, stores: dict[str, Store], tmp_path: Path
) -> None:
    client, signer = pem(stores["app1"], tmp_path), ca(stores["app1"], tmp_path)
    with served(stores["QM1"], tmp_path) as port:
        words = ["-connect", f"127.0.0.1:{port}", f"-{protocol}", "-CAfile", str(signer), "-verify_return_error"]
        assert "olleh" in spoken(words, "-cert", str(client), "-key", str(client))
        assert "olleh" not in spoken(words)


def test_java_connects_with_the_kit_as_it_is_and_is_refused_without_its_certificate(
    stores: dict[str, Store], tmp_path: Path
) -> None:
    program = Path(__file__).with_name("Partner.java")
    with served(stores["QM1"], tmp_path) as port:
        said = verdict("java", program, port, stores["app1"].path, stores["app1"].password_file)
    assert [line for line in said.splitlines() if line.startswith("TLS")] == [
        "TLSv1.2 with certificate: olleh over TLSv1.2",
        "TLSv1.3 with certificate: olleh over TLSv1.3",
        "TLSv1.2 without certificate: refused",
        "TLSv1.3 without certificate: refused",
    ]


def opened(store: Store, *words: str) -> str:
    """What OpenSSL prints of a store, keys in clear."""
    return verdict("openssl", "pkcs12", "-in", store.path, "-passin", f"file:{store.password_file}", "-nodes", *words)


def pem(store: Store, folder: Path) -> Path:
    """The personal certificate of a store and its key, for OpenSSL."""
    path = folder / f"{store.personal[0]}.pem"
    path.write_text(opened(store, "-clcerts"), encoding="utf-8")
    return path


def ca(store: Store, folder: Path) -> Path:
    """The signers of a store, for OpenSSL."""
    path = folder / f"{store.path.stem}-trusted.pem"
    path.write_text(opened(store, "-cacerts", "-nokeys"), encoding="utf-8")
    return path


@contextmanager
def served(store: Store, folder: Path) -> Iterator[int]:
    """A server with the queue manager's store that demands a certificate and turns every line round; its port."""
    own, trusted = str(pem(store, folder)), str(ca(store, folder))
    verify = ["-Verify", "1", "-verify_return_error", "-CAfile", trusted]
    words = [judge("openssl"), "s_server", "-accept", "127.0.0.1:0", "-cert", own, "-key", own, *verify, "-rev"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        try:
            yield next(int(line.rpartition(":")[2]) for line in server.stdout if line.startswith("ACCEPT"))
        finally:
            server.terminate()
            server.stdout.close()


def spoken(words: list[str], *more: str) -> str:
    """What a client of OpenSSL hears when it says hello."""
    done = subprocess.run(
        [judge("openssl"), "s_client", "-quiet", *words, *more],
        input="hello\nCLOSE\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout
