"""Hypothesis strategies for MQ objects: any kind, any of its attributes, any value that MQ takes."""

from __future__ import annotations

from hypothesis import strategies as st

from wizard.mq.attributes import Attribute, Type, attributes
from wizard.mq.objects import Kind, MqObject, Value

NAME_CHARACTERS = "ABCXYZabcxyz019./_%"
SUBTYPES = {
    Kind.CHANNEL: ("CHLTYPE", ("SDR", "SVR", "RCVR", "RQSTR", "CLUSSDR", "CLUSRCVR", "SVRCONN", "CLNTCONN", "AMQP")),
    Kind.AUTHINFO: ("AUTHTYPE", ("CRLLDAP", "OCSP", "IDPWOS", "IDPWLDAP")),
    Kind.CHLAUTH: ("TYPE", ("SSLPEERMAP", "ADDRESSMAP", "USERMAP", "QMGRMAP", "BLOCKUSER", "BLOCKADDR")),
    Kind.LISTENER: ("TRPTYPE", ("TCP",)),
    Kind.COMMINFO: ("TYPE", ("MULTICAST",)),
}
LINE_BREAKS = "\u2028\u2029"


def texts(length: int) -> st.SearchStrategy[str]:
    """Any text of one line, with plenty of what is special in MQSC, and no blanks at its end."""
    plain = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters=LINE_BREAKS)
    special = st.sampled_from("'()*+-,; =\"")
    return st.text(st.one_of(special, plain), max_size=min(length, 60)).map(lambda text: text.rstrip(" "))


def edge_free_texts(length: int) -> st.SearchStrategy[str]:
    """The same without blanks at either end, and not empty: elements of a list."""
    return texts(length).map(lambda text: text.strip()).filter(bool)


def names(length: int, smallest: int = 0) -> st.SearchStrategy[str]:
    return st.text(NAME_CHARACTERS, min_size=smallest, max_size=length)


def values(attribute: Attribute) -> st.SearchStrategy[Value]:
    """Every value in normal form that the attribute takes."""
    match attribute.type:
        case Type.ENUM | Type.FLAG:
            return st.sampled_from(attribute.choices)
        case Type.INTEGER:
            numbers = st.integers(attribute.low, attribute.high).map(str)
            return st.one_of(numbers, st.sampled_from(attribute.choices)) if attribute.choices else numbers
        case Type.LIST if attribute.choices:
            some = st.lists(st.sampled_from(attribute.choices), unique=True, max_size=5)
            return some.map(lambda words: tuple(sorted(words)))
        case Type.LIST:
            return st.lists(edge_free_texts(attribute.length), max_size=5).map(tuple)
        case Type.NAME:
            return names(attribute.length)
        case Type.CIPHER:
            return st.sampled_from(["", "ANY_TLS12_OR_HIGHER", "ECDHE_RSA_AES_256_GCM_SHA384"])
        case Type.CONNAME:
            return st.sampled_from(["", "host(1414)", "h.example.com(1414),10.0.0.7(1500)", "mq"])
        case Type.DN:
            return st.sampled_from(["", "CN=app1,O=Example", 'CN=QM*,OU=MQ,OU=It\'s,O="A, B"'])
        case _:
            return texts(attribute.length)


@st.composite
def objects(draw: st.DrawFn, kinds: tuple[Kind, ...] = tuple(Kind)) -> MqObject:
    """An object of any kind with some of its attributes."""
    kind = draw(st.sampled_from(kinds))
    if kind is Kind.AUTHREC:
        return draw(authority_records())
    keyword, subtypes = SUBTYPES.get(kind, ("", ("",)))
    subtype = draw(st.sampled_from(subtypes))
    table = attributes(kind, subtype)
    settable = [row for row in table.values() if not row.read_only and not row.secret and row.keyword != keyword]
    chosen = draw(st.lists(st.sampled_from(settable), unique_by=lambda row: row.keyword, max_size=8))
    given: dict[str, Value] = {keyword: subtype} if keyword else {}
    given |= {row.keyword: draw(values(row)) for row in chosen}
    name = "" if kind is Kind.QMGR else draw(names(20, smallest=1))
    if kind is Kind.CHLAUTH:
        given = {keyword: value for keyword, value in given.items() if value}
    return MqObject(kind, name, given)


@st.composite
def authority_records(draw: st.DrawFn) -> MqObject:
    objtype = draw(st.sampled_from(["QMGR", "QUEUE", "TOPIC", "CHANNEL"]))
    given: dict[str, Value] = {
        "OBJTYPE": objtype,
        "ENTTYPE": draw(st.sampled_from(["PRINCIPAL", "GROUP"])),
        "ENTITY": draw(edge_free_texts(12)),
        "AUTHLIST": draw(st.sampled_from([("PUT",), ("GET", "INQ", "PUT"), ("CONNECT", "INQ")])),
    }
    name = "SELF" if objtype == "QMGR" else draw(names(20, smallest=1))
    return MqObject(Kind.AUTHREC, name, given)
