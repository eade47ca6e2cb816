"""A sign table, asked of the scenario that it names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from . import _summitry, _written
from ._progress import Progress, eye
from ._result import Result


def signs(
    table: str | os.PathLike[str],
    changes: Mapping[str, Any] | None = None,
    *,
    games: int = 20_000,
    seed: int = 0,
    threads: int | None = None,
    progress: Progress = None,
) -> Result:
    """Whether the model answers changes as a reader who knows the subject expects: the verdict on each row of a table.

    The table is a file, or one of the program by its name: ``studies/signs``. ``changes`` are made in its scenario first, in
    every row; ``games`` are played of each cell.
    """
    asked = _written.count("games", games, 2), _written.number("seed", seed), _written.threads(threads)
    with eye(progress) as seen:
        return Result(_summitry.signs(os.fspath(table), _written.sets(changes), *asked, seen))
