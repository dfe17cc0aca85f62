"""A Sphinx extension: a domain of policy terms, with search that finds what people type.

`glossary_path` names the glossary (a compiled file, a term file, a folder of them, a list of headwords; relative to
the folder of `conf.py`); without it the shipped one is taken. `glossary_autolink` is "off", "first" or "all".
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from glossary.sphinxext.domain import PolicyDomain

__all__ = ["setup"]


def _find_glossary(app: Sphinx, config: Config) -> None:
    """Make the path of the glossary absolute."""
    from sphinx.errors import ConfigError

    path = config.glossary_path
    if path and not isinstance(path, str | Path):
        # Sphinx only warns of a wrong type, and not until the path has been used
        raise ConfigError(f"glossary_path is {path!r}: write the path of a glossary as a string.")
    if path:
        config.glossary_path = str(Path(app.confdir, path).resolve())


def _open_glossary(app: Sphinx) -> None:
    """Open the glossary before anything is read, so that a mistake in the settings is told once and first."""
    from sphinx.errors import ConfigError

    from glossary.errors import GlossaryError

    path = app.config.glossary_path
    if path and not Path(path).exists():
        raise ConfigError(
            f"glossary_path: {path} is neither a file nor a folder. Name a term file (.toml) or a folder of them, a compiled "
            "glossary, or a list of headwords (.txt), relative to the folder of conf.py."
        )
    try:
        len(_domain(app.env).terms.glossary)
    except GlossaryError as error:
        where = path or "the shipped glossary"
        said = str(error)
        raise ConfigError(f"glossary_path: {said if where in said else f'{where}: {said}'}") from None


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Have documents read again that showed something of a glossary that has changed."""
    domain = _domain(env)
    if domain.data["state"] == domain.terms.state:
        return ()
    domain.data["state"] = domain.terms.state
    return _users(env)


def _users(env: BuildEnvironment) -> set[str]:
    """Return the documents that show something of the glossary."""
    from glossary.sphinxext.linking import LINKED

    return env.found_docs if env.config.glossary_autolink in LINKED else set(_domain(env).data["users"])


def _missing(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Resolve `:term:` by any written form of a term."""
    if node.get("refdomain") != "std" or node["reftype"] != "term":
        return None
    docname = node.get("refdoc", env.docname)
    return _domain(env).resolve_xref(env, docname, app.builder, "term", node["reftarget"], node, contnode)


def _nowhere(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.Element | None:
    """Show a term that is written out neither here nor in another project."""
    if node["reftype"] not in ("term", "any") or node.get("refdomain") not in ("policy", "std", "", None):
        return None
    return _domain(env).without_link(node, contnode)


def _unname(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    _domain(env).unname_in_standard()


def _name(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Name the entries, and have what links to them written again where one has moved to another document."""
    domain = _domain(env)
    domain.name_in_standard()
    homes = domain.homes()
    if homes == domain.data["homes"]:
        return ()
    domain.data["homes"] = homes
    return _users(env)


def _warn_of_unknown(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say which terms are like the one that the glossary hasn't."""
    from glossary.sphinxext.directives import unknown
    from glossary.sphinxext.warnings import Subtype, warn

    if domain is None or domain.name != "policy":
        return None
    warn(Subtype.UNKNOWN, unknown(_domain(app.env), node["reftarget"]), node)
    return True


def _domain(env: BuildEnvironment) -> PolicyDomain:
    return cast("PolicyDomain", env.domains["policy"])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    from sphinx.config import ENUM

    from glossary import __version__
    from glossary.sphinxext import directives, indices
    from glossary.sphinxext.assets import add_assets, add_folder, add_of_page, write_data
    from glossary.sphinxext.domain import PolicyDomain
    from glossary.sphinxext.language import PolicyChinese, PolicyChineseElsewhere
    from glossary.sphinxext.linking import AutoLink, StandardTerms
    from glossary.sphinxext.nodes import setup_nodes

    app.add_config_value("glossary_path", None, "env", (str, Path, type(None)))
    app.add_config_value("glossary_autolink", "off", "env", ENUM("off", "first", "all", False))
    setup_nodes(app)
    app.add_domain(PolicyDomain)
    for directive, how in (
        ("annotate", directives.AnnotateDirective),
        ("annotator", directives.AnnotatorDirective),
        ("entry", directives.EntryDirective),
        ("list", directives.ListDirective),
        ("search", directives.SearchDirective),
    ):
        app.add_directive_to_domain("policy", directive, how)
    for index in (indices.PinyinIndex, indices.KindIndex, indices.SourceIndex, indices.YearIndex):
        app.add_index_to_domain("policy", index)
    app.add_post_transform(StandardTerms)
    app.add_post_transform(AutoLink)
    app.add_search_language(PolicyChinese)
    app.add_search_language(PolicyChineseElsewhere)
    app.connect("config-inited", _find_glossary)
    app.connect("config-inited", add_folder)
    app.connect("builder-inited", _open_glossary)
    app.connect("builder-inited", add_assets, priority=600)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-before-read-docs", _unname)
    app.connect("env-updated", _name)
    # before and after the inventories of other projects
    app.connect("missing-reference", _missing, priority=400)
    app.connect("missing-reference", _nowhere, priority=900)
    app.connect("warn-missing-reference", _warn_of_unknown)
    app.connect("html-page-context", add_of_page)
    app.connect("build-finished", write_data)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
