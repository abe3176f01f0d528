from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import AuthorityInformationAccessOID

from wizard.pki.certificates import Certificate, issue, read_certificates, request, self_signed
from wizard.pki.keys import KeyKind, PrivateKey, public_key_digest
from wizard.pki.lint import (
    Expected,
    LintFinding,
    Rule,
    Severity,
    Use,
    issuing_ca,
    lint,
    lint_trust,
    order_chain,
)

Keys = Callable[..., PrivateKey]
Issue = Callable[..., Certificate]


def rules(findings: Sequence[LintFinding]) -> list[Rule]:
    return [finding.rule for finding in findings]


@pytest.fixture
def leaf(issued: Issue) -> Certificate:
    return issued("CN=QM1,O=Example")


class Chain:
    """A root, an intermediate and a leaf, as a company's own CA has them."""

    def __init__(self, key: Keys, now: datetime) -> None:
        keys = [key(KeyKind.EC_P256, number) for number in (21, 22, 23)]
        self.root = signed("CN=Root", keys[0], now, ca=True)
        self.middle = signed("CN=Issuing CA", keys[1], now, issuer=(self.root, keys[0]), ca=True)
        self.leaf = signed("CN=QM1", keys[2], now, issuer=(self.middle, keys[1]))


def signed(
    subject: str,
    key: PrivateKey,
    now: datetime,
    *,
    issuer: tuple[Certificate, PrivateKey] | None = None,
    ca: bool | None = False,
    used: hashes.HashAlgorithm | None = None,
    serial: int = 0,
    extensions: Sequence[x509.ExtensionType] = (),
) -> Certificate:
    """Any certificate, good or bad."""
    from wizard.pki.names import name_from_mq

    above = issuer[0].subject if issuer else subject
    builder = (
        x509.CertificateBuilder()
        .subject_name(name_from_mq(subject))
        .issuer_name(name_from_mq(above))
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1000))
    )
    if ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(ca, None), critical=True)
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    by = issuer[1] if issuer else key
    algorithm = None if isinstance(by, ed25519.Ed25519PrivateKey) else used or hashes.SHA256()
    made = builder.sign(by, algorithm)  # type: ignore[arg-type]
    return read_certificates(made.public_bytes(serialization.Encoding.PEM))[0]


@pytest.fixture
def chain(key: Keys, now: datetime) -> Chain:
    return Chain(key, now)


def test_what_the_own_ca_issues_has_nothing_wrong(leaf: Certificate, root: Certificate, now: datetime) -> None:
    expected = Expected(
        use=Use.ANSWER,
        public_key=leaf.public_key,
        subject="CN=QM1,O=Example",
        cipher_spec="ECDHE_RSA_AES_256_GCM_SHA384",
        label="qm1-2026",
        labels=("qm1", "mq-ca"),
        known=(root,),
    )
    assert lint([leaf, root], now=now, expected=expected) == []
    assert lint([leaf], now=now, expected=expected) == [], "the root is in the store"
    assert lint_trust([root], now=now) == []


def test_a_self_signed_certificate_for_a_partner_has_nothing_wrong(key: Keys, now: datetime) -> None:
    made = self_signed("CN=QM1", key(KeyKind.RSA_2048), now=now, days=365)
    assert lint([made], now=now) == []
    assert lint([made], now=now, expected=Expected(use=Use.SIGNER)) == []


@pytest.mark.parametrize(
    ("days", "rule", "severity"),
    [
        (-400, Rule.NOT_YET_VALID, Severity.ERROR),
        (365, Rule.EXPIRED, Severity.ERROR),
        (365 - 13, Rule.EXPIRES_SOON, Severity.WARNING),
        (365 - 29, Rule.EXPIRES_SOON, Severity.WARNING),
        (365 - 59, Rule.EXPIRES_SOON, Severity.NOTE),
    ],
)
def test_dates_are_judged_by_the_given_clock(
    days: int, rule: Rule, severity: Severity, key: Keys, now: datetime
) -> None:
    made = self_signed("CN=QM1", key(KeyKind.EC_P256), now=now, days=365)
    found = lint([made], now=now + timedelta(days=days))
    assert [(one.rule, one.severity) for one in found] == [(rule, severity)]
    assert "UTC" in found[0].what


def test_sixty_days_before_its_end_nothing_is_said(key: Keys, now: datetime) -> None:
    made = self_signed("CN=QM1", key(KeyKind.EC_P256), now=now, days=365)
    assert lint([made], now=now + timedelta(days=365 - 60)) == []


def test_an_expired_ca_in_the_chain_is_found(chain: Chain, now: datetime) -> None:
    old = dataclasses.replace(chain.root, not_after=now)
    assert Rule.EXPIRED in rules(lint([chain.leaf, chain.middle, old], now=now))


def test_a_ca_as_a_channels_own_certificate_is_warned_of(root: Certificate, now: datetime) -> None:
    found = rules(lint([root], now=now))
    assert Rule.CA_FLAG_EXTRA in found
    assert Rule.KEY_USAGE in found, "it may not sign handshakes"


def test_a_leaf_as_a_signer_is_refused_and_its_issuer_named(leaf: Certificate, now: datetime) -> None:
    found = lint([leaf], now=now, expected=Expected(use=Use.SIGNER))
    assert rules(found) == [Rule.CA_FLAG_MISSING, Rule.CHAIN_INCOMPLETE]
    assert "CN=MQ CA,O=Example" in found[0].remedy


def test_a_self_signed_issuer_without_the_ca_flag_is_found(key: Keys, now: datetime) -> None:
    keys = key(KeyKind.EC_P256, 21), key(KeyKind.EC_P256, 22)
    home_made = signed("CN=Home made", keys[0], now)
    made = signed("CN=QM1", keys[1], now, issuer=(home_made, keys[0]))
    assert rules(lint([made, home_made], now=now)) == [Rule.CA_FLAG_MISSING]


def test_a_chain_without_its_root_says_which_certificate_to_ask_for(chain: Chain, now: datetime) -> None:
    found = lint([chain.leaf, chain.middle], now=now)
    assert rules(found) == [Rule.CHAIN_INCOMPLETE]
    assert "CN=Root" in found[0].remedy
    assert "CN=Issuing CA" in lint([chain.leaf], now=now)[0].remedy


def test_a_root_of_the_same_name_and_another_key_does_not_complete_the_chain(
    chain: Chain, key: Keys, now: datetime
) -> None:
    other = signed("CN=Root", key(KeyKind.EC_P256, 29), now, ca=True)
    assert Rule.CHAIN_INCOMPLETE in rules(lint([chain.leaf, chain.middle, other], now=now))


def test_a_chain_out_of_order_is_warned_of_and_put_in_order(chain: Chain, now: datetime) -> None:
    given = [chain.leaf, chain.root, chain.middle]
    assert rules(lint(given, now=now)) == [Rule.CHAIN_ORDER]
    assert order_chain(given) == (chain.leaf, chain.middle, chain.root)
    assert order_chain([chain.root, chain.middle, chain.leaf]) == (chain.leaf, chain.middle, chain.root)
    assert order_chain([]) == ()


def test_a_certificate_that_is_no_part_of_the_chain_is_named(chain: Chain, root: Certificate, now: datetime) -> None:
    found = lint([chain.leaf, chain.middle, chain.root, root], now=now)
    assert rules(found) == [Rule.CHAIN_STRAY]
    assert "CN=MQ CA,O=Example" in found[0].what


def test_the_issuing_ca_is_the_one_right_above_not_the_root(chain: Chain) -> None:
    assert issuing_ca([chain.leaf, chain.root, chain.middle]) == chain.middle
    assert issuing_ca([chain.leaf, chain.root]) is None
    assert issuing_ca([chain.root]) == chain.root
    assert issuing_ca([]) is None


def test_an_intermediate_is_no_signer_by_itself(chain: Chain, now: datetime) -> None:
    found = lint([chain.middle], now=now, expected=Expected(use=Use.SIGNER))
    assert rules(found) == [Rule.CHAIN_INCOMPLETE]
    assert lint([chain.middle, chain.root], now=now, expected=Expected(use=Use.SIGNER)) == []


def test_an_answer_for_another_key_is_found(leaf: Certificate, root: Certificate, key: Keys, now: datetime) -> None:
    expected = Expected(use=Use.ANSWER, public_key=public_key_digest(key(KeyKind.EC_P256)))
    assert rules(lint([leaf, root], now=now, expected=expected)) == [Rule.KEY_DIFFERS]


def test_an_answer_whose_name_the_ca_changed_is_found(leaf: Certificate, root: Certificate, now: datetime) -> None:
    expected = Expected(use=Use.ANSWER, subject="CN=QM1,OU=MQ,O=Example")
    found = lint([leaf, root], now=now, expected=expected)
    assert rules(found) == [Rule.SUBJECT_DIFFERS]
    assert "SSLPEER" in found[0].remedy


def test_an_answer_that_nobody_signed_is_found(key: Keys, now: datetime) -> None:
    made = self_signed("CN=QM1", key(KeyKind.EC_P256), now=now, days=365)
    assert rules(lint([made], now=now, expected=Expected(use=Use.ANSWER))) == [Rule.NOT_SIGNED]


def test_weak_keys_and_kinds_mq_does_not_use_are_found(leaf: Certificate, root: Certificate, now: datetime) -> None:
    for changed in (
        dataclasses.replace(leaf, key_bits=1024),
        dataclasses.replace(leaf, key_type="EC", key_bits=192),
        dataclasses.replace(leaf, key_type="Ed25519", key_bits=0),
    ):
        assert Rule.WEAK_KEY in rules(lint([changed, root], now=now))
    weak = ec.generate_private_key(ec.SECP192R1())
    assert Rule.WEAK_KEY in rules(lint([signed("CN=a", weak, now)], now=now))


def test_a_signature_that_can_be_forged_is_found_but_not_in_a_root(
    leaf: Certificate, root: Certificate, now: datetime
) -> None:
    for used in ("SHA-1", "MD5"):
        weak = dataclasses.replace(leaf, signature_hash=used)
        found = lint([weak, root], now=now)
        assert rules(found) == [Rule.WEAK_SIGNATURE]
        assert used in found[0].what
    old_root = dataclasses.replace(root, signature_hash="SHA-1")
    assert lint([leaf, old_root], now=now) == []


@pytest.mark.parametrize(
    ("cipher_spec", "kind", "fits"),
    [
        ("ECDHE_ECDSA_AES_256_GCM_SHA384", KeyKind.RSA_2048, False),
        ("ECDHE_ECDSA_AES_256_GCM_SHA384", KeyKind.EC_P256, True),
        ("ECDHE_RSA_AES_256_GCM_SHA384", KeyKind.EC_P256, False),
        ("TLS_RSA_WITH_AES_256_GCM_SHA384", KeyKind.EC_P256, False),
        ("TLS_AES_256_GCM_SHA384", KeyKind.EC_P256, True),
        ("ANY_TLS12_OR_HIGHER", KeyKind.EC_P256, True),
        ("ANY_TLS12_OR_HIGHER", KeyKind.RSA_2048, True),
    ],
)
def test_a_cipherspec_and_the_key_must_fit(
    cipher_spec: str, kind: KeyKind, fits: bool, key: Keys, now: datetime
) -> None:
    made = self_signed("CN=QM1", key(kind), now=now, days=365)
    found = lint([made], now=now, expected=Expected(cipher_spec=cipher_spec))
    assert rules(found) == ([] if fits else [Rule.CIPHER_SPEC])


@pytest.mark.parametrize(
    ("label", "held", "found"),
    [
        ("qm1", ("qm1",), [Rule.LABEL_COLLIDES]),
        ("QM1", ("qm1",), [Rule.LABEL_COLLIDES]),
        ("qm1-2026", ("qm1",), []),
        ("ibmWebSphereMQqm1", (), [Rule.LABEL_CASE]),
        ("ibmwebspheremqqm1", (), []),
    ],
)
def test_labels_collide_without_regard_to_case(
    label: str, held: tuple[str, ...], found: list[Rule], key: Keys, now: datetime
) -> None:
    made = self_signed("CN=QM1", key(KeyKind.EC_P256), now=now, days=365)
    assert rules(lint([made], now=now, expected=Expected(label=label, labels=held))) == found


@pytest.mark.parametrize(
    ("purposes", "said"),
    [(("serverAuth",), "lacks clientAuth"), (("clientAuth",), "lacks serverAuth"), ((), "clientAuth and")],
)
def test_a_certificate_for_one_end_only_is_warned_of(
    purposes: tuple[str, ...], said: str, leaf: Certificate, root: Certificate, now: datetime
) -> None:
    found = lint([dataclasses.replace(leaf, extended_key_usage=purposes), root], now=now)
    assert rules(found) == [Rule.EXTENDED_KEY_USAGE]
    assert said in found[0].what


@pytest.mark.parametrize("purposes", [None, ("anyExtendedKeyUsage",), ("clientAuth", "serverAuth", "1.2.3")])
def test_a_certificate_for_every_use_is_fine(
    purposes: tuple[str, ...] | None, leaf: Certificate, root: Certificate, now: datetime
) -> None:
    assert lint([dataclasses.replace(leaf, extended_key_usage=purposes), root], now=now) == []


def test_a_certificate_that_may_not_sign_handshakes_is_refused(
    leaf: Certificate, root: Certificate, now: datetime
) -> None:
    made = dataclasses.replace(leaf, key_usage=("keyEncipherment",))
    assert rules(lint([made, root], now=now)) == [Rule.KEY_USAGE]


def test_two_certificates_with_one_serial_number_of_one_issuer_are_found(
    key: Keys, root: Certificate, root_key: PrivateKey, now: datetime
) -> None:
    one, two = (
        signed(f"CN=app{number}", key(KeyKind.EC_P256, number), now, issuer=(root, root_key), serial=5)
        for number in (21, 22)
    )
    assert rules(lint([one, root], now=now, expected=Expected(known=(two,)))) == [Rule.DUPLICATE_SERIAL]
    assert lint([one, root], now=now, expected=Expected(known=(one,))) == []


def test_a_version_1_root_is_warned_of_but_not_called_no_ca(
    leaf: Certificate, root: Certificate, now: datetime
) -> None:
    old = dataclasses.replace(root, version=1, is_ca=False, key_usage=None)
    assert rules(lint([leaf, old], now=now)) == [Rule.VERSION_1]


def test_a_ca_that_may_not_sign_certificates_is_found(root: Certificate, now: datetime) -> None:
    made = dataclasses.replace(root, key_usage=("cRLSign",))
    assert rules(lint([made], now=now, expected=Expected(use=Use.SIGNER))) == [Rule.KEY_USAGE]


def test_mixed_and_manifold_trust_is_warned_of(
    root: Certificate, leaf: Certificate, chain: Chain, key: Keys, now: datetime
) -> None:
    partner = self_signed("CN=partner", key(KeyKind.EC_P256), now=now, days=365)
    assert rules(lint_trust([root, partner], now=now)) == [Rule.MIXED_TRUST]
    assert rules(lint_trust([root, chain.root], now=now)) == [Rule.SEVERAL_CAS]
    assert rules(lint_trust([root], now=now, personal=[leaf])) == [Rule.NO_REVOCATION]
    named = dataclasses.replace(leaf, revocation=("http://ocsp.example.com",))
    assert lint_trust([root], now=now, personal=[named]) == []


def test_two_signers_of_one_name_are_found(chain: Chain, key: Keys, now: datetime) -> None:
    other = signed("CN=Root", key(KeyKind.EC_P256, 29), now, ca=True)
    assert Rule.SAME_SUBJECT in rules(lint_trust([chain.root, other], now=now))


def test_the_addresses_of_crl_and_ocsp_are_read(key: Keys, now: datetime) -> None:
    address = x509.UniformResourceIdentifier
    points = x509.CRLDistributionPoints([x509.DistributionPoint([address("http://crl.example.com")], None, None, None)])
    access = x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(AuthorityInformationAccessOID.OCSP, address("http://ocsp.example.com")),
            x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, address("http://ca.example.com")),
        ]
    )
    made = signed("CN=a", key(KeyKind.EC_P256), now, extensions=[points, access])
    assert made.revocation == ("http://crl.example.com", "http://ocsp.example.com")


def test_the_worst_comes_first_and_everything_has_a_remedy(
    leaf: Certificate, root: Certificate, key: Keys, now: datetime
) -> None:
    bad = dataclasses.replace(leaf, key_bits=512, version=1, extended_key_usage=(), not_after=now + timedelta(days=50))
    found = lint([bad, root], now=now, expected=Expected(cipher_spec="ECDHE_ECDSA_X", label="a", labels=("A",)))
    order = list(Severity)
    assert [order.index(one.severity) for one in found] == sorted(order.index(one.severity) for one in found)
    assert {one.severity for one in found} == set(Severity)
    assert all(one.what.endswith(".") and one.remedy.endswith(".") for one in found)


def test_nothing_to_judge_is_nothing_wrong(now: datetime) -> None:
    assert lint([], now=now) == []
    assert lint_trust([], now=now) == []


def test_a_request_of_ours_is_answered_and_passes(
    root: Certificate, root_key: PrivateKey, key: Keys, now: datetime
) -> None:
    used = key(KeyKind.EC_P384)
    made = issue(request("CN=a", used), ca_certificate=root, ca_key=root_key, now=now, days=100)
    expected = Expected(use=Use.ANSWER, public_key=public_key_digest(used), subject="CN=a")
    assert lint([made, root], now=now, expected=expected) == []
