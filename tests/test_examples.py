"""The notebooks in `examples/` run, and show what is kept in them."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

EXAMPLES = Path(__file__).parents[1] / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def shown(notebook):
    """Return what the cells show as text, of each output the first line: definitions change with the terms."""
    lines = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output["output_type"] != "error", output
            text = output.get("text") or output["data"]["text/plain"]
            lines.append(re.sub("[0-9]+|at 0x.*", "…", text.strip().split("\n")[0]))
    return lines


def test_there_are_notebooks():
    assert NOTEBOOKS


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path):
    kept = nbformat.read(path, as_version=4)
    assert len(kept.cells) <= 20
    run = nbformat.from_dict(kept)
    NotebookClient(run, timeout=300, resources={"metadata": {"path": str(EXAMPLES)}}).execute()
    assert shown(run) == shown(nbformat.read(path, as_version=4)) != []
