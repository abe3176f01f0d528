"""How the project is written: sizes, docstrings, exceptions, imports, words that must not stand there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from house_files import ROOT, imports, modules, name_of, tracked

LONGEST_FILE = 500
LONGEST_FUNCTION = 60
IMPURE = {
    "datetime",
    "io",
    "os",
    "pathlib",
    "random",
    "secrets",
    "shutil",
    "socket",
    "subprocess",
    "tempfile",
    "time",
}
"""What leads to files, clock, environment, chance, network and processes."""
TEXT = {".py", ".md", ".yaml", ".toml", ".txt", ".sh", ".mqsc", ".tcss", ""}


def test_no_file_is_longer_than_500_lines() -> None:
    sizes = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in modules()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    found = {
        f"{name}: {node.name}": size
        for name, module in modules().items()
        for node in functions(module)
        if (size := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert found == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name, module in modules().items() if not ast.get_docstring(module)] == []


def test_nobody_swallows_everything() -> None:
    """To tidy up and raise it again is fine."""
    found = [
        f"{name}:{handler.lineno}"
        for name, module in modules().items()
        for handler in ast.walk(module)
        if isinstance(handler, ast.ExceptHandler) and catches_everything(handler) and not raises_again(handler)
    ]
    assert found == []


def test_nobody_prints() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "breakpoint"}
    ]
    assert found == []


def test_nothing_in_wizard_knows_the_screens() -> None:
    found = [
        f"{name} imports {one}"
        for name, one in imports()
        if name.startswith("wizard/") and one.split(".")[0] in {"screens", "textual"}
    ]
    assert found == []


def test_the_sandbox_imports_nothing_else_of_wizard() -> None:
    found = [
        f"{name} imports {one}"
        for name, one in imports()
        if name.startswith("wizard/sandbox/") and one.startswith("wizard.") and not one.startswith("wizard.sandbox")
    ]
    assert found == []


def test_one_place_starts_the_sandbox() -> None:
    found = {
        name for name, one in imports() if one.startswith("wizard.sandbox") and not name.startswith("wizard/sandbox/")
    }
    assert found == {"wizard/engine/practice.py"}


@pytest.mark.parametrize("floor", ["mq", "topology", "kits", "plan", "access"])
def test_the_pure_floors_touch_no_file_clock_environment_or_process(floor: str) -> None:
    found = [
        f"{name} imports {one}"
        for name, one in imports()
        if name.startswith(f"wizard/{floor}/") and one.split(".")[0] in IMPURE and not one.startswith("pathlib.Pure")
    ]
    assert found == []
    opened = [
        f"{name}:{node.lineno}"
        for name, module in modules().items()
        for node in ast.walk(module)
        if name.startswith(f"wizard/{floor}/") and isinstance(node, ast.Name) and node.id == "open"
    ]
    assert opened == []


@pytest.mark.parametrize("words", ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "HA" + "CK:"])
def test_nothing_is_left_for_later(words: str) -> None:
    assert places_of(re.compile(rf"\b{words}")) == []


def test_no_file_names_the_machine_that_it_was_written_on() -> None:
    assert places_of(re.compile("/wo" + "rk/|/ro" + "ot/")) == []


def places_of(pattern: re.Pattern[str]) -> list[str]:
    """Where a pattern stands in the text files under version control."""
    return [
        f"{name_of(path)}:{number}"
        for path in tracked()
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def catches_everything(handler: ast.ExceptHandler) -> bool:
    caught = handler.type
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(one is None or (isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"}) for one in names)


def raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None
