"""What the tests of wizard.plan share: the option that writes golden plans and cases anew."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write golden plans and cases as they are now")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden plans are to be written; the option is known where tests/plan is named on the command line."""
    return bool(request.config.getoption("--update-golden", default=False))
