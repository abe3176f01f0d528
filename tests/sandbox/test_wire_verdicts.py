"""The table of refusals: each message has a text, a place in the table, and IBM's reason code
(facts TLS 6).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import wizard.sandbox.wire
from wizard.sandbox.wire import messages, verdicts
from wizard.sandbox.wire.verdicts import ON_CLIENT, ON_SERVER, WHEN_TOLD, Event

SOURCES = Path(wizard.sandbox.wire.__file__).parent


def source(*names: str) -> str:
    return "".join((SOURCES / f"{name}.py").read_text() for name in names)


def test_every_message_that_is_written_has_a_text() -> None:
    written = {found for path in SOURCES.glob("*.py") for found in re.findall(r"\"(AMQ\d{4}[A-Z])\"", path.read_text())}
    assert written <= set(messages.MESSAGES)


def test_every_text_is_written_somewhere() -> None:
    elsewhere = "".join(path.read_text() for path in SOURCES.glob("*.py") if path.name != "messages.py")
    assert [message for message in messages.MESSAGES if message not in elsewhere] == []


def test_a_client_knows_what_to_make_of_every_refusal() -> None:
    refusals = set(re.findall(r"Entry\(\s*\"(AMQ\d{4}[A-Z])\"", source("channels", "admission", "status", "session")))
    refusals |= {"AMQ9557E", "AMQ9776E", "AMQ9777E", "AMQ9790E", "AMQ9791E"}
    never_told = {"AMQ9209E", "AMQ9999E"}
    assert refusals - never_told <= set(WHEN_TOLD)


def test_every_event_has_an_outcome_at_the_client() -> None:
    assert set(ON_CLIENT) == set(Event)
    assert set(ON_SERVER) < set(Event)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("AMQ9519E", 2540),
        ("AMQ9631E", 2393),
        ("AMQ9635E", 2539),
        ("AMQ9637E", 2393),
        ("AMQ9639E", 2393),
        ("AMQ9673E", 2393),
        ("AMQ9776E", 2035),
        ("AMQ9777E", 2035),
        ("AMQ9790E", 2063),
        ("AMQ9791E", 2035),
        ("AMQ8077W", 2035),
    ],
)
def test_a_refusal_leads_to_ibms_reason_code(message: str, reason: int) -> None:
    assert WHEN_TOLD[message].reason == reason


@pytest.mark.parametrize(
    ("event", "message", "reason"),
    [
        (Event.CERTIFICATE_NOT_TRUSTED, "AMQ9633E", 2393),
        (Event.CERTIFICATE_OUT_OF_DATE, "AMQ9658E", 2393),
        (Event.PEER_NAME, "AMQ9636E", 2398),
        (Event.PEER_PATTERN, "AMQ9640E", 2399),
        (Event.STORE_PASSWORD, "AMQ9660E", 2381),
        (Event.STORE_UNREADABLE, "AMQ9657E", 2381),
        (Event.NO_LISTENER, "AMQ9202E", 2538),
        (Event.TABLE_UNREADABLE, "AMQ9795E", 2058),
        (Event.CLOSED, "AMQ9209E", 2009),
    ],
)
def test_what_a_client_finds_leads_to_ibms_reason_code(event: Event, message: str, reason: int) -> None:
    assert ON_CLIENT[event] == (message, reason)


def test_an_openssl_error_that_is_not_listed_is_a_certificate_that_does_not_validate() -> None:
    assert verdicts.OF_VERIFY_ERROR.get(20, Event.CERTIFICATE_NOT_TRUSTED) is Event.CERTIFICATE_NOT_TRUSTED
    assert verdicts.OF_VERIFY_ERROR[10] is Event.CERTIFICATE_OUT_OF_DATE


@pytest.mark.parametrize("message", messages.MESSAGES)
def test_a_text_takes_what_is_unknown_as_question_marks(message: str) -> None:
    text, explanation = messages.text(message, {})
    assert "{" not in text + explanation
    assert messages.text(message, {"channel": "{evil}"})
    assert all(isinstance(insert, int | str) for insert in messages.inserts(message, {}))
