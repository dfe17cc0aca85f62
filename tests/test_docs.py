"""What the README and the guides show runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SHARED

REPORTS = sorted((SHARED / "reports").glob("*.txt"))
ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [
    pytest.param(code, id=f"{path.name}-{n}")
    for path in sorted(ROOT.glob("README*.md"))
    for n, code in enumerate(BLOCK.findall(path.read_text(encoding="utf-8")), 1)
]
# a guide goes on from block to block
GUIDES = [
    pytest.param("\n".join(blocks), id=path.name)
    for path in sorted((ROOT / "docs/guides").glob("*.md"))
    if (blocks := BLOCK.findall(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize("code", BLOCKS + GUIDES)
def test_example_runs(code, tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    done = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning:glossary", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not REPORTS, reason="../shared/reports is not here")
def test_the_page_on_coverage_is_what_is_computed(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs/_ext"))
    import coverage

    assert coverage.page(REPORTS) == coverage.PAGE.read_text(encoding="utf-8")


def test_there_are_examples():
    if not (ROOT / "README.md").exists():
        pytest.skip("no README here")
    assert BLOCKS and GUIDES


def test_both_readmes_show_the_same_commands():
    both = [ROOT / name for name in ("README.md", "README.zh.md")]
    if not all(path.exists() for path in both):
        pytest.skip("no README here")
    shown = [
        re.findall(r"^```sh\n(.*?)^```$", path.read_text(encoding="utf-8"), re.M | re.S) for path in both
    ]
    assert shown[0] == shown[1]
