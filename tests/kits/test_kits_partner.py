"""The page for a partner without mqwizard: few commands on each platform, each quoted as its shell wants it."""

from __future__ import annotations

import shlex

import pytest
from kits_support import client_of, kit, topology

from wizard.kits.partner import MOST_COMMANDS, platforms

ODD = {"distinguished_name": "CN=Tom's app,OU=Line 1,O=Example", "label": "tom 1"}


def commands(release: str = "9.4", **certificate: object) -> dict[str, list[str]]:
    made = topology(release, host="apphost", certificate=certificate or "app1")
    return platforms(client_of(made))


@pytest.mark.parametrize("release", ["9.2", "9.4"])
def test_each_platform_takes_at_most_eight_commands(release: str) -> None:
    found = commands(release)
    assert list(found) == ["Linux and AIX", "Windows", "z/OS"]
    assert all(0 < len(each) <= MOST_COMMANDS for each in found.values())


def test_the_order_is_request_ca_receipt() -> None:
    verbs = [line.split()[1:3] for line in commands()["Linux and AIX"]]
    assert verbs == [["-keydb", "-create"], ["-certreq", "-create"], ["-cert", "-add"], ["-cert", "-receive"],
                     ["-cert", "-validate"]]  # fmt: skip


def test_before_9_3_the_store_is_cms() -> None:
    assert "-db app1.kdb -type cms" in commands("9.2")["Linux and AIX"][0]
    assert "-db app1.p12 -type pkcs12" in commands("9.4")["Linux and AIX"][0]


def test_names_with_blanks_and_quotes_are_one_argument() -> None:
    found = commands(**ODD)
    words = shlex.split(found["Linux and AIX"][1])
    assert words[words.index("-dn") + 1] == ODD["distinguished_name"]
    assert words[words.index("-label") + 1] == "tom 1"
    assert '-dn "CN=Tom\'s app,OU=Line 1,O=Example"' in found["Windows"][1]
    assert "CN('Tom''s app') OU('Line 1') O('Example')" in found["z/OS"][0]


def test_on_z_os_the_key_may_sign_handshakes_and_its_certificate_is_personal() -> None:
    lines = commands()["z/OS"]
    assert "KEYUSAGE(HANDSHAKE)" in lines[0]
    assert any("USAGE(PERSONAL)" in line for line in lines)
    assert any("USAGE(CERTAUTH)" in line for line in lines)
    assert "NISTECC SIZE(384)" in commands(key="ec-p384")["z/OS"][0]


def test_the_page_stands_in_the_kit_of_such_a_client_only() -> None:
    page = kit(host="apphost")["PARTNER.md"]
    assert "openssl dgst -sha256" in page
    assert "`app1-certificate.pem` and `example-mq-ca.pem`" in page
    assert "PARTNER.md" not in kit()
    assert "PARTNER.md" not in kit(host="apphost", tls="server")
