"""Secrets: found by reference, hidden everywhere else."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.errors import Refused
from wizard.mq.secret_text import STARS
from wizard.run.secrets import Secret, SecretStore

PLANTED = "Pl4nted-s3cret'word"


def test_a_secret_shows_stars_in_every_text_form() -> None:
    secret = Secret(PLANTED)
    for text in (str(secret), repr(secret), f"{secret}", f"{secret!s}", repr([secret]), repr({"password": secret})):
        assert PLANTED not in text
        assert STARS in text
    assert secret.reveal() == PLANTED


def test_a_secret_is_never_pickled() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(PLANTED))


@dataclass(frozen=True)
class Holder:
    password: Secret


def test_a_copied_secret_is_the_same_secret() -> None:
    secret = Secret(PLANTED)
    assert copy.deepcopy(secret) is copy.copy(secret) is secret
    assert PLANTED not in repr(asdict(Holder(secret)))


def test_a_secret_comes_from_the_environment() -> None:
    assert SecretStore(environment={"STORE_PW": PLANTED}).resolve("env:STORE_PW").reveal() == PLANTED


def test_a_variable_that_is_not_set_is_named_with_what_to_do() -> None:
    with pytest.raises(Refused) as caught:
        SecretStore(environment={}).resolve("env:STORE_PW", "password of the store of QM1")
    assert "STORE_PW is not set (password of the store of QM1)" in str(caught.value)
    assert "Set STORE_PW" in str(caught.value)


@pytest.fixture
def kept(tmp_path: Path) -> Callable[[bytes, int], SecretStore]:
    def make(content: bytes, mode: int) -> SecretStore:
        path = tmp_path / "pw"
        path.write_bytes(content)
        path.chmod(mode)
        return SecretStore(base=tmp_path)

    return make


@pytest.mark.parametrize("content", [PLANTED.encode(), PLANTED.encode() + b"\n", PLANTED.encode() + b"\r\n"])
def test_a_secret_comes_from_a_private_file_beside_the_recipe(
    kept: Callable[[bytes, int], SecretStore], content: bytes
) -> None:
    assert kept(content, 0o600).resolve("file:pw").reveal() == PLANTED


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o602, 0o644])
def test_a_file_that_others_reach_is_refused_with_the_remedy(
    kept: Callable[[bytes, int], SecretStore], mode: int
) -> None:
    with pytest.raises(Refused) as caught:
        kept(PLANTED.encode(), mode).resolve("file:pw")
    assert "chmod 600" in str(caught.value)
    assert PLANTED not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\n", b"two\nlines", b"bell\x07", b"tab\there", b"\xff\xfe", b"x" * 5000])
def test_a_file_that_holds_no_typable_line_is_refused(
    kept: Callable[[bytes, int], SecretStore], content: bytes
) -> None:
    with pytest.raises(Refused):
        kept(content, 0o600).resolve("file:pw")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    store = SecretStore(base=tmp_path)
    for reference in ("file:none", "file:."):
        with pytest.raises(Refused):
            store.resolve(reference)


def test_a_prompt_is_asked_once_and_says_what_for() -> None:
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return PLANTED

    store = SecretStore(ask=ask)
    assert store.resolve("prompt", "Password of app1").reveal() == PLANTED
    assert store.resolve("prompt", "Password of app1").reveal() == PLANTED
    assert asked == ["Password of app1"]


def test_without_a_terminal_a_prompt_is_refused() -> None:
    with pytest.raises(Refused, match="no terminal"):
        SecretStore().resolve("prompt")


@pytest.mark.parametrize("reference", ["secret", "env:", "file:", "http:x", "", "PW"])
def test_what_is_no_reference_is_refused(reference: str) -> None:
    with pytest.raises(Refused):
        SecretStore(environment={}).resolve(reference)


def test_every_known_secret_is_redacted_plain_and_as_mqsc_quotes_it() -> None:
    store = SecretStore(environment={"PW": PLANTED})
    store.resolve("env:PW")
    store.hide(Secret("other one"))
    text = f"ALTER QMGR KEYRPWD('{PLANTED.replace(chr(39), chr(39) * 2)}') {PLANTED} other one"
    assert store.redact(text) == f"ALTER QMGR KEYRPWD('{STARS}') {STARS} {STARS}"


def test_a_secret_inside_another_is_redacted_with_it() -> None:
    store = SecretStore()
    store.hide(Secret("abcd"))
    store.hide(Secret("abcdefgh"))
    assert store.redact("abcdefgh abcd") == f"{STARS} {STARS}"


def test_a_short_secret_may_stand_in_an_argument_by_chance() -> None:
    store = SecretStore()
    store.hide(Secret("app1"))
    store.hide(Secret(PLANTED))
    assert not store.leaks("app1")
    assert store.leaks(f"-pw={PLANTED}")


@given(st.lists(st.text(min_size=1), max_size=4), st.lists(st.text(), max_size=6))
def test_no_redacted_text_holds_a_whole_secret(secrets: list[str], between: list[str]) -> None:
    store = SecretStore()
    for secret in secrets:
        store.hide(Secret(secret))
    text = "".join(part + secret for part, secret in zip(between, secrets, strict=False))
    left = store.redact(text).replace(STARS, "\0")
    assert not any(secret in left for secret in secrets if "\0" not in secret)
