from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.ciphers import CIPHERS, Meeting, cipher, compatible, java_suite, problem, replacement, usable
from wizard.mq.releases import Release

V91, V94 = Release.parse("9.1"), Release.parse("9.4")
NAMES = st.sampled_from(["", *CIPHERS, "NO_SUCH"])


@pytest.mark.parametrize("key_type", ["RSA", "EC", ""])
@pytest.mark.parametrize("release", ["9.1.0", "9.1.4", "9.2", "9.4", "10.0"])
def test_what_is_offered_has_no_problem_and_holds_the_default(release: str, key_type: str) -> None:
    at = Release.parse(release)
    offered = usable(at, key_type)
    assert replacement(at, key_type or "RSA") in offered
    assert all(problem(name, at, key_type) is None for name in offered)
    assert not any(CIPHERS[name].weak for name in offered)


def test_strong_ones_are_offered_in_mqs_order() -> None:
    ranked = [name for name in usable(V94) if not CIPHERS[name].alias]
    assert ranked[0] == "TLS_CHACHA20_POLY1305_SHA256"
    assert [CIPHERS[name].rank for name in ranked] == list(range(1, 18))


@pytest.mark.parametrize(
    ("name", "release", "key_type", "part"),
    [
        ("NULL_MD5", V94, "RSA", "does not encrypt"),
        ("RC4_MD5_US", V94, "RSA", "is too weak"),
        ("TRIPLE_DES_SHA_US", V94, "", "Use ANY_TLS12_OR_HIGHER on both ends."),
        ("TLS_RSA_WITH_AES_256_CBC_SHA", V94, "RSA", "is too weak"),
        ("ANY_TLS12_OR_HIGHER", V91, "RSA", "known from 9.1.4.0"),
        ("ANY_TLS12", V91, "RSA", "known from 9.1.2.0"),
        ("TLS_AES_256_GCM_SHA384", V91, "RSA", "known from 9.1.4.0"),
        ("ECDHE_ECDSA_AES_256_GCM_SHA384", V94, "RSA", "a key of type EC"),
        ("ECDHE_RSA_AES_256_GCM_SHA384", V94, "EC", "a key of type RSA"),
        ("ECDHE_RSA_AES_256_GCM_SHA348", V94, "RSA", "Was ECDHE_RSA_AES_256_GCM_SHA384 meant?"),
        ("XYZ", V94, "RSA", "MQ has no CipherSpec XYZ"),
    ],
)
def test_a_cipherspec_that_will_not_do_says_why(name: str, release: Release, key_type: str, part: str) -> None:
    finding = problem(name, release, key_type)
    assert finding is not None
    assert part in str(finding)
    assert finding.remedy


@pytest.mark.parametrize("name", ["", "ANY_TLS12_OR_HIGHER", "ecdhe_rsa_aes_256_gcm_sha384"])
def test_what_will_do_has_no_problem(name: str) -> None:
    assert problem(name, V94, "RSA") is None


def test_the_old_names_of_the_seed_notes_are_all_known_and_weak() -> None:
    seed = "NULL_MD5 NULL_SHA RC4_MD5_EXPORT RC4_MD5_US RC4_SHA_US RC2_MD5_EXPORT DES_SHA_EXPORT TRIPLE_DES_SHA_US"
    for name in seed.split():
        found = cipher(name)
        assert found is not None and found.weak, name


def test_properties_of_a_cipherspec() -> None:
    assert CIPHERS["ECDHE_RSA_AES_256_GCM_SHA384"].forward_secret
    assert CIPHERS["TLS_AES_128_GCM_SHA256"].forward_secret
    assert not CIPHERS["TLS_RSA_WITH_AES_256_GCM_SHA384"].forward_secret
    assert not CIPHERS["ANY_TLS12_OR_HIGHER"].forward_secret
    assert CIPHERS["ECDHE_ECDSA_AES_256_GCM_SHA384"].suite_b == "192_BIT"
    assert not CIPHERS["TLS_CHACHA20_POLY1305_SHA256"].fips
    assert CIPHERS["ECDHE_RSA_AES_256_GCM_SHA384"].fips


@pytest.mark.parametrize(
    ("name", "ibm", "other"),
    [
        (
            "ECDHE_RSA_AES_256_GCM_SHA384",
            "SSL_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        ),
        ("TLS_RSA_WITH_AES_128_CBC_SHA256", "SSL_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA256"),
        ("TLS_RSA_WITH_AES_128_CBC_SHA", "SSL_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_CBC_SHA"),
        ("ECDHE_RSA_3DES_EDE_CBC_SHA256", "SSL_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA"),
        ("ECDHE_ECDSA_NULL_SHA256", "SSL_ECDHE_ECDSA_WITH_NULL_SHA", "TLS_ECDHE_ECDSA_WITH_NULL_SHA"),
        ("TRIPLE_DES_SHA_US", "SSL_RSA_WITH_3DES_EDE_CBC_SHA", None),
        ("TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"),
        ("ANY_TLS12_OR_HIGHER", "*TLS12ORHIGHER", "*TLS12ORHIGHER"),
        ("RC4_56_SHA_EXPORT1024", None, None),
        ("NO_SUCH", None, None),
    ],
)
def test_java_has_its_own_name(name: str, ibm: str | None, other: str | None) -> None:
    assert java_suite(name, ibm_jre=True) == ibm
    assert java_suite(name, ibm_jre=False) == other


SPECIFIC_12, SPECIFIC_13 = "ECDHE_RSA_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384"


@pytest.mark.parametrize(
    ("initiator", "responder", "tls13", "meeting"),
    [
        (SPECIFIC_12, "ANY_TLS12_OR_HIGHER", True, Meeting.YES),
        ("ANY_TLS12_OR_HIGHER", SPECIFIC_12, True, Meeting.NO),
        ("ANY_TLS12_OR_HIGHER", SPECIFIC_12, False, Meeting.LIKELY_NOT),
        ("ANY_TLS12", SPECIFIC_12, True, Meeting.LIKELY_NOT),
        ("ANY_TLS12_OR_HIGHER", "ANY_TLS12", True, Meeting.NO),
        ("ANY_TLS12_OR_HIGHER", "ANY_TLS12", False, Meeting.YES),
        (SPECIFIC_13, "ANY_TLS12_OR_HIGHER", True, Meeting.YES),
        ("ANY_TLS13", SPECIFIC_13, True, Meeting.LIKELY_NOT),
        (SPECIFIC_13, SPECIFIC_13, False, Meeting.NO),
        (SPECIFIC_12, SPECIFIC_12, True, Meeting.YES),
        (SPECIFIC_12, "ECDHE_RSA_AES_128_GCM_SHA256", True, Meeting.NO),
        ("", "", True, Meeting.YES),
        ("", "ANY_TLS12_OR_HIGHER", True, Meeting.NO),
        ("RC4_MD5_US", "RC4_MD5_US", True, Meeting.YES),
        ("RC4_MD5_US", "ANY", True, Meeting.NO),
        ("NO_SUCH", "NO_SUCH", True, Meeting.NO),
    ],
)
def test_unlike_ends_meet_as_ibms_tables_say(initiator: str, responder: str, tls13: bool, meeting: Meeting) -> None:
    assert compatible(initiator, responder, tls13=tls13) is meeting


@given(NAMES, st.booleans())
def test_the_same_alias_or_name_on_both_ends_always_meets_unless_it_is_unknown(name: str, tls13: bool) -> None:
    found = cipher(name)
    needs_13 = found is not None and found.protocol == "TLS1.3"
    expected = not name or (found is not None and (tls13 or not needs_13))
    assert (compatible(name, name, tls13=tls13) is Meeting.YES) is expected


@given(NAMES, NAMES, st.booleans())
def test_any_two_ends_have_an_answer(one: str, other: str, tls13: bool) -> None:
    assert compatible(one, other, tls13=tls13) in Meeting
