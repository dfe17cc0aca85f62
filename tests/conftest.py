"""What all tests share: where the real reports lie, and how hard Hypothesis tries."""

from pathlib import Path

import pytest
from browser import started
from hypothesis import settings

# The reports that only this machine has; tests that need them are skipped elsewhere.
SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def browser():
    """A browser without a window; where there is none, tests that need it are skipped, on the server they fail."""
    yield from started()


@pytest.fixture
def site(tmp_path):
    """Build Sphinx projects of `roots/`."""
    from sites import Sites

    return Sites(tmp_path)
