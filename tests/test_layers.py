"""A module imports only from its own floor or from below, and nothing goes in a circle."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import glossary

PACKAGE = Path(glossary.__file__).parent
# The floors of design section 3 as built. A name stands for a module, or for a package with all its modules.
FLOORS = {
    "errors": 0,
    "frames": 0,
    "model": 0,
    "paths": 0,
    "conversions": 1,
    "words": 1,
    "text": 1,
    "folding": 1,
    "numerals": 1,
    "boundaries": 1,
    "tries": 1,
    "quotes": 1,
    "keys": 1,
    "reviewed": 1,
    "readings": 1,
    "enumerations": 1,
    "leads": 1,
    "shorthand": 1,
    "members": 1,
    "workers": 1,
    "reports": 2,
    "variants": 2,
    "harvesting": 3,
    "merging": 3,
    "senses": 3,
    "scanner": 3,
    "render": 4,
    "gathering": 4,
    "judgement": 4,
    "matching": 5,
    "annotation": 5,
    "batches": 6,
    "store": 6,
    "compiled": 6,
    "compiling": 7,
    "searching": 7,
    "export": 7,
    "importing": 7,
    "dictionary": 8,
    "builtin": 9,
    "validation": 9,
    "listing": 9,
    "sphinxext": 10,
    "corpus": 10,
    "spacy_component": 10,
    "cli": 10,
    "__main__": 10,
    # hands names on, when they are asked for
    "__init__": 11,
}


def name_of(path: Path, package: Path) -> str:
    """Return the dotted name of a module inside the package: `reports`, `reports.html`."""
    parts = path.relative_to(package).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports(source: str, name: str, modules: set[str]) -> Iterator[str]:
    """Yield the modules of the package that a module imports, anywhere in it, by whatever form of the statement."""
    here = name.split(".")
    is_package = any(module.startswith(f"{name}.") for module in modules)
    for node in ast.walk(ast.parse(source)):
        found: list[str] = []
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                up = here if is_package else here[:-1]
                up = up[: len(up) - node.level + 1] if name != "__init__" else []
                base = ".".join(["glossary", *up, *filter(None, [node.module])])
            found = [f"{base}.{alias.name}" for alias in node.names]
        for dotted in found:
            if dotted.split(".")[0] != "glossary":
                continue
            parts = dotted.split(".")[1:]
            while parts and ".".join(parts) not in modules:
                parts.pop()
            yield ".".join(parts) or "__init__"


def graph_of(package: Path) -> dict[str, set[str]]:
    paths = {name_of(path, package): path for path in sorted(package.rglob("*.py"))}
    modules = set(paths)
    return {
        name: {found for found in imports(path.read_text("utf-8"), name, modules) if found != name}
        for name, path in paths.items()
    }


def problems(graph: dict[str, set[str]]) -> list[str]:
    found = []
    for name, imported in sorted(graph.items()):
        floor = FLOORS.get(name.split(".")[0])
        if floor is None:
            found.append(f"{name} has no floor in this test's table")
            continue
        for other in sorted(imported):
            if other == "__init__" and name.split(".")[0] in ("cli", "__main__", "sphinxext"):
                continue  # __version__
            if FLOORS.get(other.split(".")[0], floor) > floor:
                found.append(f"{name} (floor {floor}) imports {other} from above")
    # a package's rooms, and modules of one floor, may use one another, but not in a circle
    lower = {name: {o for o in imported if o != "__init__"} for name, imported in graph.items()}
    lower.pop("__init__", None)
    try:
        TopologicalSorter(lower).prepare()
    except CycleError as error:
        found.append(f"a circle: {' → '.join(error.args[1])}")
    return found


def test_the_package_keeps_its_floors():
    graph = graph_of(PACKAGE)
    assert len(graph) > 40
    assert problems(graph) == []


def test_the_table_names_modules_that_are_there():
    there = {name.split(".")[0] for name in graph_of(PACKAGE)}
    assert there == set(FLOORS)


def test_no_module_bears_the_name_of_a_public_function():
    public = {name for name in glossary.__all__ if name.islower()}
    assert public & {name.split(".")[0] for name in graph_of(PACKAGE)} == set()


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("text.py", "import glossary.cli", "text (floor 1) imports cli from above"),
        (
            "text.py",
            "from glossary.dictionary import Glossary",
            "text (floor 1) imports dictionary from above",
        ),
        ("text.py", "from glossary import store", "text (floor 1) imports store from above"),
        ("text.py", "from . import store as s", "text (floor 1) imports store from above"),
        ("text.py", "from .reports.html import html_text", "text (floor 1) imports reports.html from above"),
        ("text.py", "from glossary import Glossary", "text (floor 1) imports __init__ from above"),
        ("text.py", "def f():\n    import glossary.reports", "text (floor 1) imports reports from above"),
        (
            "text.py",
            "if TYPE_CHECKING:\n    from glossary.store import x",
            "text (floor 1) imports store from above",
        ),
        (
            "reports/html.py",
            "from ..harvesting import annex",
            "reports.html (floor 2) imports harvesting.annex",
        ),
        ("reports/__init__.py", "from ..scanner import x", "reports (floor 2) imports scanner from above"),
        ("text.py", "from glossary.quotes import x", "a circle"),
        ("reports/lines.py", "def f():\n    from . import html", "a circle"),
        ("newroom.py", "", "newroom has no floor"),
    ],
)
def test_a_planted_violation_is_found(tmp_path, name, source, says):
    planted = {
        "__init__.py": "",
        "cli.py": "from glossary import __version__\nfrom glossary.dictionary import Glossary",
        "dictionary.py": "from glossary import store",
        "store.py": "import glossary.text",
        "text.py": "",
        "quotes.py": "from glossary.text import x",
        "scanner.py": "",
        "reports/__init__.py": "from glossary.reports import html",
        "reports/html.py": "from glossary.reports.lines import x",
        "reports/lines.py": "from ..text import x",
        "harvesting/__init__.py": "",
        "harvesting/annex.py": "from glossary.reports import html",
    }
    for path, text in planted.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert problems(graph_of(tmp_path)) == []
    (tmp_path / name).write_text(source, encoding="utf-8")
    found = problems(graph_of(tmp_path))
    assert any(says in problem for problem in found), found
