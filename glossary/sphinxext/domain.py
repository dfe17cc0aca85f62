"""The domain `policy`: where each entry of the glossary stands in the documentation, and references to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from glossary.conversions import traditional
from glossary.model import Entry
from glossary.render.terms import one_line
from glossary.sphinxext.anchors import anchor, in_address
from glossary.sphinxext.nodes import mention
from glossary.sphinxext.terms import Terms
from glossary.sphinxext.timeline import decades
from glossary.sphinxext.view import mention_of
from glossary.sphinxext.warnings import Subtype, warn
from glossary.variants import owners

if TYPE_CHECKING:
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

__all__ = ["PolicyDomain"]


class PolicyDomain(Domain):
    """Terms of policy texts.

    `data["entries"]` maps a headword to the documents that write it out, `data["users"]` are the documents that show
    anything of the glossary, `data["annotators"]` those with a place to annotate in, `data["state"]` is the state of
    the glossary when they were read, `data["named"]` what the domain `std` has been told of the entries, and
    `data["homes"]` where links to them led when the documents were written.
    """

    name = "policy"
    label = "政策词语"
    object_types = {"term": ObjType("词条", "term", searchprio=-1)}
    roles = {"term": XRefRole(innernodeclass=nodes.inline, warn_dangling=True)}
    initial_data = {
        "entries": {},
        "users": set(),
        "annotators": set(),
        "state": "",
        "named": {},
        "homes": {},
    }
    data_version = 3

    @cached_property
    def terms(self) -> Terms:
        """The glossary of the project."""
        return Terms(self.env.config.glossary_path)

    @cached_property
    def years(self) -> tuple[int, int] | None:
        """The years between which all timelines lie."""
        return decades(self.terms.glossary.values())

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """By headword, all names under which a reference finds it: declared variants, forms, and all of it in 繁体.

        Only what differs by width, blanks or quotation marks is left to look-up.
        """
        glossary = self.terms.glossary
        names: dict[str, list[str]] = {headword: [headword] for headword in glossary}
        for form, entry, _ in owners(glossary):
            names[entry.headword].append(form.text)
        for entry in glossary.values():
            # one that entries have in common leads where a look-up leads
            names[entry.headword] += (each for each in entry.variants if self._leads(each, entry))
        for headword, found in names.items():
            written = (traditional(name, how) for name in found[:] for how in ("s2t", "s2tw"))
            found += (name for name in written if name not in found and self._leads(name, glossary[headword]))
        return {
            # a line of an inventory is one name
            headword: [
                name
                for name in dict.fromkeys(map(one_line, found))
                if name == headword or name not in glossary
            ]
            for headword, found in names.items()
        }

    def _leads(self, name: str, entry: Entry) -> bool:
        found = self.terms.glossary.lookup(name)
        return found is not None and found.headword == entry.headword

    def note_use(self) -> None:
        """Note that the document that is being read shows something of the glossary."""
        self.data["users"].add(self.env.docname)

    def note_annotator(self) -> None:
        """Note that the document that is being read has a place to annotate in."""
        self.data["annotators"].add(self.env.docname)

    def note_entry(self, entry: Entry, location: nodes.Node) -> None:
        """Note that the document that is being read writes an entry out, under all its names."""
        docname = self.env.docname
        places: list[str] = self.data["entries"].setdefault(entry.headword, [])
        if docname not in places:
            places.append(docname)
        if len(places) > 1:
            self._warn_of_two(entry.headword, places, location)

    def name_in_standard(self) -> None:
        """Tell the domain `std` all names of the entries, for its role `term` and for other projects.

        This is done when all documents have been read, and undone before any is read again: a term of Sphinx's own
        `glossary` directive stays what it is, and the order of reading doesn't matter.
        """
        objects = self.env.domains.standard_domain.objects
        for name, headword, docname in self._named():
            if ("term", name) not in objects:
                self.data["named"][name] = objects["term", name] = (docname, anchor(headword))

    def is_ours(self, name: str) -> bool:
        """Tell whether a name in the domain `std` is one of those that it has been told of the entries."""
        place = self.data["named"].get(name)
        return place is not None and self.env.domains.standard_domain.objects.get(("term", name)) == place

    def unname_in_standard(self) -> None:
        """Take back what `name_in_standard` told."""
        objects = self.env.domains.standard_domain.objects
        for name in filter(self.is_ours, self.data["named"]):
            del objects["term", name]
        self.data["named"] = {}

    def _named(self) -> Iterator[tuple[str, str, str]]:
        """Yield every name of every entry that is written out, with its headword and document."""
        for headword, docname in self.homes().items():
            for name in self._names.get(headword, ()):
                yield name, headword, docname

    def _warn_of_two(
        self, headword: str, places: Iterable[str], location: nodes.Node | str | None = None
    ) -> None:
        warn(
            Subtype.DUPLICATE,
            f"{headword} is written out in several documents: {', '.join(sorted(places))}. "
            "Links lead to the first; give the other lists the option :no-index:.",
            location,
        )

    def home_of(self, headword: str) -> str | None:
        """Return the document to which a link to an entry leads; `None` where no document writes it out."""
        return min(self.data["entries"].get(headword, ()), default=None)

    def homes(self) -> dict[str, str]:
        """Return the documents of all entries that are written out, by headword."""
        return {headword: min(places) for headword, places in sorted(self.data["entries"].items())}

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note a document whose references show something of the glossary."""
        for reference in document.findall(addnodes.pending_xref):
            if reference.get("refdomain") == "policy" or (
                reference.get("reftype") in ("term", "any")
                and self.terms.glossary.lookup(reference["reftarget"]) is not None
            ):
                self.data["users"].add(docname)
                return

    def clear_doc(self, docname: str) -> None:
        """Forget what a document had."""
        self.data["users"].discard(docname)
        self.data["annotators"].discard(docname)
        for headword, places in list(self.data["entries"].items()):
            if docname in places:
                places.remove(docname)
                if not places:
                    del self.data["entries"][headword]

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process has read."""
        for name in ("users", "annotators"):
            self.data[name] |= otherdata[name] & docnames
        for headword, places in otherdata["entries"].items():
            known: list[str] = self.data["entries"].setdefault(headword, [])
            new = [docname for docname in places if docname in docnames and docname not in known]
            known += new
            if new and len(known) > len(new):
                self._warn_of_two(headword, known, new[0])

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Resolve a reference by any written form of a term that some document writes out."""
        entry = self.terms.glossary.lookup(target)
        home = self.home_of(entry.headword) if entry else None
        if entry is None or home is None:
            return None
        shown = mention_of(entry, node.get("definition"))
        to = anchor(entry.headword)
        if builder.format == "html":
            to = in_address(to)
        link = make_refnode(builder, fromdocname, home, to, contnode, shown["definition"])
        if builder.name == "singlehtml":
            # there the address of a document is a place itself, which Sphinx 9 no longer takes out
            link.attributes.pop("refuri", None)
            link["refid"] = to
        shown += link
        # an inline node round the reference, which is what the caller puts in place
        return shown  # type: ignore[return-value]

    def without_link(self, node: addnodes.pending_xref, contnode: nodes.Element) -> mention | None:
        """Return a reference to a term that no document writes out: a mention without a link."""
        entry = self.terms.glossary.lookup(node["reftarget"])
        if entry is None:
            return None
        shown = mention_of(entry, node.get("definition"))
        shown += contnode
        return shown

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: addnodes.pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve a reference of the role `any`, unless the domain `std` does."""
        if ("term", target.lower()) in env.domains.standard_domain.objects:
            return []
        found = self.resolve_xref(env, fromdocname, builder, "term", target, node, contnode)
        return [("policy:term", found)] if found else []

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield every name of every entry that is written out, for the inventory."""
        for name, headword, docname in self._named():
            yield name, name, "term", docname, anchor(headword), -1
