"""The checks on a chain that was followed from a certificate up to its root: each judges it as a whole.

Used by `lint`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.pki.findings import LintFinding, Rule, error, note
from wizard.pki.values import Certificate


def path_lengths(way: Sequence[Certificate]) -> Iterator[LintFinding]:
    """A CA below which more CAs stand than it permits; `way` goes from the leaf to the root."""
    for position, ca in enumerate(way):
        below = sum(1 for one in way[1:position] if not one.self_signed)
        if ca.path_length is not None and position and below > ca.path_length:
            yield error(
                Rule.PATH_LENGTH,
                f"The CA {ca.subject} permits {ca.path_length} CAs below it; the chain has {below}.",
                "Ask the CA for a certificate issued where it may issue.",
            )


def ends_before(way: Sequence[Certificate]) -> Iterator[LintFinding]:
    """The first CA above a certificate that ends before it: nothing works from that day on."""
    for ca in way[1:]:
        if ca.not_after < way[0].not_after:
            end, later = f"{ca.not_after:%Y-%m-%d}", f"{way[0].not_after:%Y-%m-%d}"
            yield note(
                Rule.ENDS_BEFORE,
                f"{ca.subject} ends on {end}, before {way[0].subject} on {later}.",
                "Take up the CA's next certificate before that day, on every host that trusts it.",
            )
            return
