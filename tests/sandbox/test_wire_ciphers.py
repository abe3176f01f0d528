"""CipherSpecs: order, aliases, and what happens between unlike ends (facts TLS 1.1, 1.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.sandbox.wire import ciphers
from wizard.sandbox.wire.ciphers import Policy

TLS12_ONLY = Policy(tls13=False)
SPECIFIC_12, SPECIFIC_13 = "ECDHE_RSA_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"
ANYS = ("ANY", "ANY_TLS12", "ANY_TLS13", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER")

OUTCOMES_WITH_TLS13 = {
    # initiator: the responders with which it must work (facts TLS 1.4, second table)
    SPECIFIC_12: {SPECIFIC_12, "ANY", "ANY_TLS12", "ANY_TLS12_OR_HIGHER"},
    SPECIFIC_13: {SPECIFIC_13, "ANY", "ANY_TLS13", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER"},
    "ANY": {"ANY", "ANY_TLS13", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER"},
    "ANY_TLS12": {"ANY", "ANY_TLS12", "ANY_TLS12_OR_HIGHER"},
    "ANY_TLS13": {"ANY", "ANY_TLS13", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER"},
    "ANY_TLS12_OR_HIGHER": {"ANY", "ANY_TLS13", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER"},
    "ANY_TLS13_OR_HIGHER": {"ANY", "ANY_TLS13", "ANY_TLS12_OR_HIGHER", "ANY_TLS13_OR_HIGHER"},
}


def negotiated(initiator: str, policy: Policy) -> str:
    """What two ends with RSA certificates settle on: the responder's first that the initiator offers."""
    offer = ciphers.offered(initiator, policy)
    return next(spec.name for spec in ciphers.enabled(policy) if spec in offer and "ECDSA" not in spec.name)


@pytest.mark.parametrize("initiator", OUTCOMES_WITH_TLS13)
@pytest.mark.parametrize("responder", (SPECIFIC_12, SPECIFIC_13, *ANYS))
def test_unlike_ends_come_together_as_ibm_says(initiator: str, responder: str) -> None:
    works = ciphers.accepts(responder, negotiated(initiator, Policy()))
    assert works == (responder in OUTCOMES_WITH_TLS13[initiator])


@pytest.mark.parametrize("initiator", ("ANY", "ANY_TLS12", "ANY_TLS12_OR_HIGHER"))
def test_without_tls13_the_minimum_aliases_go_together(initiator: str) -> None:
    settled = negotiated(initiator, TLS12_ONLY)
    assert all(ciphers.accepts(responder, settled) for responder in ("ANY", "ANY_TLS12", "ANY_TLS12_OR_HIGHER"))
    assert not ciphers.accepts(SPECIFIC_12, settled)


def test_two_rsa_ends_with_any_tls12_settle_on_a_suite_without_forward_secrecy() -> None:
    assert negotiated("ANY_TLS12", Policy()) == "TLS_RSA_WITH_AES_256_GCM_SHA384"


def test_fips_leaves_chacha_out() -> None:
    assert all(spec.fips for spec in ciphers.enabled(Policy(fips=True)))
    assert len(ciphers.enabled(Policy(fips=True))) == len(ciphers.USABLE) - 1


def test_suite_b_leaves_one_cipherspec_for_each_level() -> None:
    names = [spec.name for spec in ciphers.enabled(Policy(suite_b=("128_BIT", "192_BIT")))]
    assert names == ["ECDHE_ECDSA_AES_256_GCM_SHA384", "ECDHE_ECDSA_AES_128_GCM_SHA256"]


def test_a_list_of_allowed_cipherspecs_keeps_its_order() -> None:
    allowed = ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384")
    assert tuple(spec.name for spec in ciphers.enabled(Policy(allowed=allowed))) == allowed


@pytest.mark.parametrize("name", ("NULL_SHA", "TRIPLE_DES_SHA_US", "TLS_RSA_WITH_AES_128_CBC_SHA", "", "any"))
def test_weak_and_unknown_names_offer_nothing(name: str) -> None:
    assert ciphers.offered(name, Policy()) == ()
    assert not ciphers.known(name, (9, 4, 0, 0))


@pytest.mark.parametrize(
    ("name", "version", "is_known"),
    [
        ("ANY_TLS12", (9, 1, 0, 0), False),
        ("ANY_TLS12", (9, 1, 1, 0), True),
        ("ANY_TLS12_OR_HIGHER", (9, 1, 3, 0), False),
        ("ANY_TLS12_OR_HIGHER", (9, 1, 4, 0), True),
        (SPECIFIC_12, (9, 1, 0, 0), True),
        (SPECIFIC_13, (9, 1, 0, 0), False),
    ],
)
def test_a_release_knows_the_names_it_brought(name: str, version: tuple[int, ...], is_known: bool) -> None:
    assert ciphers.known(name, version) == is_known


@given(st.sampled_from((*ANYS, SPECIFIC_12, SPECIFIC_13)))
def test_whatever_is_offered_satisfies_the_channel_that_offered_it(value: str) -> None:
    offer = ciphers.offered(value, Policy())
    assert offer
    assert all(ciphers.accepts(value, spec.name) for spec in offer)
