"""One declaration of each question: schema, help line and reference page say the same."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

import recipes
from wizard.recipe.compose import compose
from wizard.recipe.fields import help_line, key_words_at, keys_at, parts_of, words_at
from wizard.recipe.nodes import plain
from wizard.recipe.reader import read_recipe
from wizard.recipe.reference import reference
from wizard.recipe.schema import Recipe, json_schema

PARTS = list(parts_of(Recipe))


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_explains_itself_in_a_sentence(part: Any) -> None:
    assert (part.__doc__ or "").strip()
    for name, field in part.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_the_reference_page_names_every_field_with_its_meaning(part: Any) -> None:
    page = reference()
    for name, field in part.model_fields.items():
        assert f"| `{name}` |" in page
        assert field.description.replace("|", "\\|") in page


def test_every_link_of_the_reference_page_leads_to_a_section() -> None:
    page = reference()
    sections = {
        line.removeprefix("## ").lower().replace(".", "") for line in page.splitlines() if line.startswith("## ")
    }
    links = {piece.split(")")[0] for piece in page.split("](#")[1:]}
    assert links == sections


def test_the_help_line_of_a_key_is_its_description() -> None:
    assert help_line(("clients", "app1", "connects_to")) == "The queue manager it connects to."
    assert help_line(("queue_managers", "QM1", "listener", "port")).startswith("The TCP port")
    assert help_line(("clients", "app1")) == ""


def test_the_models_say_which_keys_and_words_a_place_takes() -> None:
    assert keys_at(("trust",)) == ["kind", "name", "folder", "key", "days", "fingerprint", "passphrase"]
    assert keys_at(("clients",)) == []
    assert words_at(("clients", "app1", "tls")) == ["none", "server", "mutual"]
    assert "QALIAS" in key_words_at(("queue_managers", "QM1", "objects"))


def resolved(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    reference_text = node.get("$ref")
    return schema["$defs"][reference_text.rsplit("/", 1)[1]] if reference_text else node


def fits(schema: dict[str, Any], node: dict[str, Any], value: Any) -> bool:
    """As much of JSON Schema as the recipe's uses, which includes every keyword in it."""
    node = resolved(schema, node)
    known = {"anyOf", "type", "enum", "properties", "required", "additionalProperties", "items", "minimum", "maximum"}
    known |= {"$schema", "$defs", "title", "description", "default", "maxLength", "propertyNames"}
    assert node.keys() <= known
    types = {"string": str, "number": (int, float), "integer": int, "object": dict, "array": list, "null": type(None)}
    types["boolean"] = bool
    wanted = [node["type"]] if isinstance(node.get("type"), str) else node.get("type", [])
    checks = [
        "anyOf" not in node or any(fits(schema, form, value) for form in node["anyOf"]),
        not wanted or any(isinstance(value, types[name]) for name in wanted),
        "enum" not in node or value in node["enum"],
        not isinstance(value, int) or node.get("minimum", value) <= value <= node.get("maximum", value),
    ]
    if isinstance(value, dict) and "anyOf" not in node:
        own, others = node.get("properties", {}), node.get("additionalProperties", True)
        checks.append(all(key in value for key in node.get("required", [])))
        for key, inner in value.items():
            form = own.get(key, others)
            checks.append(form if isinstance(form, bool) else fits(schema, form, inner))
    if isinstance(value, list) and "anyOf" not in node:
        checks.append(all(fits(schema, node.get("items", {}), item) for item in value))
    return all(checks)


def as_editors_see(value: Any) -> Any:
    """Plain scalars with the types that YAML 1.2 editors give them."""
    if isinstance(value, dict):
        return {key: as_editors_see(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_see(item) for item in value]
    if isinstance(value, str) and value.isdigit():
        return int(value)
    return float(value) if value == "9.4" else value


RICH = """\
mqwizard: 1
organization: Example
trust: {kind: ca, days: 3650}
hosts: {h: , i: {mq: 9.4}}
queue_managers:
  QM1: {listener: 1414, queues: [Q1], objects: {NAMELIST: {N: {NAMES: [A, B], DESCR: }}}}
  QM2: {listener: {port: 1415}, queues: {Q1: {MAXDEPTH: 10}, Q2: }, certificate: two}
  QM3:
clients: {a: {connects_to: QM1, queues: {Q1: [put]}, kit: c}, b: {connects_to: QM2, queues: [Q1], address: [10.1.*]}}
mqsc: a.mqsc
"""


@pytest.mark.parametrize("text", [RICH, *(recipes.text(name) for name in recipes.names())])
def test_what_the_reader_takes_fits_the_json_schema(text: str) -> None:
    read_recipe(text, source="")
    schema = json_schema()
    for value in (plain(compose(text, "")), as_editors_see(plain(compose(text, "")))):
        assert fits(schema, schema, value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("organization", "organisation"),
        ("kind: ca", "kind: cas"),
        ("listener: 1414", "listener: [1414]"),
        ("mqwizard: 1\n", ""),
    ],
)
def test_what_the_json_schema_refuses_the_reader_refuses(old: str, new: str) -> None:
    schema = json_schema()
    assert not fits(schema, schema, plain(compose(RICH.replace(old, new, 1), "")))


def test_the_json_schema_is_json_and_says_which_dialect() -> None:
    assert json.loads(json.dumps(json_schema()))["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("module", ["wizard.recipe", "wizard.recipe.reader", "wizard.recipe.editor", "recipes"])
def test_importing_the_doors_loads_no_library(module: str) -> None:
    heavy = ("pydantic", "ruamel.yaml", "cryptography")
    probe = f"import sys, {module}; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
