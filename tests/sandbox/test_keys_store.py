"""Key stores as bytes and as files: formats, passwords, MQ's rules for finding and opening them."""

from __future__ import annotations

import ssl
import stat
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from keys_calls import PASSWORD, Authority, certificate, judge, root

from wizard.sandbox.keys import files, pbe, pkcs12, store
from wizard.sandbox.keys.entries import Entry, chain_of
from wizard.sandbox.keys.store import Store, StoreError, StoreFormat, StoreProblem

OWN, KEY = certificate("CN=qm1,O=Acme,C=GB")
CA = root()
SAMPLE = [Entry("qm1", OWN, KEY), CA.entry("My Root CA")]
LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF), min_size=1, max_size=20).filter(
    lambda text: text.isprintable() and bool(text.strip())
)
PASSWORDS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=5, max_size=128)


def same(left: list[Entry], right: list[Entry]) -> bool:
    return [(e.label, e.certificate, e.personal, e.trusted) for e in left] == [
        (e.label, e.certificate, e.personal, e.trusted) for e in right
    ]


@settings(max_examples=30, deadline=None)
@given(labels=st.lists(LATIN, min_size=2, max_size=2, unique_by=str.casefold), password=PASSWORDS,
       trusted=st.booleans(), legacy=st.booleans())  # fmt: skip
def test_a_pkcs12_file_gives_back_what_was_put_in(
    labels: list[str], password: str, trusted: bool, legacy: bool
) -> None:
    entries = [Entry(labels[0], OWN, KEY), Entry(labels[1], CA.certificate, None, trusted)]
    data = pkcs12.encode(entries, password, legacy=legacy)
    found = pkcs12.decode(data, password)
    assert same(found, entries)
    assert found[0].key is not None
    assert found[0].key.private_numbers() == KEY.private_numbers()
    assert pkcs12.is_modern(data) is not legacy


def test_two_personal_certificates_with_one_key_stay_apart() -> None:
    newer, _ = certificate("CN=qm1,O=Acme,C=GB", key=KEY)
    entries = [Entry("qm1", OWN, KEY), Entry("qm1-2027", newer, KEY)]
    assert same(pkcs12.decode(pkcs12.encode(entries, PASSWORD), PASSWORD), entries)


def test_an_empty_file_is_valid() -> None:
    assert pkcs12.decode(pkcs12.encode([], PASSWORD), PASSWORD) == []


def test_another_password_is_told_from_another_format() -> None:
    data = pkcs12.encode(SAMPLE, PASSWORD)
    with pytest.raises(pbe.WrongPasswordError):
        pkcs12.decode(data, "another")
    with pytest.raises(pkcs12.NotPkcs12Error):
        pkcs12.decode(b"-----BEGIN CERTIFICATE-----", PASSWORD)


@settings(max_examples=200, deadline=None)
@given(place=st.integers(0, 4000), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_cleanly(place: int, byte: int, cut: bool) -> None:
    data = bytearray(WHOLE)
    at = place % len(data)
    data[at:] = data[at + 1 :] if cut else bytes([byte]) + data[at + 1 :]
    try:
        found = pkcs12.decode(bytes(data), PASSWORD)
    except (pkcs12.NotPkcs12Error, pbe.WrongPasswordError):
        return
    assert same(found, SAMPLE)  # the octet did not count


WHOLE = pkcs12.encode(SAMPLE, PASSWORD)


@pytest.mark.parametrize("options", [[], ["-legacy"], ["-keypbe", "PBE-SHA1-3DES", "-certpbe", "PBE-SHA1-3DES"]])
def test_files_that_openssl_made_are_read(options: list[str], tmp_path: Path) -> None:
    made, key = certificate("CN=app1,O=Acme", issuer=CA)
    files_made = store.ssl_files(
        Store(tmp_path, StoreFormat.PKCS12, PASSWORD, (Entry("app1", made, key), CA.entry("ca"))), "app1"
    )
    (tmp_path / "all.pem").write_text(files_made.key + files_made.chain)
    words = ["pkcs12", "-export", "-in", "all.pem", "-out", "x.p12", "-name", "app1", "-passout", f"pass:{PASSWORD}"]
    subprocess.run([judge("openssl"), *words, *options], cwd=tmp_path, check=True, capture_output=True)
    found = pkcs12.decode((tmp_path / "x.p12").read_bytes(), PASSWORD)
    # The authority has no name in the file: it is known by its subject.
    assert [(one.label, one.personal) for one in found] == [("app1", True), ("CN=Root CA,O=Acme", False)]


@given(PASSWORDS)
def test_a_stash_file_has_193_bytes_and_gives_the_password_back(password: str) -> None:
    data = files.stash(password)
    assert (len(data), files.unstash(data)) == (193, password)


@given(st.binary(max_size=250))
def test_what_is_no_stash_file_is_refused(data: bytes) -> None:
    with pytest.raises(files.DamagedError):
        files.unstash(data)


def test_a_password_too_long_for_a_stash_is_refused() -> None:
    with pytest.raises(ValueError, match="128"):
        files.stash("x" * 129)


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "key.p12"
    files.write(place, b"first")
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    place.chmod(0o640)
    files.write(place, b"second")
    assert (place.read_bytes(), stat.S_IMODE(place.stat().st_mode)) == (b"second", 0o640)
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.parametrize(
    ("value", "version", "file"),
    [
        ("/a/key", "9.2.0.0", "/a/key.kdb"),
        ("/a/key.kdb", "9.2.0.0", "/a/key.kdb.kdb"),
        ("/a/key.p12", "9.1.0.0", "/a/key.p12.kdb"),
        ("/a/key", "9.3.0.0", "/a/key.kdb"),
        ("/a/key.kdb", "9.3.0.0", "/a/key.kdb"),
        ("/a/key.p12", "9.4.0.0", "/a/key.p12"),
        ("/a/QM1.TEST/key", "10.0.0.0", "/a/QM1.TEST/key.kdb"),
        ("key.p12", "9.4.0.0", "/here/key.p12"),
    ],
)
def test_the_release_decides_which_file_sslkeyr_means(value: str, version: str, file: str) -> None:
    assert store.resolve(value, folder=Path("/here"), version=version) == Path(file)


def placed(folder: Path, name: str = "key.p12", password: str | None = PASSWORD) -> Path:
    """A store in `folder`, CMS when its name says so, with a stash when there is a password for one."""
    kind = StoreFormat.CMS if name.endswith(".kdb") else StoreFormat.PKCS12
    path = folder / name
    files.write(path, store.serialize(Store(path, kind, PASSWORD, tuple(SAMPLE)), "9.4.0.0"))
    if password is not None:
        files.write(path.with_suffix(".sth"), files.stash(password))
    return path


def problem(folder: Path, value: str, version: str = "9.4.0.0", **more: object) -> StoreProblem:
    with pytest.raises(StoreError) as caught:
        store.open_store(value, folder=folder, version=version, **{"password": None, **more})  # type: ignore[arg-type]
    assert PASSWORD not in str(caught.value)
    return caught.value.problem


@pytest.mark.parametrize("name", ["key.p12", "key.kdb"])
def test_the_stash_or_the_given_password_opens_a_store(name: str, tmp_path: Path) -> None:
    path = placed(tmp_path, name)
    by_stash = store.open_store(str(path), password=None, folder=tmp_path, version="9.4.0.0")
    path.with_suffix(".sth").unlink()
    by_password = store.open_store(str(path), password=PASSWORD, folder=tmp_path, version="9.4.0.0")
    assert [one.label for one in by_stash.entries] == ["qm1", "My Root CA"]
    assert same(list(by_stash.entries), list(by_password.entries))


def test_the_three_ways_not_to_open_are_told_apart(tmp_path: Path) -> None:
    placed(tmp_path, password="not the one")
    (tmp_path / "key.jks").write_bytes(b"\xfe\xed\xfe\xed" + bytes(40))
    (tmp_path / "folder.p12").mkdir()
    assert problem(tmp_path, "absent.p12") is StoreProblem.CANNOT_OPEN
    assert problem(tmp_path, "folder.p12") is StoreProblem.CANNOT_OPEN
    assert problem(tmp_path, "key.p12") is StoreProblem.PASSWORD
    assert problem(tmp_path, "key.p12", password="neither") is StoreProblem.PASSWORD
    (tmp_path / "key.sth").write_bytes(b"garbage")
    assert problem(tmp_path, "key.p12") is StoreProblem.PASSWORD
    (tmp_path / "key.sth").unlink()
    assert problem(tmp_path, "key.p12") is StoreProblem.PASSWORD
    assert problem(tmp_path, "key.jks", password=PASSWORD) is StoreProblem.WRONG_TYPE


def test_pkcs12_serves_from_9_3_on_only(tmp_path: Path) -> None:
    placed(tmp_path, "key.p12").rename(tmp_path / "key.kdb")
    assert problem(tmp_path, "key", "9.2.0.0") is StoreProblem.WRONG_TYPE
    assert store.open_store("key", password=None, folder=tmp_path, version="9.3.0.0").entries


def test_a_queue_manager_needs_the_group_to_read_store_and_stash(tmp_path: Path) -> None:
    path = placed(tmp_path)
    group = path.stat().st_gid
    assert problem(tmp_path, "key.p12", readable_by=group) is StoreProblem.CANNOT_OPEN
    path.chmod(0o640)
    assert problem(tmp_path, "key.p12", readable_by=group) is StoreProblem.PASSWORD
    path.with_suffix(".sth").chmod(0o640)
    opened = store.open_store("key.p12", password=None, folder=tmp_path, version="9.4.0.0", readable_by=group)
    assert opened.entries
    assert problem(tmp_path, "key.p12", readable_by=group + 1) is StoreProblem.CANNOT_OPEN


def chained() -> tuple[Authority, Authority, Store]:
    top = root("CN=Top")
    middle = root("CN=Middle", issuer=top)
    leaf, key = certificate("CN=leaf", issuer=middle)
    entries = (top.entry("top"), Entry("leaf", leaf, key), middle.entry("middle"))
    return top, middle, Store(Path("x"), StoreFormat.PKCS12, PASSWORD, entries)


def test_the_chain_is_completed_from_the_signers(tmp_path: Path) -> None:
    top, middle, made = chained()
    leaf = made.entries[1]
    assert [one.label for one in chain_of(leaf.certificate, made.entries)] == ["middle", "top"]
    chain, key, trusted = store.ssl_files(made, "leaf")
    assert chain.count("BEGIN CERTIFICATE") == 3
    assert chain.startswith(leaf.pem)
    assert trusted == top_first(top, middle)
    assert load_pem_private_key(key.encode(), None)
    (tmp_path / "own.pem").write_text(chain + key)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    context.load_verify_locations(cadata=trusted)


def top_first(top: Authority, middle: Authority) -> str:
    return top.entry("").pem + middle.entry("").pem


def test_an_authority_of_the_same_name_and_another_key_is_not_in_the_chain() -> None:
    impostor = root("CN=Middle")
    _, _, made = chained()
    entries = [made.entries[1], impostor.entry("impostor")]
    assert chain_of(made.entries[1].certificate, entries) == []


def test_without_the_exact_label_no_certificate_is_sent() -> None:
    _, _, made = chained()
    for label in ("LEAF", "top", "absent", None):
        chain, key, trusted = store.ssl_files(made, label)
        assert (chain, key) == ("", "")
        assert trusted


def test_a_signer_that_is_not_trusted_is_no_anchor() -> None:
    _, _, made = chained()
    distrusted = made.having([Entry(one.label, one.certificate, one.key, False) for one in made.entries])
    assert store.ssl_files(distrusted, "leaf").trusted == ""


def test_nothing_secret_shows_in_a_representation() -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made, _ = certificate("CN=a", key=key)
    shown = repr(Store(Path("x"), StoreFormat.PKCS12, PASSWORD, (Entry("a", made, key),)))
    assert PASSWORD not in shown
    assert "key=" not in shown


def test_labels_differ_without_regard_to_case() -> None:
    _, _, made = chained()
    assert made.find("LEAF") is made.entries[1]
    assert made.find("absent") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
@given(content=st.binary(max_size=100), password=PASSWORDS)
def test_a_sealed_database_gives_its_content_back(content: bytes, password: str) -> None:
    data = files.seal(files.Kind.REQUESTS, content, password)
    assert files.unseal(data, files.Kind.REQUESTS, password) == content
    with pytest.raises(pbe.WrongPasswordError):
        files.unseal(data, files.Kind.REQUESTS, password + "x")
    with pytest.raises(files.DamagedError):
        files.unseal(data, files.Kind.CERTIFICATES, password)
