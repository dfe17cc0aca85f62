"""What pages need in the browser: the scripts and styles of the extension, and data files made of the glossary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from glossary.render.terms import KIND_LABELS
from glossary.sphinxext.browser.files import folding_data, script
from glossary.sphinxext.browser.matching import matching_data, words_data
from glossary.sphinxext.browser.search import index_data
from glossary.sphinxext.domain import PolicyDomain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ["add_assets", "add_folder", "add_of_page", "write_data"]

STATIC = Path(__file__).parent / "static"


def add_folder(app: Sphinx, config: Config) -> None:
    """Have the folder of scripts and styles copied to the site, before it is seen whether the settings have changed."""
    config.html_static_path = [*config.html_static_path, str(STATIC)]


def add_assets(app: Sphinx) -> None:
    """Have every HTML page load the scripts and styles; data files are loaded when they are wanted."""
    if app.builder.format != "html":
        return
    app.add_css_file("policy.css")
    # before any page is written: Sphinx puts the check sum of what it finds there into the address
    _write(app, {"folding": folding_data()})
    # a browser keeps data files as long as their state is the same
    state: dict[str, Any] = {"data-state": cast("PolicyDomain", app.env.domains["policy"]).terms.state}
    shown: dict[str, Any] = {"data-kinds": json.dumps(dict(KIND_LABELS), ensure_ascii=False)}
    if not _is_one_page(app):
        shown["data-search"] = app.builder.get_target_uri("search")
    for name, told in (("policy-text.js", state), ("policy-search.js", {}), ("policy.js", shown)):
        app.add_js_file(name, loading_method="defer", **told)


def add_of_page(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Have a page load what it alone needs."""
    if pagename == "search":
        # Sphinx's search asks for words as soon as the page is there
        app.add_js_file("policy-folding.js", loading_method="defer")
    annotators = cast("PolicyDomain", app.env.domains["policy"]).data["annotators"]
    if pagename in annotators or (annotators and _is_one_page(app)):
        app.add_js_file("policy-match.js", loading_method="defer")
        app.add_js_file("policy-annotator.js", loading_method="defer")


def _is_one_page(app: Sphinx) -> bool:
    """Tell whether all documents are written on one page, which has no page for search beside it."""
    return app.builder.name == "singlehtml"


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the data files beside the scripts."""
    if exception is not None or app.builder.format != "html":
        return
    domain = cast("PolicyDomain", app.env.domains["policy"])
    glossary = domain.terms.glossary
    pages = {
        # in a site of one page the address of a document is a place on it
        headword: f"{app.config.root_doc}.html" if _is_one_page(app) else app.builder.get_target_uri(docname)
        for headword, docname in domain.homes().items()
        if headword in glossary
    }
    # who annotates a text is told of every term, wherever it stands
    entries = glossary if domain.data["annotators"] else {headword: glossary[headword] for headword in pages}
    data = {"index": index_data(entries, pages)}
    if domain.data["annotators"]:
        data |= {"matching": matching_data(glossary), "words": words_data()}
    _write(app, data)


def _write(app: Sphinx, data: dict[str, Any]) -> None:
    target = Path(app.outdir) / "_static"
    target.mkdir(parents=True, exist_ok=True)
    for name, content in data.items():
        (target / f"policy-{name}.js").write_text(script(name, content), encoding="utf-8")
