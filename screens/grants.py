"""What an application may do with queues brings those queues with it. Pure: text in, text out."""

from __future__ import annotations

from wizard.recipe.answers import answer, give, written
from wizard.recipe.nodes import Plain


def with_queues(text: str, client: str, wanted: Plain) -> str:
    """The text with the queues that a client may use among those of its queue manager, where they are not yet."""
    held = written(text)
    manager = answer(held, ("clients", client, "connects_to"))
    if not isinstance(manager, str):
        return text
    path = ("queue_managers", manager, "queues")
    present = answer(held, path)
    known = {*names_in(present), *names_in(answer(held, (*path[:2], "existing_queues")))}
    new = [str(name) for name in (wanted if isinstance(wanted, dict | list) else []) if str(name) not in known]
    new = [name for name in new if not name.startswith("SYSTEM.")]
    if not new:
        return text
    if isinstance(present, dict):
        return give(text, path, {**present, **dict.fromkeys(new)})
    return give(text, path, [*(present if isinstance(present, list) else []), *new])


def names_in(value: Plain) -> list[str]:
    """The names in a list, a lone text or the keys of a mapping."""
    return [value] if isinstance(value, str) else [str(one) for one in value or ()]
