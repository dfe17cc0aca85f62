"""A real browser, and pages opened from a folder as a reader opens them."""

import os
import shutil
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from glossary.sphinxext.browser.files import script

STATIC = files("glossary").joinpath("sphinxext/static")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def started() -> Iterator[Any]:
    """Yield a browser and end it; where there is none, skip, but fail on the server."""
    try:
        from selenium import webdriver
    except ImportError:
        webdriver = None
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (webdriver and chromium and driver):
        missing = "selenium, chromium or chromedriver is missing"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    # what pages say, and what they ask for
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for flag in FLAGS:
        options.add_argument(flag)
    running = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        running.set_script_timeout(120)
        yield running
    finally:
        running.quit()


def page_in(folder: Path, scripts: tuple[str, ...], data: Mapping[str, Any]) -> str:
    """Write a page that runs scripts of the extension, with data files beside it, and return its address."""
    for name in scripts:
        (folder / name).write_text(STATIC.joinpath(name).read_text(encoding="utf-8"), encoding="utf-8")
    for name, handed in data.items():
        (folder / f"policy-{name}.js").write_text(script(name, handed), encoding="utf-8")
    tags = "".join(f'<script src="{name}"></script>' for name in scripts)
    page = folder / "page.html"
    page.write_text(f'<!DOCTYPE html><meta charset="utf-8"><title>page</title>{tags}', encoding="utf-8")
    return page.as_uri()


def answer(browser: Any, body: str, *given: Any) -> Any:
    """Run the body of an async function in the page, with `given` as its arguments, and return what it returns."""
    told = browser.execute_async_script(
        "const [...given] = arguments, done = given.pop();"
        f"(async (...given) => {{{body}}})(...given)"
        ".then((value) => done({ value }), (error) => done({ error: String(error.stack ?? error) }));",
        *given,
    )
    assert "error" not in told, told["error"]
    return told["value"]
