"""Questions whose games Dask plays on other machines: ``pip install summitry[dask]``.

>>> import summitry, summitry.dask
>>> story = summitry.open("stockholm-2025")
>>> here = story.batch(2_000, seed=7)
>>> if __name__ == "__main__":                         # Dask's own processes read this file once more
...     there = summitry.dask.batch(story, 2_000, seed=7)
...     assert there.digest == here.digest

Each function asks what the method of :class:`summitry.Scenario` of its name asks, takes what that takes, and finds the same
to the last digit, whoever played which games in whatever order, whoever was lost and whoever came meanwhile. Beside that:

``client``
    Your own :class:`distributed.Client`; its workers need this package, of the same model. Without one, processes on this
    machine are started, on the loopback interface alone, and ended.
``pieces``
    Into how many pieces the games are cut, about. A piece is lost with its worker, and costs some milliseconds.
``threads``
    How many threads a piece is played on: 1, as a worker takes as many pieces as it has threads.
``retries``
    How often a piece is tried again that raised an exception. One whose worker was lost is played again anyway, unless
    that happens as often as Dask allows (its ``distributed.scheduler.allowed-failures``).

Ctrl-C cancels what is under way and gives the answer of the first pieces; it says so (``stopped``). Files that a question
names (strategies, moments) are read by the workers too, under the same names; the scenario goes along.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from distributed import Client, LocalCluster, as_completed

from . import _asked, _shared, _summitry, _written
from ._problem import wrong
from ._progress import Progress
from ._result import Result
from ._scenario import Scenario
from ._written import Over

LEAST = 16_384
"""Games of a piece of a batch, at least, where nothing is said: they take longer than it takes to hand them out."""
MOST = 1_000_000
"""And at most: so much is lost with a worker."""
FEW = 10_000
"""Games of a piece of a study, at most, each of which is played in many cells."""


def batch(
    scenario: Scenario,
    games: int = 20_000,
    *,
    seed: int = 0,
    out: str | os.PathLike[str] | None = None,
    rows: str | None = None,
    client: Client | None = None,
    pieces: int | None = None,
    threads: int = 1,
    retries: int = 3,
    progress: Progress = None,
) -> Result:
    """As :meth:`summitry.Scenario.batch`.

    With ``out``, a folder that all workers see, each piece is a file there, and the same call goes on with what is there;
    it is the folder of ``summitry plan``, and ``shard``, ``missing`` and ``merge`` work on it. With ``rows`` (``parquet``,
    ``csv`` or ``ndjson``) each worker leaves the rows of its games there too.
    """
    if out is None and rows is not None:
        raise wrong("rows are written by the workers, into a folder that all of them see: name it with out=")
    question = _asked.batch(games, seed=seed)
    with running(client) as (engine, cores):
        asked = engine(retries)
        if out is None:
            return _shared.answer(scenario, question, asked, _some(pieces, games, cores), threads, progress)
        folder = os.path.abspath(out)
        several = None if pieces is None else _written.count("pieces", pieces)
        planned = _summitry.Planned(scenario._native, folder, question["games"], question["seed"], several, rows)
        return _shared.in_folder(planned, folder, asked, threads, progress)


def sweep(scenario: Scenario, over: Over = None, *, client: Client | None = None, **asked: Any) -> Result:
    """As :meth:`summitry.Scenario.sweep`: a piece is some of the games, at all points."""
    return _study(scenario, _asked.sweep, over, client, asked)


def tournament(
    scenario: Scenario, strategies: Iterable[str] | str | None = None, *, client: Client | None = None, **asked: Any
) -> Result:
    """As :meth:`summitry.Scenario.tournament`: a piece is some of the games, of all pairs."""
    return _study(scenario, _asked.tournament, strategies, client, asked)


def sensitivity(scenario: Scenario, over: Over = None, *, client: Client | None = None, **asked: Any) -> Result:
    """As :meth:`summitry.Scenario.sensitivity`: a piece is some of the points, or of the games of one batch."""
    return _study(scenario, _asked.sensitivity, over, client, asked)


def tune(scenario: Scenario, over: Over = None, *, client: Client | None = None, **asked: Any) -> Result:
    """As :meth:`summitry.Scenario.tune`: a piece is some games of one candidate.

    Generations follow one another, and each is cut into ``pieces``: so there is no more to do at a time than one of them,
    and it pays where a generation plays for seconds. The best is judged here.
    """
    return _study(scenario, _asked.tune, over, client, asked)


def _study(
    scenario: Scenario, question: Callable[..., _asked.Question], of: Any, client: Client | None, asked: dict[str, Any]
) -> Result:
    usual = {"pieces": None, "threads": 1, "retries": 3, "progress": None}
    how = {name: asked.pop(name, value) for name, value in usual.items()}
    document = question(of, **asked)
    with running(client) as (engine, cores):
        pieces = _some_of_study(how["pieces"], document["games"] or 0, cores)
        return _shared.answer(scenario, document, engine(how["retries"]), pieces, how["threads"], how["progress"])


def _some(pieces: int | None, games: int, cores: int) -> int:
    """How many pieces: several for each core, so that all are done at about the same time."""
    if pieces is not None:
        return _written.count("pieces", pieces)
    games = _written.whole("games", games)
    return max(1, min(max(8 * cores, -(-games // MOST)), games // LEAST or 8 * cores))


def _some_of_study(pieces: int | None, games: int, cores: int) -> int:
    """The same where each game is played in many cells, or at many points."""
    return max(8 * cores, games // FEW) if pieces is None else _written.count("pieces", pieces)


Hands = Callable[[int], _shared.Engine]


@contextmanager
def running(client: Client | None) -> Iterator[tuple[Hands, int]]:
    """An engine, by how often it tries again, and how many pieces it plays at a time; a cluster of its own where there is
    no client."""
    if client is not None:
        yield (lambda retries: _engine(client, retries)), _cores(client)
        return
    cores = os.cpu_count() or 1
    with (
        LocalCluster(
            n_workers=cores, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
        ) as cluster,
        Client(cluster) as own,
    ):
        yield (lambda retries: _engine(own, retries)), cores


def _cores(client: Client) -> int:
    return max(1, sum(client.nthreads().values()))


def _engine(client: Client, retries: int) -> _shared.Engine:
    def engine(task: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        places: dict[Any, int] = {}
        left = enumerate(arguments)

        def submitted(n: int) -> list[Any]:
            out = []
            for place, words in itertools.islice(left, n):
                future = client.submit(task, *words, pure=False, retries=retries)
                places[future.key] = place
                out.append(future)
            return out

        # A few for each core that there is now: the scheduler holds little, and whoever joins finds work.
        under_way = as_completed(submitted(max(256, 4 * _cores(client))))
        try:
            for future in under_way:
                place, found = places.pop(future.key), future.result()
                future.release()
                under_way.update(submitted(1))
                yield place, found
        finally:
            client.cancel(list(under_way.futures))

    return engine
