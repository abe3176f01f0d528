"""The palette for terminals that show ASCII only: Textual's own, without its icon, ellipsis and drawn lines."""

from __future__ import annotations

from textual.command import CommandPalette, SearchIcon


class AsciiPalette(CommandPalette):
    """Finds and takes commands as the usual palette does."""

    DEFAULT_CSS = """
    AsciiPalette #--input, AsciiPalette #--input.--list-visible { border: ascii $primary; }
    AsciiPalette CommandList { border: none; }
    AsciiPalette LoadingIndicator { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="Search for commands", id="--command-palette")

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = ">"
