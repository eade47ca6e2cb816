"""One game with both seats held from outside, for PettingZoo: in turns (AEC), or all at once (parallel).

What is seen and done is what :mod:`summitry.env` says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from gymnasium import spaces
from pettingzoo import AECEnv, ParallelEnv

from ._scenario import Scenario
from ._vec import Vec
from .env import Action, Numbered, Seen, action_space, info, observation_space


class Both:
    """Both parties of a scenario as agents."""

    def _seat(self, scenario: Scenario) -> None:
        self.games = Vec(scenario, scenario.parties)
        self.possible_agents = list(scenario.parties)
        self.agents: list[str] = []
        self._numbered = Numbered()
        self.observation_spaces = {agent: observation_space(self.games) for agent in self.possible_agents}
        self.action_spaces = {agent: action_space(self.games) for agent in self.possible_agents}
        self.render_mode = None

    def observation_space(self, agent: str) -> spaces.Space[Any]:
        """The bounds of what an agent sees."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Space[Any]:
        """What an agent may do."""
        return self.action_spaces[agent]

    def _begin(self, seed: int | None, options: dict[str, Any] | None) -> None:
        self.games.reset(*self._numbered.next(seed, options))
        self.agents = list(self.possible_agents)


class Turns(Both, AECEnv[str, Seen, Action]):
    """In turns: whoever has to decide is asked."""

    metadata: dict[str, Any] = {"render_modes": [], "name": "summitry_v1", "is_parallelizable": False}

    def __init__(self, scenario: Scenario) -> None:
        super().__init__()
        self._seat(scenario)

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Begins a game."""
        self._begin(seed, options)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self._look()

    def _look(self) -> None:
        self.infos = {agent: info(self.games, place) for place, agent in enumerate(self.possible_agents)}
        asked = int(self.games.asks[0])
        if asked >= 0:
            self.agent_selection = self.possible_agents[asked]

    def observe(self, agent: str) -> Seen:
        """What an agent saw when it was last asked, or at the end."""
        return self.games.seen(self.possible_agents.index(agent))[0].copy()

    def step(self, action: Action | None) -> None:
        """The agent that is asked decides."""
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            return self._was_dead_step(action)
        assert action is not None
        self._cumulative_rewards[agent] = 0.0
        self.games.step(action["do"], action["levels"])
        self.rewards = {name: float(self.games.gained(place)[0]) for place, name in enumerate(self.possible_agents)}
        if self.games.over[0]:
            self.terminations = dict.fromkeys(self.agents, True)
        self._look()
        self._accumulate_rewards()
        return None


class AtOnce(Both, ParallelEnv[str, Seen, Action]):
    """All at once: both act in each step, and what is done by one that is not asked is not looked at
    (``info["asked"]`` says who is)."""

    metadata: dict[str, Any] = {"render_modes": [], "name": "summitry_parallel_v1"}

    def __init__(self, scenario: Scenario) -> None:
        self._seat(scenario)

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[dict[str, Seen], dict[str, dict[str, Any]]]:
        """Begins a game."""
        self._begin(seed, options)
        return self._seen(), self._infos()

    def _seen(self) -> dict[str, Seen]:
        return {agent: self.games.seen(place)[0].copy() for place, agent in enumerate(self.possible_agents)}

    def _infos(self) -> dict[str, dict[str, Any]]:
        asked = int(self.games.asks[0])
        infos = {agent: info(self.games, place) for place, agent in enumerate(self.possible_agents)}
        for place, agent in enumerate(self.possible_agents):
            infos[agent]["asked"] = place == asked
        return infos

    def step(
        self, actions: dict[str, Action]
    ) -> tuple[
        dict[str, Seen], dict[str, float], dict[str, bool], dict[str, bool], dict[str, dict[str, Any]]
    ]:
        """Both act; the one that is asked decides."""
        if not self.agents:
            return {}, {}, {}, {}, {}
        action = actions[self.possible_agents[int(self.games.asks[0])]]
        self.games.step(np.int64(action["do"]), action["levels"])
        over = bool(self.games.over[0])
        gained = {agent: float(self.games.gained(place)[0]) for place, agent in enumerate(self.possible_agents)}
        everyone = list(self.possible_agents)
        if over:
            self.agents = []
        return self._seen(), gained, dict.fromkeys(everyone, over), dict.fromkeys(everyone, False), self._infos()
