"""Rule sets and partners for the tests of who gets in: by hand, and generated small enough to meet often."""

from __future__ import annotations

from hypothesis import strategies as st

from wizard.access.rules import Partner
from wizard.mq.dn import DistinguishedName
from wizard.mq.objects import Kind, MqObject, Value

CHANNELS = ("APP.SVRCONN", "APP.ONE", "TO.QM1", "SYSTEM.DEF.SVRCONN")
PROFILES = ("*", "APP.*", "A*", "APP.SVRCONN", "*.SVRCONN", "APP.*N", "TO.QM1", "TO.*", "SYSTEM.*", "S*N")
PATTERNS = (
    "CN=app1,OU=MQ,O=Example",
    "CN=app1",
    "CN=app*",
    "CN=*",
    "CN=*1",
    "CN=*pp*",
    "OU=MQ",
    "OU=M*,OU=Test",
    "O=Example",
    "O=Exa*,C=DE",
    "SERIALNUMBER=0A:01",
    "CN=app2,O=Example",
)
ISSUERS = ("", "", "CN=CA one", "O=Example", "CN=CA*")
ADDRESSES = ("", "", "*", "10.0.0.1", "10.0.0.*", "10.0.*", "10.0.0.1-8", "10.*.0.1", "192.0.2.*", "2001:DB8:*", "h*")
SUBJECTS = (
    "CN=app1,OU=MQ,O=Example,C=DE",
    "SERIALNUMBER=0A:01,CN=app1,O=Example",
    "CN=app2,OU=MQ,OU=Test,O=Example",
    "CN=somebody,O=Elsewhere",
    "CN=APP1,OU=mq,O=example",
)
PARTNER_ADDRESSES = ("10.0.0.1", "10.0.0.9", "10.7.0.1", "192.0.2.5", "2001:db8::7", "::ffff:10.0.0.1")
USERS = ("app1", "App1", "mqm", "nobody")
EFFECTS: tuple[dict[str, Value], ...] = (
    {"USERSRC": "NOACCESS"},
    {"USERSRC": "NOACCESS", "WARN": "YES"},
    {"USERSRC": "CHANNEL"},
    {"USERSRC": "MAP", "MCAUSER": "one"},
    {"USERSRC": "MAP", "MCAUSER": "two"},
)


def record(profile: str, kind: str, **attributes: Value) -> MqObject:
    """A channel authentication record; empty attributes are left out."""
    return MqObject(Kind.CHLAUTH, profile, {"TYPE": kind, **{key: value for key, value in attributes.items() if value}})


def partner(address: str = "10.0.0.1", subject: str = "", issuer: str = "", **more: str) -> Partner:
    """A partner with the names of its certificate as text."""
    return Partner(
        address,
        subject=DistinguishedName.parse(subject) if subject else None,
        issuer=DistinguishedName.parse(issuer) if issuer else None,
        **more,  # type: ignore[arg-type]
    )


@st.composite
def mapping_records(draw: st.DrawFn) -> MqObject:
    """A mapping record of any type, from few values, so that many rules fit one partner."""
    kind = draw(st.sampled_from(("SSLPEERMAP", "USERMAP", "QMGRMAP", "ADDRESSMAP")))
    keys: dict[str, Value] = {"ADDRESS": draw(st.sampled_from(ADDRESSES))}
    if kind == "SSLPEERMAP":
        keys |= {"SSLPEER": draw(st.sampled_from(PATTERNS)), "SSLCERTI": draw(st.sampled_from(ISSUERS))}
    elif kind == "USERMAP":
        keys["CLNTUSER"] = draw(st.sampled_from(USERS))
    elif kind == "QMGRMAP":
        keys["QMNAME"] = draw(st.sampled_from(("QM1", "QM*", "*", "*1")))
    elif not keys["ADDRESS"]:
        keys["ADDRESS"] = "*"
    return record(draw(st.sampled_from(PROFILES)), kind, **keys, **draw(st.sampled_from(EFFECTS)))


@st.composite
def partners(draw: st.DrawFn) -> Partner:
    """A client or a queue manager, with or without a certificate."""
    client = draw(st.booleans())
    with_certificate = draw(st.booleans())
    return partner(
        draw(st.sampled_from(PARTNER_ADDRESSES)),
        draw(st.sampled_from(SUBJECTS)) if with_certificate else "",
        draw(st.sampled_from(("CN=CA one,O=Example", "CN=CA two"))) if with_certificate else "",
        **(
            {"client_user": draw(st.sampled_from(USERS))}
            if client
            else {"queue_manager": draw(st.sampled_from(("QM1", "X")))}
        ),
    )
