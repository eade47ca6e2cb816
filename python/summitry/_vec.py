"""Games side by side for a learner, as NumPy arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _summitry, _written
from ._problem import wrong
from ._scenario import Scenario


@dataclass(frozen=True)
class Entry:
    """One of the numbers that a seat sees."""

    name: str
    unit: str
    low: float
    high: float
    about: str


@dataclass(frozen=True)
class End:
    """What a game came to."""

    ending: str
    """The way it ended, as documents name it."""
    totals: dict[str, float]
    """What each party has, in points."""
    signed: dict[str, float] | None
    """The level of each lever in the deal that the game is named after, if there is one."""
    signed_round: int | None
    """The round in which it was signed, from 0."""


class Vec:
    """Many games stepped at once, each stopped where a party that is held from outside has to decide.

    ``parties`` are those, and ``n`` how many games. All games are in the same round: in each step the games that ask take a
    choice, and all go on to where at least one asks again. What is chosen for a game that does not ask is not looked at.

    With ``autoreset="off"`` a game that is over stays so until ``reset``; with ``"next-step"`` the step after the one in
    which the last game ended begins the next ``n`` games, whatever is chosen in it.
    """

    def __init__(self, scenario: Scenario, parties: str | Iterable[str], n: int = 1, *, autoreset: str = "off") -> None:
        if autoreset not in ("off", "next-step"):
            raise wrong(f'autoreset is "off" or "next-step", found {autoreset!r}')
        self.scenario = scenario
        self.parties = _written.words(parties)
        self.n = _written.count("n", n)
        self.autoreset = autoreset
        self._native = scenario._native.vector(self.parties, self.n)
        self.version, layout = self._native.layout()
        self.layout = [Entry(*entry) for entry in layout]
        actions, self.levers = self._native.actions()
        self.actions = [name for name, _ in actions]
        self.meanings = dict(actions)
        self.low = np.array([entry.low for entry in self.layout], np.float32)
        self.high = np.array([entry.high for entry in self.layout], np.float32)
        self._at = {entry.name: place for place, entry in enumerate(self.layout)}
        self.seed, self.first = 0, 0

    def place(self, name: str) -> int:
        """The place of a number that is seen, by its name."""
        if name not in self._at:
            raise wrong(f"nothing that is seen is called {name!r}: the layout lists all")
        return self._at[name]

    def action(self, name: str) -> int:
        """The place of an action, by its name."""
        if name not in self.meanings:
            raise wrong(f"there is no action {name!r}: {', '.join(self.actions)}")
        return self.actions.index(name)

    def reset(self, seed: int | None = None, first: int | None = None, mask: ArrayLike | None = None) -> None:
        """Begins games: from this number on, under this seed; those of before where left out.

        ``mask`` says which of them are to begin, as vector environments do: here all of them begin together, as all are in
        the same round, so it must name all, or none, which does nothing.
        """
        if mask is not None and not np.asarray(mask, bool).all():
            if np.asarray(mask, bool).any():
                raise wrong("games side by side are in the same round, and begin together: reset all of them, or none")
            return
        self.seed = self.seed if seed is None else _written.number("seed", seed)
        self.first = self.first if first is None else _written.number("first", first)
        self._native.begin(self.seed, self.first)

    def step(self, actions: ArrayLike, levels: ArrayLike | None = None) -> None:
        """An action for each game by its place, and for each of its levers a number from -1 to 1 (0 where left out).

        An action that is not allowed is left to the strategy that stands in, and counted.
        """
        if self.autoreset == "next-step" and self.over.all():
            return self.reset(first=self.first + self.n)
        chosen = np.ascontiguousarray(np.broadcast_to(np.asarray(actions, np.int64), (self.n,)))
        shape = (self.n, self.levers)
        moved = np.zeros(shape, np.float32) if levels is None else np.asarray(levels, np.float32)
        moved = np.ascontiguousarray(np.broadcast_to(moved, shape))
        self._native.step(chosen.tobytes(), moved.tobytes())
        return None

    @property
    def asks(self) -> NDArray[np.int8]:
        """The party that is asked in each game, by its place among ``parties``; -1 where the game waits or is over."""
        return np.frombuffer(self._native.asks(), np.int8)

    @property
    def over(self) -> NDArray[np.bool_]:
        """Which games are over."""
        return np.frombuffer(self._native.over(), np.bool_)

    def seen(self, party: int = 0) -> NDArray[np.float32]:
        """What a party last saw in each game: ``n`` rows of the layout's numbers."""
        return np.frombuffer(self._native.seen(self._party(party)), np.float32).reshape(self.n, len(self.layout))

    def allowed(self, party: int = 0) -> NDArray[np.bool_]:
        """Which actions a party may take in each game that asks it."""
        return np.frombuffer(self._native.allowed(self._party(party)), np.bool_).reshape(self.n, len(self.actions))

    def gained(self, party: int = 0) -> NDArray[np.float32]:
        """What a party has gained since it was last asked, in points, where it is asked now or the game has just ended."""
        return np.frombuffer(self._native.gained(self._party(party)), np.float32)

    def _party(self, party: int) -> int:
        if not 0 <= party < len(self.parties):
            raise wrong(f"{len(self.parties)} of the parties are held, and there is no place {party} among them")
        return party

    def total(self, party: str, game: int) -> float:
        """What a party has in a game so far, or had at its end, in points."""
        found = self._native.total(party, game)
        if found is None:
            raise wrong(f"there is no party {party!r}, or no game {game} among {self.n}")
        return found

    def end(self, game: int) -> End | None:
        """What a game came to; None while it is played."""
        found = self._native.end(game)
        if found is None:
            return None
        ending, totals, signed = found
        named = dict(zip(self.scenario.parties, totals, strict=True))
        if signed is None:
            return End(ending, named, None, None)
        return End(ending, named, dict(zip(self.scenario.levers, signed[1], strict=True)), signed[0])

    @property
    def count(self) -> dict[str, int]:
        """Decisions that were used, turns that games waited through, and decisions that were not allowed."""
        return dict(zip(("decisions", "waited", "not_allowed"), self._native.count(), strict=True))

    def save(self) -> Any:
        """Where all games stand, for ``restore``, here or in a fork of the same scenario, parties and ``n``."""
        return self._native.save(), self.seed, self.first

    def restore(self, saved: Any) -> None:
        """Goes on from where games stood."""
        stood, self.seed, self.first = saved
        self._native.restore(stood)
