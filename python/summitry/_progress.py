"""How far the games have come: a line in a notebook, `tqdm` where it is there, or a function of the caller's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Union

Progress = Union[None, bool, Callable[[int, int], Any]]
"""None: shown in notebooks only. True or False: shown or not. A function: called with the games played, and those that
are to be played in all or 0 where that is not known, about ten times a second and at the end; what it raises stops the
games."""

Eye = Callable[[int, int], Any]


@contextmanager
def eye(progress: Progress) -> Iterator[Eye | None]:
    """What is told of the games as they are played."""
    if callable(progress):
        yield progress
        return
    if progress is False or progress is None and not in_notebook():
        yield None
        return
    shown = bar() or Line()
    try:
        yield shown.tell
    finally:
        shown.close()


def in_notebook() -> bool:
    shell = sys.modules.get("IPython")
    found = shell.get_ipython() if shell is not None else None
    return type(found).__name__ == "ZMQInteractiveShell"


class Line:
    """A line on standard error that is written over."""

    def __init__(self) -> None:
        self.width = 0

    def tell(self, done: int, total: int) -> None:
        of = f" of {total:,} ({done / total:.0%})" if total else ""
        text = f"{done:,}{of} games"
        sys.stderr.write("\r" + text.ljust(self.width))
        sys.stderr.flush()
        self.width = len(text)

    def close(self) -> None:
        sys.stderr.write("\r" + " " * self.width + "\r")
        sys.stderr.flush()


class Bar:
    """A bar of tqdm."""

    def __init__(self, tqdm: Any) -> None:
        self.bar = tqdm(unit=" games", leave=False)

    def tell(self, done: int, total: int) -> None:
        self.bar.total = total or None
        self.bar.n = done
        self.bar.refresh()

    def close(self) -> None:
        self.bar.close()


def bar() -> Bar | None:
    try:
        from tqdm.auto import tqdm  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ImportError:
        return None
    return Bar(tqdm)
