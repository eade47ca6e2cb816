"""One game as an environment: Gymnasium for one seat, PettingZoo for both.

What is seen, what may be done and what is gained are those of :func:`summitry.vec`; a game is the same in either. The action
is ``{"do": a place among the actions, "levels": a number from -1 to 1 for each lever}``; ``info["action_mask"]`` says which
actions are allowed, as ``action_space.sample(mask)`` takes it. Games are numbered: ``reset(seed=7)`` begins game 0 under seed 7, and each ``reset()`` after it the next
one; ``reset(options={"game": 12})`` begins that one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from ._problem import wrong
from ._scenario import Scenario
from ._vec import Vec

Seen = NDArray[np.float32]
Action = dict[str, Any]
Opponent = Callable[[Seen, NDArray[np.bool_]], Action]
"""What another player does: from what it sees and which actions it may take."""


def observation_space(games: Vec) -> spaces.Box:
    """The bounds of what is seen."""
    return spaces.Box(games.low, games.high, dtype=np.float32)


def action_space(games: Vec) -> spaces.Dict:
    """An action, and a number for each lever."""
    levels = spaces.Box(-1.0, 1.0, (games.levers,), np.float32)
    return spaces.Dict({"do": spaces.Discrete(len(games.actions)), "levels": levels})


class Numbered:
    """Which game is played: a seed begins at game 0, and each game after it is the next, unless one is named."""

    def __init__(self) -> None:
        self.seed, self.game = 0, -1

    def next(self, seed: int | None, options: dict[str, Any] | None) -> tuple[int, int]:
        """The seed and the number of the game that begins."""
        if seed is not None:
            self.seed, self.game = seed, -1
        self.game = (options or {}).get("game", self.game + 1)
        return self.seed, self.game


def info(games: Vec, party: int) -> dict[str, Any]:
    """What is known beside what is seen."""
    seen = games.seen(party)[0]
    out: dict[str, Any] = {
        "action_mask": {"do": games.allowed(party)[0].astype(np.int8), "levels": None},
        "total": games.total(games.parties[party], 0),
        "worth": float(seen[games.place("ask.worth")]),
        "waiting": float(seen[games.place("ask.waiting")]),
        "game": games.first,
    }
    end = games.end(0)
    if end is not None:
        out |= {"ending": end.ending, "totals": end.totals, "signed": end.signed}
    return out


class Negotiation(gymnasium.Env[Seen, Action]):
    """One seat of a scenario. ``opponent`` is None for the scenario's own strategy, the name or file of another, a list of
    such, of which each game has the next, or a function that decides for the other party.

    ``reward`` is ``"gained"``: the change of the own points at each decision, or ``"total"``: all of them at the end.
    """

    metadata: dict[str, Any] = {"render_modes": []}

    def __init__(
        self,
        scenario: Scenario,
        party: str,
        opponent: str | list[str] | Opponent | None = None,
        *,
        reward: str = "gained",
    ) -> None:
        if reward not in ("gained", "total"):
            raise wrong(f'reward is "gained" or "total", found {reward!r}')
        if party not in scenario.parties:
            raise wrong(f"there is no party {party!r}: {', '.join(scenario.parties)}")
        other = next(name for name in scenario.parties if name != party)
        self._reward = reward
        self._opponent = opponent if callable(opponent) else None
        held = [party, other] if self._opponent else [party]
        names = [opponent] if isinstance(opponent, str) else opponent if isinstance(opponent, list) else []
        scenarios = [scenario.seat(other, name) for name in names] or [scenario]
        self._pool = [Vec(scenario, held) for scenario in scenarios]
        self._numbered = Numbered()
        self.games = self._pool[0]
        self.observation_space = observation_space(self.games)
        self.action_space = action_space(self.games)

    def reset(self, *, seed: int | None = None, options: dict[str, Any] | None = None) -> tuple[Seen, dict[str, Any]]:
        """Begins a game."""
        super().reset(seed=seed)
        begins, game = self._numbered.next(seed, options)
        self.games = self._pool[game % len(self._pool)]
        self.games.reset(begins, game)
        self._others_turn()
        return self._seen(), info(self.games, 0)

    def step(self, action: Action) -> tuple[Seen, float, bool, bool, dict[str, Any]]:
        """Decides, and goes on to the next decision or to the end."""
        if self._numbered.game < 0 or self.games.over[0]:
            raise wrong("the game is over, or has not begun: call reset")
        self.games.step(action["do"], action["levels"])
        gained = float(self.games.gained(0)[0])
        gained += self._others_turn()
        over = bool(self.games.over[0])
        if self._reward == "total":
            gained = self.games.total(self.games.parties[0], 0) if over else 0.0
        return self._seen(), gained, over, False, info(self.games, 0)

    def _seen(self) -> Seen:
        return self.games.seen(0)[0].copy()

    def _others_turn(self) -> float:
        """The other party decides while it is asked; what the seat gained meanwhile."""
        gained = 0.0
        while self._opponent is not None and self.games.asks[0] == 1:
            action = self._opponent(self.games.seen(1)[0], self.games.allowed(1)[0])
            self.games.step(action["do"], action["levels"])
            gained += float(self.games.gained(0)[0])
        return gained
