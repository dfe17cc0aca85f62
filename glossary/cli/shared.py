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
    "INPUT",
    "JSON",
    "OUTPUT",
    "YEAR",
    "Output",
    "bar",
    "command",
    "commands",
    "counted",
    "harvest_files",
    "one_of",
    "open_glossary",
    "print_json",
    "progress",
    "show_help",
    "write",
]


class Output(click.Path):
    """A file to write, or a folder if it may be, which must be none of what a command reads.

    `suffixes` are those that the name of a file may have; by default any.
    """

    def __init__(self, *suffixes: str, folder: bool = False) -> None:
        super().__init__(path_type=Path)
        self.suffixes = suffixes
        self.folder = folder

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Turn what was typed into a path, and refuse one whose name says that it is something else."""
        path = Path(value)
        # /dev/stdout and pipes have what names they have, and folders where there should be files are told later
        if not path.exists() or path.is_file():
            fits = path.suffix.lower() in self.suffixes
            if str(value).endswith(("/", os.sep)):
                if not self.folder or fits:
                    self.fail(f"{value}: is the name of a folder. Name a file.", param, ctx)
            elif self.suffixes and not fits and (not self.folder or path.suffix or path.exists()):
                folder = ", or name a folder" if self.folder else ""
                ends = f"the name must end with {' or '.join(self.suffixes)}{folder}."
                self.fail(f"{value}: {ends}", param, ctx)
        return super().convert(value, param, ctx)


INPUT = click.Path(path_type=Path)
OUTPUT = Output()
YEAR = click.IntRange(1, 9999)
FILES = click.argument("files", nargs=-1, required=True, type=INPUT, metavar="FILE…")
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
GLOSSARY = click.option(
    "--glossary",
    "glossary_path",
    type=INPUT,
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
    show_help(context)


def show_help(context: click.Context) -> None:
    """Print the help of a group that is called without a command."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def command(name: str, group: click.Group = commands) -> Callable[[F], click.Command]:
    """Register a command whose output may meet a closed pipe or a full disk."""

    def register(function: F) -> click.Command:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                _keep_apart(click.get_current_context())
                return function(*args, **kwargs)
            except BrokenPipeError:
                # the reader (head, less) has gone: not an error
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return 0
            except OSError as error:
                if error.filename is not None:
                    name = click.format_filename(error.filename)
                    raise GlossaryError(
                        f"{name}: cannot be read or written ({error.strerror}). Check the path."
                    ) from None
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise GlossaryError(
                    f"the output cannot be written ({error.strerror}). Print it to another place."
                ) from None
            except UnicodeEncodeError:
                raise GlossaryError("a file name is not in UTF-8. Rename the file.") from None

        return group.command(name)(run)

    return register


def _keep_apart(context: click.Context) -> None:
    """Refuse to write over what the command reads, or twice to one file, by whatever links it is named."""
    read: list[Path] = []
    written: list[Path] = []
    for param in context.command.params:
        if isinstance(param.type, click.Path):
            given = context.params[param.name or ""]
            named = given if isinstance(given, tuple) else (given,)
            (written if isinstance(param.type, Output) else read).extend(filter(None, named))
    for n, path in enumerate(written):
        if any(_same(path, other) for other in read):
            raise GlossaryError(f"{path}: is what the command reads. Name another file to write.")
        if any(_same(path, other) for other in written[:n]):
            raise GlossaryError(f"{path}: would be written twice. Name two files.")


def _same(one: Path, other: Path) -> bool:
    """Tell if two paths lead to one ordinary file, or would if there were one."""
    try:
        if one.exists() and other.exists():
            return one.is_file() and one.samefile(other)
        return one.resolve() == other.resolve()
    except (OSError, RuntimeError):
        # what leads nowhere is told when it is opened
        return False


def one_of(**given: object) -> None:
    """Refuse options that exclude one another.

    Raises:
        UsageError: several of them are given.
    """
    named = [f"--{name}" for name, value in given.items() if value]
    if len(named) > 1:
        raise click.UsageError(f"{' and '.join(named)} exclude one another. Give one of them.")


def counted(number: int, noun: str, several: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "entry", "entries"), counted(0, "row")
    ('1 entry', '0 rows')
    """
    return f"{number} {noun if number == 1 else several or f'{noun}s'}"


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
