"""A row a game, handed to other libraries without a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from . import _summitry


class Field(NamedTuple):
    """What a column is."""

    name: str
    holds: str
    """``yes or no``, ``whole number``, ``number``, ``date``, ``name`` or ``digest``."""
    unit: str
    """What it is counted in; empty where there is nothing to count."""
    about: str
    games: str | None
    """The games in which it has a value; all of them where this is None."""


class Rows:
    """A row a game, in columns that lie in memory as Arrow's do: how each game ended, every measure, every event counted,
    every number drawn, by its path. Whoever reads Arrow by the PyCapsule interface takes them as they are:

    ``polars.DataFrame(rows)``, ``pyarrow.table(rows)``, ``pandas.DataFrame.from_arrow(rows)``, and in DuckDB
    ``SELECT .. FROM rows``.
    """

    def __init__(self, native: _summitry.Rows) -> None:
        self._native = native

    def __len__(self) -> int:
        """How many games."""
        return len(self._native)

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("rows are read as columns: polars.DataFrame(rows), pyarrow.table(rows)")

    def __repr__(self) -> str:
        return f"<summitry rows: {len(self):,} games, {len(self.fields)} columns, digest={self.digest!r}>"

    @property
    def fields(self) -> list[Field]:
        """Name, type, unit and meaning of each column."""
        return [Field(*told) for told in self._native.fields()]

    @property
    def digest(self) -> str:
        """Names what happened in all games: the batch's digest."""
        return self._native.digest

    @property
    def seed(self) -> int:
        """The seed they were played with."""
        return self._native.seed

    def __arrow_c_schema__(self) -> object:
        return self._native.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._native.__arrow_c_stream__(requested_schema)
