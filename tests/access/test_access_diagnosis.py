"""From what a person has, and from what is so here, to one cause; and what is missing where that is not enough."""

from __future__ import annotations

import pytest

from wizard.access.cause_values import Evidence, Observed
from wizard.access.causes import CAUSES
from wizard.access.diagnosis import diagnose
from wizard.access.evidence import joined, read_evidence
from wizard.mq.error_log import LogEntry
from wizard.mq.reason_table import REASONS


def cause(evidence: Evidence, *keys: str) -> str:
    """The key of the cause, empty where none is settled."""
    found = diagnose(evidence, tuple(Observed(key, key) for key in keys), here=bool(keys)).cause
    return found.cause.key if found else ""


def logs(server: str = "", client: str = "", *reasons: int) -> Evidence:
    return Evidence(
        server=tuple(LogEntry(one) for one in server.split()),
        client=tuple(LogEntry(one) for one in client.split()),
        reasons=reasons,
    )


@pytest.mark.parametrize(
    ("evidence", "key"),
    [
        (logs("AMQ9791"), "rule-wants-password"),
        (logs("AMQ9790"), "contradiction"),
        (logs("AMQ9719"), "cipher-switched-off"),
        (logs("AMQ9716"), "revocation"),
        (logs("", "AMQ9795"), "client-table"),
        (logs("AMQ9514 AMQ9999"), "channel-stopped"),
        (logs("AMQ9489 AMQ9999", "AMQ9558", 2537), "too-many-instances"),
        (read_evidence("com.ibm.mq.MQException: reason '2400'. Unsupported ciphersuite"), "java-cipher"),
        (read_evidence("PKIX path building failed: unable to find valid certification path, 2397"), "client-signer"),
    ],
)
def test_some_evidence_leaves_one_cause_alone(evidence: Evidence, key: str) -> None:
    assert cause(evidence) == key


@pytest.mark.parametrize(
    ("reason", "here", "key"),
    [
        (2393, "channel-SSLCIPH-blank", "channel-plain"),
        (2393, "channel-SSLCIPH", "cipher-of-channel"),
        (2393, "client-cipher", "cipher-of-client"),
        (2393, "signer-missing", "signer-missing"),
        (2393, "client-certificate-ended", "client-certificate-ended"),
        (2397, "qmgr-CERTLABL", "queue-manager-certificate"),
        (2397, "store-stash", "key-repository-password"),
        (2035, "rule-missing", "rule-missing"),
        (2035, "authority-missing", "authority-missing"),
        (2035, "evaluated-blocked-users", "user-blocked"),
        (2059, "queue-manager-stopped", "queue-manager-stopped"),
        (2538, "listener-stopped", "listener-stopped"),
        (2538, "client-address", "client-address"),
        (2540, "channel-missing", "channel-missing"),
        (2540, "client-channel", "client-channel"),
        (2381, "client-store", "client-store"),
        (2381, "client-password", "client-store-password"),
    ],
)
def test_a_bare_reason_code_is_narrowed_by_what_is_here(reason: int, here: str, key: str) -> None:
    assert cause(logs("", "", reason), here) == key


@pytest.mark.parametrize("reason", [2393, 2397, 2035, 2059, 2538, 2540, 2381])
def test_where_nothing_is_known_the_missing_evidence_is_named(reason: int) -> None:
    found = diagnose(logs("", "", reason))
    assert found.cause is None
    assert len(found.others) > 1
    assert found.missing
    assert f"reason {reason}" in found.symptoms[0]


def test_a_message_rules_out_what_it_does_not_fit() -> None:
    found = diagnose(logs("AMQ9777", "", 2035))
    keys = {one.cause.key for one in found.others}
    assert "no-rule-fits" in keys
    assert "authority-missing" not in keys


def test_noise_does_not_hide_the_telling_message() -> None:
    assert diagnose(logs("AMQ9636 AMQ9999")).symptoms[0].startswith("AMQ9636")
    assert diagnose(logs("AMQ5540 AMQ5542 AMQ9557 AMQ9999")).symptoms[0].startswith("AMQ5540")


def test_what_is_wrong_here_but_does_not_fit_the_message_is_no_cause() -> None:
    assert cause(logs("AMQ9633"), "channel-SSLPEER", "signer-missing") == "signer-missing"


def test_without_evidence_only_what_is_wrong_here_is_told() -> None:
    assert diagnose(Evidence()).others == ()
    assert cause(Evidence(), "listener-stopped") == "listener-stopped"


def test_a_message_that_nobody_knows_is_said_to_be_unknown() -> None:
    assert "mqwizard knows nothing" in diagnose(read_evidence("AMQ4242E: something")).symptoms[0]


@pytest.mark.parametrize(
    ("text", "reasons", "ids"),
    [
        ("2035", (2035,), ()),
        ("MQRC_NOT_AUTHORIZED", (2035,), ()),
        ("AMQ9777E", (), ("AMQ9777",)),
        ("CSQX642E QM1 CSQXRESP no certificate", (), ("CSQX642",)),
        ("JMSWMQ0018: failed; completion code '2', reason '2397' AMQ9204: connect rejected", (2397,), ("AMQ9204",)),
        ("in the year 2020 at 10.2.2035.1", (), ()),
    ],
)
def test_codes_and_messages_are_found_in_a_clients_text(
    text: str, reasons: tuple[int, ...], ids: tuple[str, ...]
) -> None:
    found = read_evidence(text)
    assert (found.reasons, found.either) == (reasons, ids)


def test_pieces_of_evidence_come_together() -> None:
    found = joined(read_evidence("2393"), read_evidence("AMQ9636E", client=False))
    assert (found.reasons, [one.message_id for one in found.server]) == ((2393,), ["AMQ9636"])


def test_every_cause_can_be_told_and_repaired() -> None:
    assert len({one.key for one in CAUSES}) == len(CAUSES) >= 45
    for one in CAUSES:
        assert one.server or one.client or one.reasons, one.key
        assert one.reasons <= set(REASONS), one.key
        assert one.remedy and one.look, one.key
