"""Everything about a queue manager's doors that is not as it should be: rules without use, doors left open, weak TLS.

Pure; used by `mqwizard audit` and the screens. The evaluation behind it is that of `admission`: a door is open where a
stranger gets in, not where an attribute looks odd.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.access import audit_doors, audit_rules, audit_tls
from wizard.access.flaws import Flaw, Gravity, Held
from wizard.access.guard import Guard

_ORDER = {gravity: place for place, gravity in enumerate(Gravity)}


def audit(guard: Guard, held: Sequence[Held] = ()) -> tuple[Flaw, ...]:
    """Every flaw, the worst first; `held` is what its key repository holds, as far as that is known."""
    return tuple(sorted(_all(guard, held), key=lambda flaw: _ORDER[flaw.gravity]))


def _all(guard: Guard, held: Sequence[Held]) -> Iterator[Flaw]:
    yield from audit_doors.flaws(guard)
    yield from audit_rules.flaws(guard)
    yield from audit_tls.flaws(guard, held)
