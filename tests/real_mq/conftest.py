"""Opt-in: these tests run the real commands of a licensed IBM MQ, as a member of group mqm, on throw-away queue
managers.

`make test-mq` gives `--real-mq`; without it they are deselected. `--practice DIR` tries the suite itself in a sandbox.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--real-mq", action="store_true", help="use the IBM MQ of this machine")
    parser.addoption("--practice", metavar="DIR", help="with --real-mq: use a sandbox in DIR instead")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect, visibly in the count, what was not asked for."""
    if config.getoption("--real-mq", default=False):
        return
    here = [item for item in items if "real_mq" in item.path.parts]
    if here:
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if item not in here]
