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

from ._problem import Problem
from ._result import Game, Record, Result
from ._rows import Field, Rows
from ._scenario import Scenario, open, text
from ._summitry import MODEL, __version__

__all__ = ["MODEL", "Field", "Game", "Problem", "Record", "Result", "Rows", "Scenario", "__version__", "open", "text"]
