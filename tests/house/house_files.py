"""The project's own files, for the tests that look at how it is written."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("wizard", "screens", "recipes")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    return tuple(path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file())


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the packages by its path, parsed; empty package files are left out."""
    return {
        name_of(path): ast.parse(path.read_text(encoding="utf-8"), name_of(path))
        for path in tracked()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in PACKAGES and path.stat().st_size
    }


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def imports() -> tuple[tuple[str, str], ...]:
    """Every module with every dotted name that it imports anywhere, but for what only type checkers see."""
    return tuple((name, one) for name, module in modules().items() for one in _imported(module))


def _imported(module: ast.Module) -> Iterator[str]:
    unseen = {id(node) for block in ast.walk(module) if _for_type_checkers(block) for node in ast.walk(block)}
    for node in ast.walk(module):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
