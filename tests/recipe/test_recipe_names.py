"""What the naming patterns come to, and recipes of a size that no person writes."""

from __future__ import annotations

from wizard.recipe.derived import (
    certificate_of,
    channel_of,
    client_certificate_of,
    dead_letter_queue_of,
    listener_of,
    user_of,
)
from wizard.recipe.patterns import NAMES, fill, unknown_placeholder
from wizard.recipe.reader import read_recipe
from wizard.recipe.schema import Recipe

TEXT = """\
mqwizard: 1
organization: Example
queue_managers:
  QM1: {listener: 1414}
clients:
  app1: {connects_to: QM1}
  app2: {connects_to: QM1, channel: APPS, user: shared, certificate: two}
"""


def read(text: str) -> Recipe:
    return read_recipe(text, source="")


def test_a_pattern_knows_the_entry_and_its_queue_manager() -> None:
    assert fill("{name} {NAME} {QM} {qm}", "app1", "QM1") == "app1 APP1 QM1 qm1"
    assert fill("O={organization}", "app1", "QM1", organization="Example") == "O=Example"


def test_braces_that_mean_nothing_stay_and_what_is_filled_in_is_not_looked_at_again() -> None:
    assert fill("{x} {} {name}", "{QM}", "QM1") == "{x} {} {QM}"
    assert unknown_placeholder("{name}{x}", NAMES) == "x"
    assert unknown_placeholder("{name}", NAMES) is None


def test_names_follow_the_patterns_where_an_entry_gives_none() -> None:
    recipe = read(TEXT)
    first, second = recipe.clients["app1"], recipe.clients["app2"]
    assert channel_of(recipe, "app1", first) == "APP1.SVRCONN"
    assert (user_of(recipe, "app1", first), client_certificate_of(recipe, "app1", first)) == ("app1", "app1")
    assert (channel_of(recipe, "app2", second), user_of(recipe, "app2", second)) == ("APPS", "shared")
    assert client_certificate_of(recipe, "app2", second) == "two"
    assert dead_letter_queue_of(recipe, "QM1") == "QM1.DLQ"
    assert (listener_of(recipe, "QM1"), certificate_of(recipe, "QM1")) == ("LISTENER.TCP", "QM1")


def test_patterns_can_be_given_once_for_the_recipe() -> None:
    recipe = read(
        TEXT + "names: {channel: '{QM}.{NAME}', user: 'mq{name}', dead_letter_queue: DEAD, listener: '{QM}.TCP'}\n"
    )
    assert channel_of(recipe, "app1", recipe.clients["app1"]) == "QM1.APP1"
    assert user_of(recipe, "app1", recipe.clients["app1"]) == "mqapp1"
    assert (dead_letter_queue_of(recipe, "QM1"), listener_of(recipe, "QM1")) == ("DEAD", "QM1.TCP")


def test_a_thousand_queue_managers_are_read() -> None:
    managers = "".join(f"  QM{n}: {{listener: {1414 + n}, queues: [Q1]}}\n" for n in range(1_000))
    clients = "".join(f"  app{n}: {{connects_to: QM{n}, queues: [Q1]}}\n" for n in range(1_000))
    recipe = read(f"mqwizard: 1\norganization: Example\nqueue_managers:\n{managers}clients:\n{clients}")
    assert (len(recipe.queue_managers), len(recipe.clients)) == (1_000, 1_000)
    assert recipe.place(("clients", "app999")) == (2004, 3)
