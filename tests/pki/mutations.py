"""Damage as it happens to files on their way: bytes changed, lost, added, the end cut off."""

from __future__ import annotations

from hypothesis import strategies as st

Damage = list[tuple[str, int, int]]

DAMAGE: st.SearchStrategy[Damage] = st.lists(
    st.tuples(
        st.sampled_from(["change", "change", "change", "lose", "add", "cut"]),
        st.integers(0, 1 << 16),
        st.integers(0, 255),
    ),
    min_size=1,
    max_size=5,
)


def damaged(original: bytes, damage: Damage) -> bytes:
    """The bytes after the damage; places wrap around, so that any damage fits any bytes."""
    now = bytearray(original)
    for kind, place, value in damage:
        at = place % max(1, len(now))
        if kind == "change":
            now[at : at + 1] = bytes([value])
        elif kind == "lose":
            del now[at : at + 1 + value]
        elif kind == "add":
            now[at:at] = bytes([value])
        else:
            del now[at:]
    return bytes(now)
