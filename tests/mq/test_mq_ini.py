"""MQ's stanza files, as qm.ini and mqs.ini are written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wizard.mq.ini import setting, stanzas

QM_INI = """\
#* Module Name: qm.ini
Log:
   LogPrimaryFiles=3
   LogPath=/var/mqm/log/QM1/
Channels:
   ChlauthEarlyAdopt=Y
; a remark
SSL:
   AllowTLSV13=TRUE
   AllowedCipherSpecs=ANY_TLS12_OR_HIGHER,TLS_AES_256_GCM_SHA384
"""

words = st.text("abcXYZ0159._-/", min_size=1, max_size=12)


def test_a_setting_is_found_whatever_the_case_of_stanza_and_key() -> None:
    found = stanzas(QM_INI)
    assert setting(found, "channels", "CHLAUTHEARLYADOPT") == "Y"
    assert setting(found, "SSL", "AllowedCipherSpecs") == "ANY_TLS12_OR_HIGHER,TLS_AES_256_GCM_SHA384"


def test_what_is_not_there_is_an_empty_text() -> None:
    found = stanzas(QM_INI)
    assert setting(found, "TCP", "SecureCommsOnly") == setting(found, "SSL", "OCSPTimeout") == ""


def test_stanzas_of_one_name_stay_apart_and_in_order() -> None:
    found = stanzas("QueueManager:\n   Name=QM1\nQueueManager:\n   Name=QM2\n")
    assert [one.value("name") for one in found] == ["QM1", "QM2"]


def test_values_before_the_first_stanza_belong_to_none() -> None:
    assert stanzas("Name=QM1\n") == ()


@given(st.lists(st.tuples(words, st.dictionaries(words, words, max_size=4)), max_size=5))
def test_every_value_that_was_written_is_read(written: list[tuple[str, dict[str, str]]]) -> None:
    text = "".join(
        f"{name}:\n" + "".join(f"   {key}={value}\n" for key, value in each.items()) for name, each in written
    )
    assert [(one.name, dict(one.values)) for one in stanzas(text)] == written


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for one in stanzas(text):
        assert one.name == one.name.strip()
