from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import UsageError
from wizard.mq.releases import Release


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("9.4", "9.4.0.0"),
        ("9.1.0", "9.1.0.0"),
        ("9.3.0.21", "9.3.0.21"),
        ("10.0", "10.0.0.0"),
        (" V9.4.2.0 ", "9.4.2.0"),
    ],
)
def test_a_release_is_read_as_people_write_it(text: str, written: str) -> None:
    assert str(Release.parse(text)) == written


@pytest.mark.parametrize("text", ["", "9", "9.x", "9.4.0.0.1", "latest", "9,4", "-9.4", "٩.٤"])
def test_what_is_no_release_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match="not a release") as refused:
        Release.parse(text)
    assert "9.4.0.0" in refused.value.remedy


@given(st.tuples(*[st.integers(0, 99)] * 4))
def test_a_release_reads_back_what_it_writes(numbers: tuple[int, int, int, int]) -> None:
    release = Release(*numbers)
    assert Release.parse(str(release)) == release
    assert Release.from_digits("".join(f"{number:02}" for number in numbers)) == release


def test_releases_compare_by_their_numbers_and_not_as_text() -> None:
    assert Release.parse("9.4") < Release.parse("10.0")
    assert Release.parse("9.3.0.2") < Release.parse("9.3.0.21")


def test_version_digits_that_are_none_are_refused() -> None:
    with pytest.raises(UsageError):
        Release.from_digits("9.4")


@pytest.mark.parametrize(
    ("text", "pkcs12", "json", "alias", "tool"),
    [
        ("9.1.0", False, False, False, False),
        ("9.1.2", False, True, False, False),
        ("9.2", False, True, True, False),
        ("9.3", True, True, True, False),
        ("9.4", True, True, True, True),
        ("10.0", True, True, True, True),
    ],
)
def test_each_release_can_do_what_the_facts_say(text: str, pkcs12: bool, json: bool, alias: bool, tool: bool) -> None:
    release = Release.parse(text)
    assert release.pkcs12_repository is release.key_repository_password is release.runmqicred is pkcs12
    assert release.json_ccdt is json
    assert release.any_tls12_or_higher is release.tls13 is alias
    assert release.runmqktool is not release.runmqckm
    assert release.runmqktool is tool


def test_the_last_releases_drop_weak_ciphers_and_check_key_usage() -> None:
    assert not Release.parse("9.4.3").weak_ciphers_removed
    assert Release.parse("9.4.4").weak_ciphers_removed
    assert not Release.parse("9.4.4").extended_key_usage_checked
    assert Release.parse("9.4.5").extended_key_usage_checked


@pytest.mark.parametrize(
    ("text", "key_type", "cipher"),
    [
        ("9.4", "RSA", "ANY_TLS12_OR_HIGHER"),
        ("9.1.4", "EC", "ANY_TLS12_OR_HIGHER"),
        ("9.1.0", "RSA", "ECDHE_RSA_AES_256_GCM_SHA384"),
        ("9.1.0", "EC", "ECDHE_ECDSA_AES_256_GCM_SHA384"),
        ("9.1.0", "ecdsa", "ECDHE_ECDSA_AES_256_GCM_SHA384"),
    ],
)
def test_the_default_cipher_fits_release_and_key(text: str, key_type: str, cipher: str) -> None:
    assert Release.parse(text).default_cipher(key_type) == cipher


def test_command_level_and_delivery_follow_from_the_numbers() -> None:
    assert Release.parse("9.4.2").command_level == 942
    assert Release.parse("9.4.2").continuous_delivery
    assert not Release.parse("9.4.0.5").continuous_delivery
    assert not Release.parse("9.1").automatic_configuration
    assert Release.parse("9.2").tls13_on_at_creation
    assert Release.parse("9.1").early_adopt_at_creation
    assert Release.parse("9.3").secure_comms_only
    assert Release.parse("9.3").repository_with_extension
    assert not Release.parse("9.1.0.5").any_tls12


@pytest.mark.parametrize("text", ["8.0", "9.0.5", "7.5.0.2"])
def test_a_release_that_was_never_looked_at_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(UsageError, match=f"IBM MQ {text} is older than mqwizard knows") as caught:
        Release.supported(text)
    assert "9.1 or later" in caught.value.remedy


def test_every_later_release_is_taken() -> None:
    assert [str(Release.supported(text)) for text in ("9.1", "10.0.0.5")] == ["9.1.0.0", "10.0.0.5"]
