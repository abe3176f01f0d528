"""The one table of attributes: what each attribute of each kind of MQ object is, may hold, and means.

Reading, writing, checking, comparing, help and completion all ask here.
"""

from __future__ import annotations

from wizard.mq.attribute_check import check
from wizard.mq.attribute_tables import (
    SUBTYPE_KEYWORDS,
    attribute,
    attributes,
    canonical_keyword,
    flag,
    subtype,
)
from wizard.mq.attribute_type import Attribute, Type
from wizard.mq.attribute_values import normalise, same
from wizard.mq.findings import Finding

__all__ = [
    "SUBTYPE_KEYWORDS",
    "Attribute",
    "Finding",
    "Type",
    "attribute",
    "attributes",
    "canonical_keyword",
    "check",
    "flag",
    "normalise",
    "same",
    "subtype",
]
