"""A scenario, and what can be asked of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from typing import Any

from . import _asked, _summitry, _written
from ._progress import Progress, eye
from ._result import Game, Result
from ._rows import Rows
from ._written import Over

def open(path: str | os.PathLike[str]) -> Scenario:
    """Opens a scenario file, or one of the program by its name: ``stockholm-2025``.

    Raises:
        Problem: it cannot be read, or something in it is wrong: every problem, with its line.
    """
    return Scenario(_summitry.Scenario.open(os.fspath(path)))


def text(written: str) -> Scenario:
    """Opens a scenario written as text, which extends no file."""
    return Scenario(_summitry.Scenario.text(written))


class Scenario:
    """A scenario that was read and checked: this can be played.

    In every question ``seed`` (0 to 2**64 - 1) is the seed of all chance and ``threads`` how many threads play, at most as
    many as the machine runs side by side, which is what None means; neither threads nor machine change a result. The
    interpreter's lock is free while games are played, and Ctrl-C stops them. ``progress`` is None (a line in notebooks),
    True, False, or a function of the games played and those to be played.
    """

    def __init__(self, native: _summitry.Scenario) -> None:
        self._native = native

    def __repr__(self) -> str:
        return f"<summitry scenario: {self.title!r}, hash={self.hash!r}>"

    @property
    def title(self) -> str:
        """What the story is called."""
        return self._native.title

    @property
    def hash(self) -> str:
        """Names the scenario as it is played, whatever its comments and order."""
        return self._native.hash

    @property
    def parties(self) -> list[str]:
        """The two parties by their short names, which paths and measures begin with."""
        return self._native.parties

    @property
    def levers(self) -> list[str]:
        """The levers by their keys in the file."""
        return self._native.levers

    def set(self, changes: Mapping[str, Any] | str, value: Any = None) -> Scenario:
        """The scenario with fields changed: ``set("parties.us.goal.patience", 0.997)``, or several at once as a mapping.

        A path is one that ``summitry fields`` lists. A text is read as it would stand after ``--set PATH=``:
        ``boulware``, ``Uniform(low: 0, high: 1)``.
        """
        named = {changes: value} if isinstance(changes, str) else changes
        return Scenario(self._native.changed(_written.sets(named), []))

    def seat(self, party: str, strategy: str) -> Scenario:
        """The scenario in which a party plays by another strategy: one known by name, or in a file of its own."""
        return Scenario(self._native.changed([], [(party, strategy)]))

    def _answer(self, question: _asked.Question, threads: int | None, progress: Progress) -> Result:
        threads = _written.threads(threads)
        with eye(progress) as seen:
            return Result(self._native.asked(json.dumps(question), threads, seen))

    def batch(self, games: int = 20_000, *, seed: int = 0, threads: int | None = None, progress: Progress = None) -> Result:
        """Many games, and how they end: ``outcomes``, ``shares`` and ``metrics`` by name, ``digest``.

        A share is of games, 0 to 1, with its 95 % interval ``low`` and ``high``; a metric has ``mean``, ``sd`` and
        quantiles ``p05`` to ``p95`` in its own unit, over ``count`` games.
        """
        return self._answer(_asked.batch(games, seed=seed), threads, progress)

    def run(self, game: int = 0, *, seed: int = 0) -> Game:
        """One game by its number, told: the same as in any batch of its seed. ``print(game)`` tells it in English."""
        return Game(*self._native.run(_written.number("game", game), _written.number("seed", seed)))

    def rows(self, games: int = 20_000, *, seed: int = 0, threads: int | None = None, progress: Progress = None) -> Rows:
        """Many games, a row each, for pandas, Polars, DuckDB and whoever else reads Arrow; some 800 bytes a game."""
        asked = _written.count("games", games), _written.number("seed", seed), _written.threads(threads)
        with eye(progress) as seen:
            return Rows(self._native.rows(*asked, seen))

    def compare(
        self,
        variants: Mapping[str, Scenario | Mapping[str, Any]],
        *,
        measures: Iterable[str] | str | None = None,
        games: int = 20_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """The same games of this scenario and of variants, by their names: what differs, variant less base.

        A variant is a scenario, or changes of this one: ``{"patient": {"parties.us.goal.patience": 0.997}}``. Each
        difference has its standard error ``se`` and 95 % interval, in the measure's unit; ``flips`` counts the games that
        end otherwise. ``measures`` may ask for expressions too: ``us.share > 0.5``.
        """
        named = [(name, (v if isinstance(v, Scenario) else self.set(v))._native) for name, v in variants.items()]
        asked = _written.count("games", games, 2), _written.number("seed", seed), _written.threads(threads)
        with eye(progress) as seen:
            return Result(self._native.compare(named, _written.words(measures), *asked, seen))

    def sweep(
        self,
        over: Over = None,
        *,
        measures: Iterable[str] | str | None = None,
        design: str = "grid",
        points: int | None = None,
        design_seed: int = 1,
        games: int = 4_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """How the answers change along paths: the same games at every point of a design.

        ``over`` adds to the paths that the file itself names. ``design`` is ``grid``, ``paired``, ``lhs`` or ``sobol``;
        ``points`` how many points (64 where None; in a grid, how many values of each range, 5), ``games`` how many games
        at each.
        """
        question = _asked.sweep(over, measures=measures, design=design, points=points, design_seed=design_seed, games=games, seed=seed)
        return self._answer(question, threads, progress)

    def odds(
        self,
        game: int = 0,
        *,
        seen_by: str | None = None,
        futures: int = 2_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """How the odds of every ending moved in one game, round by round, from so many futures after each; and what
        turned them. ``seen_by`` is a party, or None for the truth."""
        asked = _written.count("futures", futures), _written.number("seed", seed), _written.threads(threads)
        with eye(progress) as seen:
            return Result(self._native.odds(_written.number("game", game), seen_by, *asked, seen))

    def score(
        self,
        questions: str | os.PathLike[str],
        *,
        games: int = 10_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """How good a forecast the games are of dated questions with known answers, which stand in a file: Brier, log, CRPS
        and RPS beside a base rate; less is better."""
        asked = _written.count("games", games), _written.number("seed", seed), _written.threads(threads)
        with eye(progress) as seen:
            return Result(self._native.score(os.fspath(questions), *asked, seen))

    def tournament(
        self,
        strategies: Iterable[str] | str | None = None,
        *,
        games: int = 10_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """Every strategy on each side against every strategy on the other, ``games`` games of each pair on the same luck.

        Strategies are names, files, or a folder of files; all that are built in where None. Payoffs are each side's own
        points.
        """
        question = _asked.tournament(strategies, games=games, seed=seed)
        return self._answer(question, threads, progress)

    def sensitivity(
        self,
        over: Over = None,
        *,
        within: float | None = None,
        only: Iterable[str] | str | None = None,
        measures: Iterable[str] | str | None = None,
        method: str = "sobol",
        samples: int | None = None,
        pairs: int | None = None,
        design_seed: int = 1,
        games: int | None = None,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """Which inputs drive an answer: every number that is drawn, and those of ``over``.

        ``method`` is ``sobol`` (shares of the variance), ``morris`` (a screening with few points) or ``given`` (from one
        batch of games). ``within`` varies every number of judgement too, by such a share of itself (0.2 is a fifth up and
        down); ``only`` keeps inputs whose path holds a word. ``samples`` are rows of Sobol (64 where None) or walks of
        Morris (20); ``games`` how many at each point (400 where None), or of the batch (20 000). ``measures`` is ``deal``
        where None.
        """
        question = _asked.sensitivity(
            over,
            within=within,
            only=only,
            measures=measures,
            method=method,
            samples=samples,
            pairs=pairs,
            design_seed=design_seed,
            games=games,
            seed=seed,
        )
        return self._answer(question, threads, progress)

    def ablation(
        self,
        measures: Iterable[str] | str | None = None,
        *,
        games: int = 20_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """What each mechanism is for: each is switched off in turn, and ``games`` games are held against the same with it on.

        ``measures`` are a few that tell most where None.
        """
        asked = _written.count("games", games, 2), _written.number("seed", seed), _written.threads(threads)
        with eye(progress) as seen:
            return Result(self._native.ablation(_written.words(measures), *asked, seen))

    def discover(
        self,
        question: str,
        *,
        only: Iterable[str] | str | None = None,
        boxes: int = 2,
        games: int = 20_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """Where a yes comes from: boxes of inputs in which it is frequent, and a small tree, judged on other games than those
        they were found on.

        ``question`` is a measure such as ``truce_lapsed``, or an expression such as ``not deal``. ``only`` keeps inputs whose
        path holds a word; ``boxes`` is how many at most.
        """
        among = question, _written.words(only), _written.count("boxes", boxes)
        asked = _written.count("games", games, 2), _written.number("seed", seed), _written.threads(threads)
        with eye(progress) as seen:
            return Result(self._native.discover(*among, *asked, seen))

    def tune(
        self,
        over: Over = None,
        *,
        maximise: str | None = None,
        minimise: str | None = None,
        target: tuple[str, float] | None = None,
        fit: str | os.PathLike[str] | None = None,
        side: str | None = None,
        against: Iterable[str] | str | None = None,
        worst: bool = False,
        quantile: float | None = None,
        penalties: Iterable[str] | str | None = None,
        tries: int = 200,
        held_out: int | None = None,
        games: int = 4_000,
        seed: int = 0,
        threads: int | None = None,
        progress: Progress = None,
    ) -> Result:
        """Which values of some paths bring most of what is sought: CMA-ES, with blind search beside it at the same budget.

        One of ``maximise`` and ``minimise`` (a measure or an expression), ``target`` (a measure and its value) and ``fit``
        (a file of moments) says what is sought. ``over`` adds to the paths that the file itself names. The budget is
        ``tries`` candidates of ``games`` games each; the best is judged on ``held_out`` other games, as many where None:
        ``best.values`` and ``best.held_out``, whose ``difference`` is the gain over the scenario as written, in the
        measure's unit.
        """
        question = _asked.tune(
            over,
            maximise=maximise,
            minimise=minimise,
            target=target,
            fit=fit,
            side=side,
            against=against,
            worst=worst,
            quantile=quantile,
            penalties=penalties,
            tries=tries,
            held_out=held_out,
            games=games,
            seed=seed,
        )
        return self._answer(question, threads, progress)
