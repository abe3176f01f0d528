from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st
from mq_strategies import objects as mq_objects
from mq_strategies import texts

from wizard.mq.attribute_tables import FLAGS
from wizard.mq.display import blocks, objects
from wizard.mq.objects import QUEUE_KINDS, Kind, MqObject, Value

FIRST = {Kind.QMGR: "QMNAME", Kind.AUTHREC: "PROFILE"}


def attribute_texts(keyword: str, value: Value) -> list[str]:
    """One attribute as MQ shows it: several lines for a list of several elements."""
    if keyword in FLAGS:
        return [keyword if value == "YES" else f"NO{keyword}"]
    elements = [value] if isinstance(value, str) else list(value) or [""]
    first, *others = [element or " " for element in elements]
    lines = [f"{keyword}({first}", *(f",{element}" for element in others)]
    return [*lines[:-1], f"{lines[-1]})"]


def rendered(message: str, attributes: Mapping[str, Value]) -> list[str]:
    """A block by the layout rules of facts commands 2.7."""
    lines = [message]
    waiting = ""
    for keyword, value in attributes.items():
        first, *others = attribute_texts(keyword, value)
        if others:
            lines += [f"   {waiting:<37}"] if waiting else []
            lines += [f"   {first}", *(" " * 12 + other for other in others)]
            waiting = ""
        elif waiting and len(first) <= 36:
            lines.append(f"   {waiting:<37}   {first}")
            waiting = ""
        else:
            lines += [f"   {waiting:<37}"] if waiting else []
            waiting = first if len(first) <= 37 else ""
            lines += [] if waiting else [f"   {first}"]
    return [*lines, f"   {waiting}"] if waiting else lines


def shown(obj: MqObject) -> dict[str, Value]:
    """What DISPLAY shows first, then the rest by keyword."""
    rest = dict(sorted(obj.attributes.items()))
    if obj.kind in QUEUE_KINDS:
        return {"QUEUE": obj.name, "TYPE": obj.kind.value, **rest}
    return {FIRST.get(obj.kind, obj.kind.value): obj.name, **rest}


REPLY = """\
     1 : DISPLAY CHLAUTH(*) ALL
AMQ8878I: Display channel authentication record details.
   CHLAUTH(DEV.ADMIN.SVRCONN)              TYPE(BLOCKUSER)
   DESCR(Allows admins on ADMIN channel)   CUSTOM( )
   USERLIST(nobody)                        WARN(NO)
   ALTDATE(2025-04-22)                     ALTTIME(03.01.08)
AMQ8878I: Display channel authentication record details.
   CHLAUTH(*)                              TYPE(ADDRESSMAP)
   DESCR(Back-stop rule - Blocks everyone)
   CUSTOM( )                               ADDRESS(*)
   USERSRC(NOACCESS)                       WARN(NO)
One MQSC command read.
No commands have a syntax error.
All valid MQSC commands were processed.
""".splitlines()


def test_a_reply_as_mq_prints_it() -> None:
    first, second = objects(REPLY, Kind.CHLAUTH)
    assert first.name == "DEV.ADMIN.SVRCONN"
    assert first.attributes["USERLIST"] == ("nobody",)
    assert first.attributes["CUSTOM"] == ""
    assert second.key == ("CHLAUTH", "*", "ADDRESSMAP", "", "", "", "", "*")
    assert second.text("DESCR") == "Back-stop rule - Blocks everyone"
    assert all(not block.unread for block in blocks(REPLY))


def test_values_with_parentheses_and_blanks_stay_whole() -> None:
    reply = [
        "AMQ8417I: Display Channel Status details.",
        "   CHANNEL(APP1.SVRCONN)                   CHLTYPE(SVRCONN)",
        "   COMPRATE(0,0)                           CONNAME(10.0.0.1(1414))",
        "   CURRENT                                 LSTMSGDA( )",
        "   LOCLADDR(9.30.219.53(1415))             QTIME( , )",
        "   SSLPEER(SERIALNUMBER=78:40:26,CN=QM1,OU=SSL For MQ,O=IBM,ST=MA,C=US)",
        "   STATUS(RUNNING)",
    ]
    (block,) = blocks(reply)
    assert block.message_id == "AMQ8417"
    assert block.text == "Display Channel Status details."
    assert block.attributes == {
        "CHANNEL": "APP1.SVRCONN",
        "CHLTYPE": "SVRCONN",
        "COMPRATE": "0,0",
        "CONNAME": "10.0.0.1(1414)",
        "CURRENT": "YES",
        "LSTMSGDA": "",
        "LOCLADDR": "9.30.219.53(1415)",
        "QTIME": " ,",
        "SSLPEER": "SERIALNUMBER=78:40:26,CN=QM1,OU=SSL For MQ,O=IBM,ST=MA,C=US",
        "STATUS": "RUNNING",
    }


def test_bare_keywords_of_a_queue_are_yes_and_no() -> None:
    reply = [
        "AMQ8409I: Display Queue details.",
        "   QUEUE(Q1)                               TYPE(QLOCAL)",
        "   HARDENBO                                NOTRIGGER",
        "   NOSHARE",
    ]
    (queue,) = objects(reply, Kind.QLOCAL)
    assert queue == MqObject(Kind.QLOCAL, "Q1", {"HARDENBO": "YES", "TRIGGER": "NO", "SHARE": "NO"})


def test_queues_of_every_kind_come_from_one_display_and_cluster_queues_do_not() -> None:
    reply = [
        "AMQ8409I: Display Queue details.",
        "   QUEUE(A)                                TYPE(QALIAS)",
        "AMQ8409I: Display Queue details.",
        "   QUEUE(B)                                TYPE(QREMOTE)",
        "AMQ8409I: Display Queue details.",
        "   QUEUE(C)                                TYPE(QCLUSTER)",
    ]
    assert [(found.kind, found.name) for found in objects(reply, Kind.QLOCAL)] == [
        (Kind.QALIAS, "A"),
        (Kind.QREMOTE, "B"),
    ]


def test_a_list_goes_on_in_lines_that_begin_with_a_comma() -> None:
    reply = [
        "AMQ8550I: Display namelist details.",
        "   NAMELIST(CRL.NL)                        NAMES(OCSP1",
        "                                          ,LDAP1",
        "                                          ,LDAP2)",
        "   NAMCOUNT(3)                             DESCR( )",
    ]
    (found,) = objects(reply, Kind.NAMELIST)
    assert found.attributes == {"NAMES": ("OCSP1", "LDAP1", "LDAP2"), "NAMCOUNT": "3", "DESCR": ""}


def test_authorities_on_one_line_are_a_list_too_and_the_queue_managers_profile_is_self() -> None:
    reply = [
        "AMQ8864I: Display authority record details.",
        "   PROFILE(self)                           ENTITY(app1)",
        "   ENTTYPE(PRINCIPAL)                      OBJTYPE(QMGR)",
        "   AUTHLIST(CONNECT,INQ)",
    ]
    (found,) = objects(reply, Kind.AUTHREC)
    assert found.name == "SELF"
    assert found.attributes["AUTHLIST"] == ("CONNECT", "INQ")


def test_a_damaged_object_does_not_hide_the_good_ones() -> None:
    reply = ["AMQ8149S: IBM MQ object damaged.", *REPLY[1:6]]
    assert [block.message_id for block in blocks(reply)] == ["AMQ8149", "AMQ8878"]
    assert len(objects(reply, Kind.CHLAUTH)) == 1


def test_nothing_found_gives_no_object() -> None:
    assert objects(["AMQ8147E: IBM MQ object NOPE not found."], Kind.QLOCAL) == []


def test_a_line_that_is_garbage_is_kept_and_not_guessed_at() -> None:
    (block,) = blocks(["AMQ8409I: Display Queue details.", "   QUEUE(Q1)", "   #!%&", "garbage"])
    assert block.attributes == {"QUEUE": "Q1"}
    assert block.unread == ("   #!%&", "garbage")


def test_a_line_that_does_not_keep_to_the_columns_is_read_by_its_parentheses() -> None:
    (block,) = blocks(["AMQ8409: Display Queue details.", " QUEUE(Q1) TYPE(QLOCAL) CONNAME(h(1)) SHARE"])
    assert block.attributes == {"QUEUE": "Q1", "TYPE": "QLOCAL", "CONNAME": "h(1)", "SHARE": "YES"}


def test_a_description_that_looks_like_an_attribute_does_not_become_one() -> None:
    planted = "x)".ljust(34) + "MCAUSER(mqm"
    line = f"   DESCR({planted})"
    assert line[43:] == "MCAUSER(mqm)"
    reply = [
        "AMQ8414I: Display Channel details.",
        "   CHANNEL(APP1.SVRCONN)                   CHLTYPE(SVRCONN)",
        line,
        "   MAXMSGL(4194304)                        MCAUSER(app1)",
    ]
    (found,) = objects(reply, Kind.CHANNEL)
    assert found.text("MCAUSER") == "app1"
    assert found.text("DESCR") == planted


@given(mq_objects())
def test_an_object_that_is_displayed_is_read_back(obj: MqObject) -> None:
    lines = rendered("AMQ8000I: Display details.", shown(obj))
    (found,) = objects(lines, obj.kind)
    assert without_lists_that_displays_cannot_carry(found) == without_lists_that_displays_cannot_carry(obj)


def without_lists_that_displays_cannot_carry(obj: MqObject) -> MqObject:
    """A display does not quote, so that a comma inside an element of a list cannot be told from one between two."""
    kept = {
        keyword: tuple(part.strip() for part in ",".join(value).split(",") if part.strip())
        if isinstance(value, tuple)
        else value
        for keyword, value in obj.attributes.items()
    }
    return MqObject(obj.kind, obj.name if obj.kind is not Kind.QMGR else "", kept)


@given(st.dictionaries(st.sampled_from(["DESCR", "MCAUSER", "USERDATA", "PORT", "STATUS"]), texts(64), min_size=1))
def test_a_block_of_any_texts_is_read_back(attributes: dict[str, str]) -> None:
    (block,) = blocks(rendered("AMQ8000I: x", attributes))
    assert block.attributes == attributes


@given(st.lists(st.text(max_size=80)))
def test_no_reply_makes_the_reader_fail(lines: list[str]) -> None:
    blocks(lines)
    objects(lines, Kind.QLOCAL)


def test_several_blocks_keep_their_order() -> None:
    lines: Iterable[str] = [
        line for name in ("A", "B", "C") for line in rendered("AMQ8630I: x", {"LISTENER": name, "PORT": "1"})
    ]
    assert [found.name for found in objects(lines, Kind.LISTENER)] == ["A", "B", "C"]
