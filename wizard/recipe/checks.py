"""What no single field of a recipe can tell: runs all checks and puts places to what they find.

A check is silent about what the schema has already refused, so that one mistake is reported once.
"""

from __future__ import annotations

from itertools import islice

from wizard.errors import Problem
from wizard.recipe.check_names import check_derived_names
from wizard.recipe.check_objects import check_objects
from wizard.recipe.check_references import check_channels, check_grants, check_ports, check_references
from wizard.recipe.check_security import (
    check_addresses,
    check_organization,
    check_tls,
    check_trust,
    check_users,
)
from wizard.recipe.check_subjects import check_subjects
from wizard.recipe.nodes import place
from wizard.recipe.subject import Subject

CHECKS = (
    check_references,
    check_grants,
    check_channels,
    check_ports,
    check_tls,
    check_addresses,
    check_trust,
    check_organization,
    check_users,
    check_derived_names,
    check_subjects,
    check_objects,
)

_MOST = 1_000


def check(subject: Subject, source: str) -> list[Problem]:
    """What the checks find, each check stopping after more than anybody reads."""
    return [
        Problem(source, *place(subject.root, found.path, key=found.key), found.what, found.remedy)
        for one in CHECKS
        for found in islice(one(subject), _MOST)
    ]
