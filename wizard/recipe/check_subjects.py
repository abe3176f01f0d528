"""Distinguished names that the recipe comes to, and that no certificate can have: a value too long, or of no form."""

from __future__ import annotations

from collections.abc import Iterator

from wizard.mq.dn import DnProblem
from wizard.mq.dn_text import written
from wizard.mq.subjects import subject
from wizard.recipe.derived import authority_of, certificate_of, client_certificate_of, subject_of
from wizard.recipe.nodes import Path
from wizard.recipe.schema import Recipe
from wizard.recipe.subject import Found, Subject

SHARED = ("organization", "organizational_unit", "country", "certificates", "names", "trust")

PARTS = (("organization", "O"), ("organizational_unit", "OU"))
"""The fields of the recipe that stand in all names, and the attributes that they become."""


def check_subjects(of: Subject) -> Iterator[Found]:
    """Each distinguished name is one that a certificate can have; a value that many share is told of once."""
    if any(of.gaps.touch(field) for field in SHARED):
        return
    right = {field: "..." for field, keyword in PARTS if not getattr(of.recipe, field)}
    for field, keyword in PARTS:
        wrong = _wrong(f"{keyword}={written(getattr(of.recipe, field) or '...', in_pattern=False)}")
        if wrong:
            right[field] = "..."
            yield Found((field,), f"No certificate can hold this: {wrong.what}", _remedy(wrong))
    recipe = of.recipe.model_copy(update=right)
    for path, name in _names(recipe):
        wrong = None if of.gaps.touch(*path) else _wrong(name)
        if wrong:
            what = f"The distinguished name {name[:100]} cannot stand in a certificate: {wrong.what}"
            yield Found(_place(recipe, path), what, _remedy(wrong))


def _wrong(name: str) -> DnProblem | None:
    try:
        subject(name)
    except DnProblem as problem:
        return problem
    return None


def _remedy(wrong: DnProblem) -> str:
    return " ".join(filter(None, (wrong.means, wrong.remedy)))


def _names(recipe: Recipe) -> Iterator[tuple[Path, str]]:
    """Every distinguished name that will stand in a certificate, and the entry that it comes from."""
    secured = {one.connects_to for one in recipe.clients.values() if one.tls != "none"}
    if secured and recipe.trust.kind == "ca":
        yield ("trust", "name"), subject_of(recipe, authority_of(recipe), "")
    for name, manager in recipe.queue_managers.items():
        if name in secured:
            path: Path = ("queue_managers", name, "certificate")
            yield path, subject_of(recipe, certificate_of(recipe, name), name, manager.certificate.distinguished_name)
    for name, client in recipe.clients.items():
        if client.tls == "mutual":
            called = client_certificate_of(recipe, name, client)
            wanted = client.certificate.distinguished_name
            yield ("clients", name, "certificate"), subject_of(recipe, called, client.connects_to, wanted)


def _place(recipe: Recipe, path: Path) -> Path:
    """Where the entry's name comes from; that of our authority comes from the organization unless it has its own."""
    return ("organization",) if path == ("trust", "name") and "{organization}" in recipe.trust.name else path
