"""What all tests share: where the real reports lie, how hard Hypothesis tries, and a browser."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

# The reports that only this machine has; tests that need them are skipped elsewhere.
SHARED = Path(__file__).resolve().parents[2] / "shared"

settings.register_profile("suite", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window; where there is none, tests that need one are skipped, on the server they fail."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        reason = "chromium and chromedriver are needed: apt-get install chromium chromium-driver"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    flags = (
        "--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking "
        "--disable-component-update --disable-sync"
    )
    for flag in flags.split():
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    yield driver
    driver.quit()
