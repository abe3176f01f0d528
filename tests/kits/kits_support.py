"""Short ways to a client's kit for the tests of wizard.kits."""

from __future__ import annotations

import json

from wizard.kits.files import kit_files
from wizard.mq.releases import Release
from wizard.recipe.reader import read_recipe
from wizard.topology.build import build
from wizard.topology.values import Client, Topology

Entry = dict[str, object]


def topology(release: str = "9.4", organization: str = "Example", **entry: object) -> Topology:
    """One queue manager and one client, app1, with these fields."""
    recipe = {
        "mqwizard": "1",
        "organization": organization,
        "hosts": {"apphost": {}},
        "queue_managers": {"QM1": {"address": "mqhost.example.com", "listener": "1415", "queues": ["Q1"]}},
        "clients": {"app1": {"connects_to": "QM1", "queues": {"Q1": ["put", "get"]}, **entry}},
    }
    return build(read_recipe(json.dumps(recipe, ensure_ascii=False), source="kit.yaml"), Release.parse(release))


def client_of(made: Topology) -> Client:
    return made.clients[0]


def kit(release: str = "9.4", organization: str = "Example", **entry: object) -> dict[str, str]:
    """The files of that client's kit."""
    made = topology(release, organization, **entry)
    return kit_files(made, client_of(made))
