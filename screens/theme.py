"""The two looks of mqwizard: calm, few colours, enough contrast; the palette offers Textual's own ones besides."""

from __future__ import annotations

from textual.theme import Theme

# Muted words and rules have colours of their own: those that Textual works out from what is behind them come out white
# where a widget draws its own text.
DARK = Theme(
    name="mqwizard-dark",
    primary="#7aa2f7",
    secondary="#7dcfff",
    accent="#e0af68",
    success="#9ece6a",
    warning="#e0af68",
    error="#f7768e",
    foreground="#c8d0e0",
    background="#16181f",
    surface="#1e212b",
    panel="#262a36",
    dark=True,
    variables={"text-muted": "#929bb3", "text-disabled": "#6c748a"},
)
LIGHT = Theme(
    name="mqwizard-light",
    primary="#1f4fa8",
    secondary="#0f6c8c",
    accent="#8a5a00",
    success="#2c6e1f",
    warning="#8a5a00",
    error="#a3182f",
    foreground="#22252e",
    background="#f7f7f4",
    surface="#ebece8",
    panel="#dfe1dc",
    dark=False,
    variables={"text-muted": "#5b606c", "text-disabled": "#868a93"},
)
