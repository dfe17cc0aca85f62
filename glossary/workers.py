"""Tasks over processes: a few in flight at a time, handed back in order or as they are finished."""

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
from multiprocessing.synchronize import Semaphore
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
    *,
    begin: Callable[[], object] | None = None,
    in_order: bool = False,
) -> Iterator[T]:
    """Yield what a task returns for each of the arguments, in their order or as they are finished.

    No more than two tasks a process are taken from `arguments` ahead, so what waits is bounded. `begin` is called once
    in each process.

    Raises:
        GlossaryError: a process was ended from outside, or none came to work.
    """
    waiting: list[Future[T]] = []
    # not forked: another thread of this process may hold a lock
    context = get_context("spawn")
    # no event: to ask one waits for a lock that a killed process may hold
    began = context.Semaphore(0)
    pool = ProcessPoolExecutor(workers, context, _begin, (began, begin))

    def finished() -> Iterator[T]:
        nonlocal waiting
        if in_order:
            done = [waiting.pop(0)]
        else:
            done = list(wait(waiting, return_when=FIRST_COMPLETED).done)
            waiting = [future for future in waiting if future not in done]
        return (future.result() for future in done)

    try:
        for each in arguments:
            waiting.append(pool.submit(task, *each))
            if len(waiting) >= 2 * workers:
                yield from finished()
        while waiting:
            yield from finished()
    except BrokenProcessPool:
        if began.acquire(block=False):
            why = (
                "a worker process was ended, perhaps for want of memory. "
                "Do the same again with fewer workers (processes)"
            )
        else:
            # each imports the script that it works for, and one that does its work on import starts workers again
            why = (
                "no worker process could begin; what it said stands above. "
                'Put what your script does under if __name__ == "__main__":'
            )
        raise GlossaryError(f"{why}. Finished parts of a large file or folder are kept.") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(began: Semaphore, begin: Callable[[], object] | None) -> None:
    """Set a process up: it ends with its parent, however that ends, and leaves Ctrl+C to it."""
    began.release()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    # Many records and no circles: looking for garbage was measured to take a seventh of the time.
    gc.set_threshold(100_000, 50, 100)
    if begin is not None:
        begin()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
