"""A line to type in that answers no question of the recipe: something to find, a path."""

from __future__ import annotations

from textual.widgets import Input


class PlainLine(Input):
    """A line that can say what it is for; Enter belongs to the screen, Ctrl+C asks whether to leave."""

    wrong = ""

    def __init__(self, label: str, explanation: str, *, id: str | None = None) -> None:
        super().__init__(compact=True, id=id)
        self.label = label
        self.explanation = explanation

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        return action not in {"submit", "copy"}
