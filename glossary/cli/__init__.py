"""The `glossary` command: harvest, annotate, appendix, lookup, search, pinyin, build, export, import, corpus, validate, stats."""

from __future__ import annotations

import sys

import click

# what registers the commands
from glossary.cli import corpora, data, exchange, reports, words  # noqa: F401
from glossary.cli.shared import commands
from glossary.errors import GlossaryError

__all__ = ["main"]


def main() -> None:
    """Run the command; an error is one line on standard error and exit status 1."""
    _set_streams()
    try:
        code = commands.main(prog_name="glossary", standalone_mode=False)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _fail(error.format_message())
    except GlossaryError as error:
        _fail(str(error))
    sys.exit(code if isinstance(code, int) else 0)


def _set_streams() -> None:
    """Print UTF-8: a Windows console in another code page must not turn hanzi into an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _fail(message: str) -> None:
    print(f"glossary: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(1)
