"""Two-way TLS with an own CA on other releases than the default: what differs is decided by the release."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from engine_reports import ONE_CLIENT, MakePlace, assert_nothing_to_do, assert_proven, topology_of
from engine_support import Place


@dataclass(frozen=True)
class Release:
    """What a release makes of the same recipe."""

    number: str
    repository: str
    store_files: frozenset[str]
    cipher: str
    table: str
    kit_store: str


CMS = frozenset({"key.kdb", "key.rdb", "key.crl", "key.sth"})
PKCS12 = frozenset({"key.p12", "key.sth"})
RELEASES = [
    Release("9.1", "key", CMS, "ECDHE_ECDSA_AES_256_GCM_SHA384", "AMQCLCHL.TAB", "app1.kdb"),
    Release("9.2", "key", CMS, "ANY_TLS12_OR_HIGHER", "ccdt.json", "app1.kdb"),
    Release("9.3", "key.p12", PKCS12, "ANY_TLS12_OR_HIGHER", "ccdt.json", "app1.p12"),
    Release("10.0", "key.p12", PKCS12, "ANY_TLS12_OR_HIGHER", "ccdt.json", "app1.p12"),
]


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.number)
def test_a_release_gets_the_stores_tables_and_ciphers_it_knows(release: Release, make_place: MakePlace) -> None:
    place = make_place(ONE_CLIENT, "--mq-version", release.number)
    assert_proven(place, place.run(), topology_of(ONE_CLIENT, release.number))
    assert_set_up_for(release, place)
    if release.repository == "key":
        assert_nothing_to_do(place)


def assert_set_up_for(release: Release, place: Place) -> None:
    stores = place.sandbox / "var/mqm/qmgrs/QM1/ssl"
    assert {path.name for path in stores.iterdir()} == release.store_files
    assert {mode(path) for path in stores.iterdir()} == {0o640}
    assert f"SSLKEYR({stores}/{release.repository})" in place.mqsc("DISPLAY QMGR SSLKEYR")
    assert f"SSLCIPH({release.cipher})" in place.mqsc("DISPLAY CHANNEL(APP1.SVRCONN) SSLCIPH")

    kit = place.folder / "kits" / "app1"
    names = {path.name for path in kit.iterdir()}
    assert names & {"ccdt.json", "AMQCLCHL.TAB"} == {release.table}
    assert names & {"app1.p12", "app1.kdb"} == {release.kit_store}
    keys = [path for path in kit.iterdir() if path.suffix in {".p12", ".kdb", ".sth", ".rdb"}]
    assert {mode(path) for path in keys} == {0o600}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
