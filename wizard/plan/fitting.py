"""Fits what a recipe implies to the machine as it is, before a plan is made from both."""

from __future__ import annotations

from collections.abc import Collection

from wizard.plan.adopt import adopt
from wizard.plan.external import with_answers
from wizard.plan.facts import Facts
from wizard.plan.handmade import by_hand
from wizard.plan.older_stores import as_made
from wizard.plan.operations import Consent
from wizard.plan.raising import raised
from wizard.plan.reissuing import reissued
from wizard.topology.values import Topology


def fitted(topology: Topology, facts: Facts, allowed: Collection[Consent]) -> Topology:
    """The topology with what others own adopted, what a CA elsewhere answered, stores that we write ourselves, and old
    ways in left open for now.
    """
    topology = by_hand(with_answers(adopt(as_made(topology, facts), facts), facts), facts)
    return raised(reissued(topology, facts, allowed), facts, allowed)
