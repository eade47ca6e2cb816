"""Games that others play: what an engine that hands out work needs, and nothing of any engine.

An engine is a function that calls a function for each of some arguments, anywhere and in any order, and yields the place
of each with its result. What is called here stands in this module, takes texts and numbers, and changes nothing but a
folder that it is handed.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from . import _summitry
from ._asked import Question
from ._progress import Progress, eye
from ._result import Result
from ._scenario import Scenario

Engine = Callable[[Callable[..., Any], Sequence[tuple[Any, ...]]], Iterable[tuple[int, Any]]]


def play(scenario: str, question: str, piece: str, threads: int) -> str:
    """Plays a piece of a question; what came of it. This is a task."""
    return _ready(scenario, question).piece(piece, threads)


@functools.lru_cache(maxsize=8)
def _ready(scenario: str, question: str) -> _summitry.Shared:
    return _summitry.Shared(_summitry.Scenario.text(scenario), question)


def play_part(folder: str, part: int, threads: int) -> None:
    """Plays a part of a batch that was planned in a folder, and keeps it there. This is a task."""
    _summitry.Planned.open(folder).play(part, threads, None)


def answer(scenario: Scenario, question: Question, engine: Engine, pieces: int, threads: int, progress: Progress) -> Result:
    """Asks a question and has its games played by an engine. Ctrl-C ends it with the answer of the first pieces."""
    asked = json.dumps(question)
    shared = _summitry.Shared(scenario._native, asked)
    text = shared.text()
    under_way = shared.begin(pieces)
    with eye(progress) as seen:
        try:
            while (wanted := under_way.wants()) is not None:
                arguments = [(text, asked, piece, threads) for piece, _ in wanted]
                for place, found in engine(play, arguments):
                    if not under_way.back(place, found):
                        break
                    if seen:
                        seen(*under_way.far())
        except KeyboardInterrupt as stopped:
            under_way.stop()
            while under_way.wants() is not None:
                pass
            try:
                return Result(under_way.answer())
            except RuntimeError:  # too little came back to say anything
                raise stopped from None
        return Result(under_way.answer())


def in_folder(planned: _summitry.Planned, folder: str, engine: Engine, threads: int, progress: Progress) -> Result:
    """Has the parts played that are missing; Ctrl-C ends it with those that are there."""
    missing, games = planned.missing()
    with eye(progress) as seen:
        try:
            for done in _parts(missing, games, folder, engine, threads):
                if seen:
                    seen(done, games)
        except KeyboardInterrupt as stopped:
            if len(planned.missing()[0]) == len(missing) and sum(n for _, n in missing) == games:
                raise stopped from None
    return Result(planned.answer())


def _parts(missing: list[tuple[int, int]], games: int, folder: str, engine: Engine, threads: int) -> Iterator[int]:
    done = games - sum(n for _, n in missing)
    for place, _ in engine(play_part, [(folder, part, threads) for part, _ in missing]):
        done += missing[place][1]
        yield done

