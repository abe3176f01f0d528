"""mqwizard's core: from a recipe to a proven IBM MQ set-up. Never imports Textual."""

__version__ = "0.1.0"
