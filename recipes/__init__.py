"""The shipped recipes: YAML files beside this module."""
