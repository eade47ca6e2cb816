"""Questions as documents, as they are handed to others who play: see :mod:`summitry.dask`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

from . import _written
from ._written import Over

Question = dict[str, Any]


def batch(games: int = 20_000, *, seed: int = 0) -> Question:
    """How games end."""
    return {"ask": "batch", "games": _written.count("games", games), "seed": _written.number("seed", seed)}


def sweep(
    over: Over = None,
    *,
    measures: Iterable[str] | str | None = None,
    design: str = "grid",
    points: int | None = None,
    design_seed: int = 1,
    games: int = 4_000,
    seed: int = 0,
) -> Question:
    """How answers change along paths."""
    return {
        "ask": "sweep",
        "over": _written.over(over),
        "measures": _written.words(measures),
        "design": design,
        "points": _written.some("points", points),
        "design_seed": _written.number("design_seed", design_seed),
        "games": _written.count("games", games, 2),
        "seed": _written.number("seed", seed),
    }


def tournament(strategies: Iterable[str] | str | None = None, *, games: int = 10_000, seed: int = 0) -> Question:
    """Who plays best."""
    return {
        "ask": "tournament",
        "strategies": _written.words(strategies),
        "games": _written.count("games", games, 2),
        "seed": _written.number("seed", seed),
    }


def sensitivity(
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
) -> Question:
    """What drives an answer."""
    return {
        "ask": "sensitivity",
        "over": _written.over(over),
        "within": within,
        "only": _written.words(only),
        "measures": _written.words(measures),
        "method": method,
        "samples": _written.some("samples", samples, 2),
        "pairs": _written.some("pairs", pairs, 2),
        "design_seed": _written.number("design_seed", design_seed),
        "games": _written.some("games", games, 2),
        "seed": _written.number("seed", seed),
    }


def tune(
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
) -> Question:
    """Which values bring most of what is sought."""
    return {
        "ask": "tune",
        "over": _written.over(over),
        "aims": aims(maximise, minimise, target, fit),
        "side": side,
        "against": _written.words(against),
        "worst": worst,
        "quantile": quantile,
        "penalties": _written.words(penalties),
        "tries": _written.count("tries", tries),
        "held_out": _written.some("held_out", held_out),
        "games": _written.count("games", games),
        "seed": _written.number("seed", seed),
    }


def aims(
    maximise: str | None,
    minimise: str | None,
    target: tuple[str, float] | None,
    fit: str | os.PathLike[str] | None,
) -> list[tuple[str, str, float]]:
    """What is sought: what is to be done, of what, and a value where that needs one."""
    named = [("maximise", maximise), ("minimise", minimise), ("fit", None if fit is None else os.fspath(fit))]
    found = [(aim, of, 0.0) for aim, of in named if of is not None]
    if target is not None:
        found.append(("target", target[0], float(target[1])))
    return found
