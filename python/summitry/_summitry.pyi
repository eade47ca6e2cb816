"""The engine as Python sees it. The package `summitry` stands above it and is what is documented."""

from collections.abc import Callable
from typing import Any, Optional

MODEL: int
"""The number of the model: it rises when the same file and seed give other games."""
__version__: str

_Eye = Optional[Callable[[int, int], Any]]

class Answer:
    """What was found."""

    def json(self) -> str:
        """The document as JSON."""

    def charts(self) -> str | None:
        """Its charts as one page of HTML, where its kind has charts."""

class Rows:
    """Rows of a batch."""

    @property
    def digest(self) -> str: ...
    @property
    def seed(self) -> int: ...
    def __len__(self) -> int: ...
    def fields(self) -> list[tuple[str, str, str, str, str | None]]:
        """Name, type, unit, meaning and games of each column."""

    def holders(self) -> int:
        """How many hold these rows, themselves among them: what was handed out and not given back."""

    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...

class Stood:
    """Where games stood."""

class Vector:
    """Games side by side with seats held from outside, as bytes that arrays are made of."""

    def layout(self) -> tuple[str, list[tuple[str, str, float, float, str]]]: ...
    def actions(self) -> tuple[list[tuple[str, str]], int]: ...
    def begin(self, seed: int, first: int) -> None: ...
    def step(self, choices: bytes, levels: bytes) -> None: ...
    def asks(self) -> bytes: ...
    def over(self) -> bytes: ...
    def seen(self, party: int) -> bytes: ...
    def allowed(self, party: int) -> bytes: ...
    def gained(self, party: int) -> bytes: ...
    def total(self, party: str, game: int) -> float | None: ...
    def end(self, game: int) -> tuple[str, tuple[float, float], tuple[int, list[float]] | None] | None: ...
    def count(self) -> tuple[int, int, int]: ...
    def save(self) -> Stood: ...
    def restore(self, stood: Stood) -> None: ...

class Scenario:
    """A scenario that was checked, and what can be asked of it."""

    @staticmethod
    def open(path: str) -> Scenario: ...
    @staticmethod
    def text(text: str) -> Scenario: ...
    def changed(self, sets: list[str], seats: list[tuple[str, str]]) -> Scenario: ...
    @property
    def title(self) -> str: ...
    @property
    def hash(self) -> str: ...
    @property
    def parties(self) -> list[str]: ...
    @property
    def levers(self) -> list[str]: ...
    def vector(self, parties: list[str], games: int) -> Vector: ...
    def batch(self, games: int, seed: int, threads: int | None, eye: _Eye) -> Answer: ...
    def rows(self, games: int, seed: int, threads: int | None, eye: _Eye) -> Rows: ...
    def run(self, game: int, seed: int) -> tuple[Answer, str]: ...
    def compare(
        self,
        variants: list[tuple[str, Scenario]],
        measures: list[str],
        games: int,
        seed: int,
        threads: int | None,
        eye: _Eye,
    ) -> Answer: ...
    def sweep(
        self,
        over: list[str],
        measures: list[str],
        design: str,
        points: int | None,
        design_seed: int,
        games: int,
        seed: int,
        threads: int | None,
        eye: _Eye,
    ) -> Answer: ...
    def odds(self, game: int, seen_by: str | None, futures: int, seed: int, threads: int | None, eye: _Eye) -> Answer: ...
    def score(self, questions: str, games: int, seed: int, threads: int | None, eye: _Eye) -> Answer: ...
    def sensitivity(
        self,
        over: list[str],
        within: float | None,
        only: list[str],
        measures: list[str],
        method: str,
        samples: int | None,
        pairs: int | None,
        design_seed: int,
        games: int | None,
        seed: int,
        threads: int | None,
        eye: _Eye,
    ) -> Answer: ...
    def ablation(self, measures: list[str], games: int, seed: int, threads: int | None, eye: _Eye) -> Answer: ...
    def discover(
        self, question: str, only: list[str], boxes: int, games: int, seed: int, threads: int | None, eye: _Eye
    ) -> Answer: ...
    def tune(
        self,
        over: list[str],
        aims: list[tuple[str, str, float]],
        side: str | None,
        against: list[str],
        worst: bool,
        quantile: float | None,
        penalties: list[str],
        tries: int,
        held_out: int | None,
        games: int,
        seed: int,
        threads: int | None,
        eye: _Eye,
    ) -> Answer: ...
    def tournament(self, strategies: list[str], games: int, seed: int, threads: int | None, eye: _Eye) -> Answer: ...

class Bargaining:
    """Bargaining on its own that was checked."""

    @staticmethod
    def open(path: str, sets: list[str]) -> Bargaining: ...
    @property
    def title(self) -> str: ...
    @property
    def hash(self) -> str: ...
    def batch(self, games: int, seed: int, threads: int | None, eye: _Eye) -> Answer: ...
    def run(self, game: int, seed: int) -> Answer: ...

def signs(table: str, sets: list[str], games: int, seed: int, threads: int | None, eye: _Eye) -> Answer: ...
class Shared:
    """A question that others play."""

    def __init__(self, scenario: Scenario, question: str) -> None: ...
    def text(self) -> str:
        """The scenario as one text that needs no other."""

    def piece(self, piece: str, threads: int | None) -> str:
        """Plays a piece; what came of it."""

    def begin(self, pieces: int) -> Asked:
        """Asks, to have the games played in so many pieces."""

class Asked:
    """A question that was asked, and is under way."""

    def wants(self) -> list[tuple[str, int]] | None:
        """The pieces that are wanted next, each with how many games it is; none when the answer is found."""

    def back(self, place: int, text: str) -> bool:
        """Hands back what came of a piece; false where no more is wanted."""

    def stop(self) -> None:
        """Hands back no more: the answer is of the first pieces."""

    def far(self) -> tuple[int, int]:
        """How many games came back, and how many there are in all, or 0."""

    def answer(self) -> Answer: ...

class Planned:
    """A batch in parts, in a folder."""

    def __init__(
        self, scenario: Scenario, folder: str, games: int, seed: int, parts: int | None, rows: str | None
    ) -> None: ...
    @staticmethod
    def open(folder: str) -> Planned: ...
    def missing(self) -> tuple[list[tuple[int, int]], int]:
        """The parts that are not there yet, each with how many games it is; and how many games there are in all."""

    def play(self, part: int, threads: int | None, eye: _Eye) -> None: ...
    def answer(self) -> Answer: ...
