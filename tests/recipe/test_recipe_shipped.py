"""The shipped recipes are right, small, and say what they make."""

from __future__ import annotations

import pytest

import recipes
from wizard.errors import UsageError
from wizard.recipe.reader import read_recipe

NAMES = recipes.names()


def test_there_is_one_recipe_for_each_step_from_plain_to_own_ca() -> None:
    assert NAMES == ["plain-client", "one-way-tls", "two-way-tls-self-signed", "two-way-tls-own-ca"]


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_recipe_is_right(name: str) -> None:
    assert read_recipe(recipes.text(name), source=name).clients


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_recipe_opens_with_what_it_makes(name: str) -> None:
    assert recipes.text(name).startswith("# ")
    assert recipes.summary(name).startswith("One queue manager")
    assert "\n" not in recipes.summary(name)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_recipe_has_at_most_15_lines_besides_comments(name: str) -> None:
    assert len([line for line in recipes.text(name).splitlines() if line and not line.startswith("#")]) <= 15


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_recipe_runs_on_any_machine(name: str) -> None:
    recipe = read_recipe(recipes.text(name), source=name)
    assert not recipe.hosts
    assert {manager.address for manager in recipe.queue_managers.values()} == {None}


def test_the_plain_client_has_the_address_it_must_have() -> None:
    assert read_recipe(recipes.text("plain-client"), source="").clients["app1"].address == ("127.*",)


def test_the_own_ca_recipe_has_two_clients_and_an_address_rule() -> None:
    recipe = read_recipe(recipes.text("two-way-tls-own-ca"), source="")
    assert (recipe.trust.kind, {client.tls for client in recipe.clients.values()}) == ("ca", {"mutual"})
    assert [client.address for client in recipe.clients.values()] == [("127.*",), ()]


def test_a_recipe_that_is_not_shipped_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="no shipped recipe 'two-way'") as caught:
        recipes.text("two-way")
    assert "two-way-tls-own-ca" in caught.value.remedy


@pytest.mark.parametrize("name", ["../pyproject", "/etc/passwd", "", "plain-client.yaml"])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(UsageError):
        recipes.summary(name)
