"""What the commands have in common: the group, options, output, progress, and opening what they are given."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from glossary import __version__
from glossary.errors import GlossaryError

if TYPE_CHECKING:
    from glossary.dictionary import Glossary
    from glossary.model import Harvest

__all__ = [
    "FILES",
    "GLOSSARY",
    "JSON",
    "bar",
    "command",
    "commands",
    "harvest_files",
    "open_glossary",
    "print_json",
    "progress",
    "write",
]

FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
GLOSSARY = click.option(
    "--glossary",
    "glossary_path",
    type=click.Path(path_type=Path),
    help="A compiled file, a term file (.toml), a folder of them, a list of headwords (.txt), "
    "or what can be imported (.tbx, .csv, .jsonl). "
    "Default: the built-in glossary.",
)
F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
)
@click.version_option(__version__, "-V", "--version", prog_name="policy-glossary")
@click.pass_context
def commands(context: click.Context) -> None:
    """Read Chinese policy reports, harvest the terms they explain, and annotate any text with them."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def command(name: str, group: click.Group = commands) -> Callable[[F], click.Command]:
    """Register a command whose output may meet a closed pipe or a full disk."""

    def register(function: F) -> click.Command:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except BrokenPipeError:
                # the reader (head, less) has gone: not an error
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return 0
            except OSError as error:
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise GlossaryError(f"the output cannot be written ({error.strerror}).") from None
            except UnicodeEncodeError:
                raise GlossaryError("a file name is not in UTF-8. Rename the file.") from None

        return group.command(name)(run)

    return register


def print_json(row: dict[str, Any]) -> None:
    """Print one object on a line of its own."""
    import msgspec

    click.echo(msgspec.json.encode(row).decode())


def progress(items: Sequence[T], label: str) -> Iterator[T]:
    """Go through things with a progress bar on a terminal, and none in a pipe."""
    if len(items) < 4:
        yield from items
        return
    from tqdm import tqdm

    yield from tqdm(items, desc=label, unit="file", disable=None, leave=False)


def bar(items: Iterable[T], label: str, total: int) -> Iterator[T]:
    """Go through the steps of a long build as `progress` goes through files."""
    from tqdm import tqdm

    yield from tqdm(items, desc=label, total=total, unit="", disable=None, leave=False, delay=1)


def harvest_files(files: Sequence[Path]) -> Iterator[tuple[Path, Harvest]]:
    """Yield what is harvested from each report, with its path."""
    from glossary.harvesting import harvest
    from glossary.reports import read

    for path in progress(files, "harvest"):
        yield path, harvest(read(path))


def write(path: Path, text: str) -> None:
    """Write a file whole, or leave what was there."""
    from glossary.store import write_whole

    # the name of a file, which ids are made of, need be no UTF-8
    write_whole(path, text.encode("utf-8", "replace"))


def open_glossary(path: Path | None) -> Glossary:
    """Open the glossary that `--glossary` names, or the built-in one."""
    from glossary.builtin import load
    from glossary.dictionary import Glossary

    return Glossary.open(path) if path else load()
