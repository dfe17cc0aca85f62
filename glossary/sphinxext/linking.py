"""References that are made before they are resolved: of Sphinx's own role `term`, and of terms of running text."""

from __future__ import annotations

from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from glossary.sphinxext.directives import firsts, linked
from glossary.sphinxext.domain import PolicyDomain
from glossary.sphinxext.nodes import widget

__all__ = ["LINKED", "AutoLink", "StandardTerms"]

_RUNNING = (nodes.paragraph, nodes.line, nodes.attribution)
# What is a link already, or is there to be read letter by letter.
_APART = (
    nodes.reference,
    addnodes.pending_xref,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.raw,
    nodes.Invisible,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.problematic,
    widget,
)
# Entries link what they name as related; an author may set a class on what should stay as it is.
_LEFT = frozenset(("policy-entries", "policy-passage", "policy-off"))

# What the setting may be for terms to be linked at all.
LINKED = ("first", "all")

# To YAML a bare `off` is false.
_OFF = ("off", "False", False)


class StandardTerms(SphinxPostTransform):
    """Makes `:term:` and `:any:` show a definition as `:policy:term:` does, where nothing else has the name."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Take over the references to names that the entries have."""
        domain = cast("PolicyDomain", self.env.domains["policy"])
        for reference in self.document.findall(addnodes.pending_xref):
            role = (reference.get("refdomain") or "std", reference["reftype"])
            # `:external:term:` asks for another project's
            if reference.get("intersphinx") or not domain.is_ours(reference["reftarget"]):
                continue
            if role == ("std", "term") or (
                role == ("std", "any") and self._is_nothing_else(reference["reftarget"])
            ):
                reference["refdomain"], reference["reftype"] = "policy", "term"

    def _is_nothing_else(self, name: str) -> bool:
        """Tell whether no label, document or other object of Sphinx has a name, for which `any` would stand, too."""
        standard = self.env.domains.standard_domain
        return (
            name.lower() not in standard.anonlabels
            and name not in self.env.found_docs
            and not any((kind, name) in standard.objects for kind in standard.object_types if kind != "term")
        )


class AutoLink(SphinxPostTransform):
    """Makes the terms of running text references, as `glossary_autolink` says: "first" in a document, or "all"."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Link the terms of the document."""
        how = self.env.config.glossary_autolink
        if how not in LINKED or self.env.metadata[self.env.docname].get("glossary-autolink") in _OFF:
            return
        domain = cast("PolicyDomain", self.env.domains["policy"])
        glossary = domain.terms.glossary
        seen: set[str] = set()
        if how == "first":
            # what an author links counts; what an entry links as related doesn't
            for reference in self.document.findall(addnodes.pending_xref):
                entry = (
                    glossary.lookup(reference["reftarget"])
                    if reference.get("refdomain") == "policy" and not _is_within(reference, "policy-entries")
                    else None
                )
                if entry:
                    seen.add(entry.headword)
        for text in list(self.document.findall(nodes.Text)):
            if not _is_running(text):
                continue
            mentions = glossary.annotate(str(text)).mentions
            chosen = list(firsts(mentions, seen)) if how == "first" else list(mentions)
            if chosen:
                text.parent.replace(text, linked(str(text), chosen))


def _is_within(node: nodes.Node, name: str) -> bool:
    """Tell whether a node stands in one that has a class."""
    parent = node.parent
    while parent is not None:
        if name in parent.get("classes", ()):
            return True
        parent = parent.parent
    return False


def _is_running(text: nodes.Text) -> bool:
    """Tell whether a text is part of a paragraph, and no name, heading, code or link."""
    running = False
    node = text.parent
    while node is not None:
        if isinstance(node, _APART) or not _LEFT.isdisjoint(node.get("classes", ())):
            return False
        running = running or isinstance(node, _RUNNING)
        node = node.parent
    return running
