"""Hypothesis strategies for recipes: texts that the reader takes and the topology can build."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from plan_cases import topology_of

from wizard.errors import RecipeError
from wizard.mq.releases import Release

CLIENTS = ("app1", "app2", "Pay.Roll")
QUEUES = ("Q1", "Q2", "lower.q")
ADDRESSES = ("127.0.0.1", "10.1.2.*", "192.168.0-9.*", "apphost.example.com")
UNITS = {"app2": "Über", "Pay.Roll": 'O\'Neill \\"& Co\\"'}
"""Clients whose certificate has a name of its own."""
RELEASES = ("9.1.0", "9.2", "9.3", "9.4", "10.0")
ORGANIZATIONS = ("Example", "Ex, Inc", "O'Neill & Söhne", "a=b", 'The "Straße" 1+1', "back\\slash")

one_line = st.text(
    st.one_of(
        st.sampled_from("'\"()*+-,;=<>&| {}äß€漢😀"),
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() == text and "{" not in text)
"""A text that may stand on one line of a recipe."""


@st.composite
def clients(draw: st.DrawFn, name: str) -> dict[str, Any]:
    tls = draw(st.sampled_from(["none", "server", "mutual"]))
    entry: dict[str, Any] = {"connects_to": "QM1", "tls": tls}
    rights = st.lists(st.sampled_from(["put", "get", "browse", "inq"]), min_size=1, unique=True)
    entry["queues"] = draw(st.dictionaries(st.sampled_from(QUEUES), rights, max_size=2))
    addresses = draw(st.lists(st.sampled_from(ADDRESSES), unique=True, max_size=2))
    if addresses or tls == "none":
        entry["address"] = addresses or [ADDRESSES[0]]
    if draw(st.booleans()):
        entry["channel"] = draw(st.sampled_from(["SHARED.SVRCONN", "OWN.SVRCONN"]))
    if draw(st.booleans()):
        entry["group"] = draw(st.sampled_from(["apps", "others"]))
    entry["user"] = draw(st.sampled_from([name[:4].lower(), "appuser"]))
    if draw(st.booleans()):
        entry["attributes"] = {"DESCR": draw(one_line), "MAXMSGL": draw(st.sampled_from(["4096", "100000"]))}
    if tls == "mutual" and name in UNITS:
        entry["certificate"] = {"distinguished_name": f"CN={{name}},OU={UNITS[name]}"}
    return entry


@st.composite
def recipes(draw: st.DrawFn, organization: str) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(CLIENTS), unique=True, max_size=3))
    depths = st.sampled_from(["5", "5000"])
    manager: dict[str, Any] = {
        "queues": {queue: {"DESCR": draw(one_line), "MAXDEPTH": draw(depths)} for queue in QUEUES},
    }
    if draw(st.booleans()):
        manager["listener"] = draw(st.sampled_from(["1414", "1500"]))
    if draw(st.booleans()):
        manager["key_repository"] = {"password": "env:STORE_PASSWORD"}
    if draw(st.booleans()):
        manager["attributes"] = {"DESCR": draw(one_line), "SSLFIPS": draw(st.sampled_from(["NO", "YES"]))}
    if draw(st.booleans()):
        record = {"profile": "Q1", "OBJTYPE": "QUEUE", "GROUP": "apps", "AUTHADD": ["DSP", "GET"]}
        manager["authrec"] = [record]
    return {
        "mqwizard": "1",
        "organization": organization,
        "trust": "self-signed" if organization == "Ex, Inc" else "ca",
        "names": {"description": draw(st.sampled_from(["for {name}", "It's {name}'s"]))},
        "queue_managers": {"QM1": manager},
        "clients": {name: draw(clients(name)) for name in names},
    }


@st.composite
def recipe_texts(draw: st.DrawFn, organization: str, release: str = "9.4") -> str:
    """The text of such a recipe; those that the topology refuses are left out."""
    text = json.dumps(draw(recipes(organization)), ensure_ascii=False, indent=1)
    try:
        topology_of(text, Release.parse(release))
    except RecipeError:
        reject()
    return text
