"""What the tests of wizard.pki share: keys made once, an own CA, a fixed day."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from wizard.pki.certificates import Certificate, issue, request, self_signed
from wizard.pki.keys import KeyKind, PrivateKey, make_key

sys.path.insert(0, str(Path(__file__).parent.parent))  # for judges

TODAY = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


@cache
def key_of(kind: KeyKind, number: int = 0) -> PrivateKey:
    return make_key(kind)


@cache
def root_at(now: datetime) -> Certificate:
    return self_signed("CN=MQ CA,O=Example", key_of(KeyKind.EC_P256, -1), now=now, days=3650, ca=True)


@pytest.fixture
def now() -> datetime:
    return TODAY


@pytest.fixture
def key() -> Callable[..., PrivateKey]:
    """A key of a kind, made once a session; `number` tells apart those that must differ."""
    return key_of


@pytest.fixture
def root(now: datetime) -> Certificate:
    return root_at(now)


@pytest.fixture
def root_key() -> PrivateKey:
    return key_of(KeyKind.EC_P256, -1)


@pytest.fixture
def issued(root: Certificate, root_key: PrivateKey, now: datetime) -> Callable[..., Certificate]:
    """A certificate of the root for a subject, on an RSA key unless another is given."""

    def make(subject: str, kind: KeyKind = KeyKind.RSA_2048, days: int = 365) -> Certificate:
        asked = request(subject, key_of(kind))
        return issue(asked, ca_certificate=root, ca_key=root_key, now=now, days=days)

    return make
