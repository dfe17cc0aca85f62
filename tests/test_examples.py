"""The notebooks in `examples/` run anywhere, say nothing on standard error, and show what is kept in them."""

import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

pytest.importorskip(
    "matplotlib", reason="matplotlib is not installed: pip install 'policy-glossary[notebooks]'"
)

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))
PICTURES = {"career": 3, "corpus": 1}


def has_chinese_font():
    # The first time it lists all fonts, and says so in a notebook if that takes long.
    from matplotlib import font_manager

    names = {font.name for font in font_manager.fontManager.ttflist}
    return any("CJK" in name or name in ("PingFang SC", "Microsoft YaHei", "SimHei") for name in names)


def shown(notebook):
    """Return what each cell shows as text.

    Of notebooks that use the shipped terms, which grow, only the first line, and without its numbers.
    """
    changes = "glossary.load()" in str(notebook)
    lines = []
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            assert output["output_type"] != "error", output
            assert output.get("name") != "stderr", output
            text = (output.get("text") or output["data"]["text/plain"]).strip()
            if changes:
                text = re.sub(r"\d+|\s+", "…", text.split("\n")[0])
            lines.append((number, text))
    return lines


def pictures(notebook):
    return sum(
        "image/png" in output.get("data", ()) for cell in notebook.cells for output in cell.get("outputs", ())
    )


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS] == ["career", "corpus", "first_look", "site"]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path, tmp_path):
    if path.stem in PICTURES and not has_chinese_font() and not os.environ.get("CI"):
        pytest.skip("there is no Chinese font: apt-get install fonts-noto-cjk")
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    assert sum(cell.cell_type == "code" for cell in kept.cells) <= 10
    # outside the checkout, so that what is imported is what is installed
    folder = tmp_path / "examples"
    shutil.copytree(EXAMPLES, folder, ignore=shutil.ignore_patterns("out", "*.ipynb*"))
    run = nbformat.from_dict(kept)
    NotebookClient(run, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    kept = nbformat.read(path, as_version=4)
    assert shown(run) == shown(kept) != []
    assert pictures(run) == pictures(kept) == PICTURES.get(path.stem, 0)


def test_the_sample_reports_say_where_and_when():
    import glossary

    reports = [glossary.read(path) for path in (EXAMPLES / "reports").glob("*.txt")]
    assert len({(report.region, report.year) for report in reports}) == len(reports) == 16
    assert {report.year for report in reports} == {2020, 2021, 2022, 2023}
    assert len({report.region for report in reports}) == 4
    assert all(report.region.startswith("江畔市") and report.speaker and report.date for report in reports)
