"""Sphinx projects for tests: a copy of one under `roots/`, other documents in it, built once or several times."""

import posixpath
import re
import shutil
from pathlib import Path

from lxml import html
from sphinx.testing.util import SphinxTestApp
from sphinx.util.inventory import InventoryFile

ROOTS = Path(__file__).parent / "roots"
_COLOURS = re.compile("\x1b\\[[0-9;]*m")


class Site:
    """A project that was built: its pages, its warnings, and which documents were read."""

    def __init__(self, app, read):
        self.app = app
        self.read = read
        self.out = Path(app.outdir)
        self.warnings = _COLOURS.sub("", app.warning.getvalue())

    def text(self, name):
        return (self.out / name).read_text(encoding="utf-8")

    def page(self, name="index.html"):
        return html.fromstring(self.text(name))

    def mentions(self, name="index.html"):
        return self.page(name).xpath("//span[contains(@class, 'policy-mention')]")

    def inventory(self):
        """Return the names of the inventory by type, each with its address."""
        with (self.out / "objects.inv").open("rb") as stream:
            found = InventoryFile.load(stream, "", posixpath.join)
        return {
            type: {name: item.uri if hasattr(item, "uri") else item[2] for name, item in items.items()}
            for type, items in found.items()
        }


class Sites:
    """Builds projects in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder

    def __call__(self, root, documents=None, builder="html", *, conf=None, **options):
        """Build a project with other documents; what is called again with the same root is built again.

        A document that is `None` is removed.
        """
        source = self.folder / root
        if not source.exists():
            shutil.copytree(ROOTS / f"test-{root}", source)
        for name, text in (documents or {}).items():
            if text is None:
                (source / name).unlink()
            else:
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                (source / name).write_text(text, encoding="utf-8")
        app = SphinxTestApp(builder, srcdir=source, confoverrides=conf, **options)
        read = []
        try:
            app.connect("source-read", lambda app, docname, content: read.append(docname))
            app.build()
        finally:
            app.cleanup()
        return Site(app, sorted(read))


def texts(nodes):
    """Return what each element says, on one line."""
    return [" ".join(node.text_content().split()) for node in nodes]
