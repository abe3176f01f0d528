"""Every kind of client there can be: its TLS, who vouches for certificates, with and without an address."""

from __future__ import annotations

import pytest
from engine_reports import QUICK, MakePlace, assert_nothing_to_do, assert_proven, topology_of

import recipes
from wizard.topology.values import Tls, Topology, Trust

OWN_CA = f"""\
{QUICK}
queue_managers:
  QM1: {{listener: 1414, queues: [Q1, Q2]}}
clients:
  reports:
    connects_to: QM1
    tls: server
    address: 127.*
    queues: {{Q1: [get]}}
  orders:
    connects_to: QM1
    channel: SHARED.SVRCONN
    queues: {{Q1: [put]}}
  bills:
    connects_to: QM1
    channel: SHARED.SVRCONN
    address: [127.*, 10.1.2.*]
    queues: {{Q2: [put, get]}}
"""

SELF_SIGNED = """\
mqwizard: 1
organization: Example
trust: self-signed
certificates: {key: ec-p256}
queue_managers:
  QM1: {listener: 1414, queues: [Q1]}
clients:
  plain:
    connects_to: QM1
    tls: none
    address: 127.*
    queues: {Q1: [put]}
  reader:
    connects_to: QM1
    tls: server
    queues: {Q1: [get]}
  writer:
    connects_to: QM1
    tls: server
    address: 127.*
    queues: {Q1: [put]}
  both:
    connects_to: QM1
    address: 127.*
    queues: {Q1: [put, get]}
"""


def kinds(topology: Topology) -> set[tuple[str, str, bool]]:
    """TLS, trust and whether an address is asked for, of each client; without TLS nobody vouches for anything."""
    return {
        (client.tls.value, topology.trust.value if client.tls is not Tls.NONE else "", bool(client.addresses))
        for client in topology.clients
    }


def test_shipped_recipes_and_those_here_hold_every_kind_of_client() -> None:
    texts = [OWN_CA, SELF_SIGNED, *(recipes.text(name) for name in recipes.names())]
    proven = set().union(*(kinds(topology_of(text)) for text in texts))
    trusts = {Trust.CA.value, Trust.SELF_SIGNED.value}
    with_tls = {(tls, trust, where) for tls in ("server", "mutual") for trust in trusts for where in (False, True)}
    assert proven == {("none", "", True), *with_tls}


@pytest.mark.parametrize("recipe", [OWN_CA, SELF_SIGNED], ids=["ca", "self-signed"])
def test_clients_of_every_kind_beside_one_another_are_proven(recipe: str, make_place: MakePlace) -> None:
    place = make_place(recipe)
    assert_proven(place, place.run(), topology_of(recipe))
    assert_nothing_to_do(place)
