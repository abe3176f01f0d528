"""Names that runmqakm prints are read in the order in which MQ compares them."""

from __future__ import annotations

from wizard.run.labels import field, store_entries

DETAILS = """\
Label : qm1
Subject : "CN=QM1,OU=low,OU=top,O=An Example"
Issuer : CN=Example MQ CA,OU=low,OU=top,O=Example
"""


def test_several_units_of_a_name_are_turned_round() -> None:
    assert field(DETAILS, "Subject") == "CN=QM1,OU=top,OU=low,O=An Example"
    assert field(DETAILS, "Issuer") == "CN=Example MQ CA,OU=top,OU=low,O=Example"
    (entry,) = store_entries("-\tqm1  CN=QM1,OU=low,OU=top  CN=CA,OU=low,OU=top\n")
    assert (entry.subject, entry.issuer) == ("CN=QM1,OU=top,OU=low", "CN=CA,OU=top,OU=low")


def test_a_label_that_looks_like_a_name_is_left_alone() -> None:
    assert field("Label : CN=a,OU=low,OU=top\n", "Label") == "CN=a,OU=low,OU=top"
