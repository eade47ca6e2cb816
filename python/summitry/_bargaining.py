"""Bargaining on its own, with no world around it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from . import _summitry, _written
from ._progress import Progress, eye
from ._result import Result


def bargaining(path: str | os.PathLike[str], changes: Mapping[str, Any] | None = None) -> Bargaining:
    """Opens a file of bargaining on its own, or one of the program by its name: ``theory/two-issues``.

    Raises:
        Problem: it cannot be read, something in it is wrong, or it is a scenario with a world, which ``open`` opens.
    """
    return Bargaining(_summitry.Bargaining.open(os.fspath(path), _written.sets(changes)))


class Bargaining:
    """Bargaining on its own that was read and checked: this can be played."""

    def __init__(self, native: _summitry.Bargaining) -> None:
        self._native = native

    def __repr__(self) -> str:
        return f"<summitry bargaining: {self.title!r}, hash={self.hash!r}>"

    @property
    def title(self) -> str:
        """What the story is called."""
        return self._native.title

    @property
    def hash(self) -> str:
        """Names it as it is played, whatever its comments and order."""
        return self._native.hash

    def batch(self, games: int = 20_000, *, seed: int = 0, threads: int | None = None, progress: Progress = None) -> Result:
        """Many games, and how they end: ``outcomes`` and ``metrics`` by name, ``digest``."""
        asked = _written.count("games", games), _written.number("seed", seed), _written.threads(threads)
        with eye(progress) as seen:
            return Result(self._native.batch(*asked, seen))

    def run(self, game: int = 0, *, seed: int = 0) -> Result:
        """One game by its number, offer by offer."""
        return Result(self._native.run(_written.number("game", game), _written.number("seed", seed)))
