"""The recipe: its schema, its reader with all problems at once, the editor that changes its text in place.

`reader` and `schema` are the doors; pydantic and ruamel.yaml are loaded only through them.
"""
