"""Tasks over processes: a few in flight at a time, finished ones handed back as they come."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from typing import Any, TypeVar

from glossary.errors import GlossaryError

__all__ = ["over_processes", "processors", "shown"]

T = TypeVar("T")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def shown(total: int, done: int, unit: str, progress: bool) -> Iterator[Callable[[int], object]]:
    """Show a progress bar on a terminal, and none in a pipe; yield what advances it."""
    from tqdm import tqdm

    with tqdm(total=total, initial=done, unit=unit, disable=None if progress else True, leave=False) as bar:
        yield bar.update


def over_processes(
    task: Callable[..., T],
    arguments: Iterator[tuple[Any, ...]],
    workers: int,
) -> Iterator[T]:
    """Yield what a task returns for each of the arguments, as they are finished.

    No more than two tasks a process are taken from `arguments` ahead, so what waits is bounded.

    Raises:
        GlossaryError: a process was ended from outside.
    """
    waiting: set[Future[T]] = set()
    # not forked: another thread of this process may hold a lock
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    try:
        for each in arguments:
            waiting.add(pool.submit(task, *each))
            if len(waiting) >= 2 * workers:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    except BrokenProcessPool:
        raise GlossaryError(
            "a worker process was ended, perhaps for want of memory. What is finished is kept: "
            "call the same command again, with fewer --workers."
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Set a process up: it ends with its parent, however that ends, and leaves Ctrl+C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # Many records and no circles: looking for garbage was measured to take a seventh of the time.
    gc.set_threshold(100_000, 50, 100)


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
