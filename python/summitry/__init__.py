"""Agent-based negotiation games, seeded and reproducible.

>>> import summitry
>>> story = summitry.open("stockholm-2025")
>>> batch = story.batch(games=1_000, seed=7)
>>> batch.digest.startswith("p2:")
True
>>> 0 < batch.shares.deal.share < 1
True

What a call gives is the document that ``summitry ... --format json`` prints, with its fields as attributes; the same
scenario, seed and games give the same digest as the program, on any machine and any number of threads.
"""

from typing import TYPE_CHECKING

from ._bargaining import Bargaining, bargaining
from ._problem import Problem
from ._result import Game, Record, Result
from ._rows import Field, Rows
from ._scenario import Scenario, open, text
from ._signs import signs
from ._summitry import MODEL, __version__

if TYPE_CHECKING:
    from . import _vec



def vec(scenario: Scenario, parties: "str | list[str]", n: int = 1, *, autoreset: str = "off") -> "_vec.Vec":
    """Many games of a scenario stepped at once, for a learner: see :class:`summitry._vec.Vec`. It needs NumPy.

    One game as an environment of Gymnasium or PettingZoo stands in :mod:`summitry.env` and :mod:`summitry.zoo`.
    """
    from . import _vec

    return _vec.Vec(scenario, parties, n, autoreset=autoreset)


__all__ = [
    "MODEL",
    "Bargaining",
    "Field",
    "Game",
    "Problem",
    "Record",
    "Result",
    "Rows",
    "Scenario",
    "__version__",
    "bargaining",
    "open",
    "signs",
    "text",
    "vec",
]
