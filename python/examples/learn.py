"""Learns to negotiate: an evolution strategy in NumPy over games that are played side by side.

    python learn.py train us        # some minutes; writes learned.json, beside this file
    python learn.py judge us        # its own total against shipped strategies', in the same seat, on games that it never saw

The policy is some fifty numbers: how far to give way and when, which levers to be softer on, how good an offer has to be, and
what to do between sessions. `learned.py` plays it as an outside player.
"""
import json
import pathlib
import sys
import time

import numpy as np

FILE = pathlib.Path(__file__).with_name("learned.json")
HELD_OUT = 1_000_000  # seeds from here on are never trained on


class Policy:
    """What to do from what is seen; `theta` has a row for each game, or one for all of them."""

    def __init__(self, names, actions, levers):
        at = {name: place for place, name in enumerate(names)}
        keys = [name.split(".")[1] for name in names if name.startswith("ask.") and name.endswith(".open")]
        assert len(keys) == levers
        self.features = [at[n] for n in ("time", "ask.exchange", "ask.last", "tone", "truce_down", "summit_set")]
        self.worths = np.array([[at[f"ask.{key}.worth{step}"] for step in range(5)] for key in keys])
        self.topics = [at[f"ask.{topic}"] for topic in ("move", "offer", "answer", "summit", "truce")]
        self.worth, self.waiting = at["ask.worth"], at["ask.waiting"]
        self.places = [actions.index(name) for name in ("wait", "praise", "threaten", "offer", "yes", "no")]
        self.n = 1 + len(self.features)  # numbers of a line: one for each feature, and a constant
        self.size = 6 * self.n + levers

    def decide(self, see, may, theta):
        """The place of an action for each game, of those that it may take, and a number for each lever."""
        lines = theta[..., : 6 * self.n].reshape(*theta.shape[:-1], 6, self.n)
        x = np.concatenate([see[:, self.features], np.ones((len(see), 1))], axis=1)
        give, bar, praise, threaten, summit, truce = np.moveaxis((lines * x[:, None, :]).sum(-1), -1, 0)
        wait, warm, threat, offer, yes, no = self.places
        move = np.select([(praise > 0) & (praise > threaten), threaten > 0], [warm, threat], wait)
        good = see[:, self.worth] >= see[:, self.waiting] + 5 * bar
        says = [np.where(agreed, yes, no) for agreed in (good, summit > -1, truce > -1)]
        actions = np.select(see[:, self.topics].T > 0, [move, offer, *says], wait)
        actions = np.where(may[np.arange(len(see)), actions], actions, wait)  # one threat at a time
        worths = see[:, self.worths]  # games x levers x five levels from the lowest to the highest
        best, worst = 0.5 * worths.argmax(-1) - 1, 0.5 * worths.argmin(-1) - 1
        given = 1 / (1 + np.exp(-np.clip(2 * (give - 1)[:, None] + theta[..., 6 * self.n :], -30, 30)))
        return actions, (1 - given) * best + given * worst


def side_by_side(story, seat, n):
    import summitry  # what was learned is played without it

    return summitry.vec(story, seat, n)


def played(story, seat, theta, n, seed, first=0):
    """Own totals of games; row by row of `theta`, where it has several."""
    games = side_by_side(story, seat, n)
    policy = None if theta is None else Policy([entry.name for entry in games.layout], games.actions, games.levers)
    games.reset(seed=seed, first=first)
    while not games.over.all():
        games.step(*((0, None) if policy is None else policy.decide(games.seen(), games.allowed(), theta)))
    return np.array([games.total(seat, game) for game in range(n)])


def train(story, seat, generations=60, seconds=float("inf"), seed=1, many=32, each=32):
    """A separable evolution strategy: the better half of a generation says where the next one is drawn, and how widely."""
    games = side_by_side(story, seat, 1)
    size = Policy([entry.name for entry in games.layout], games.actions, games.levers).size
    dice, mean, spread = np.random.default_rng(seed), np.zeros(size), np.full(size, 0.5)
    weights = np.log(many / 2 + 0.5) - np.log(np.arange(1, many // 2 + 1))
    weights /= weights.sum()
    end = time.monotonic() + seconds
    for generation in range(generations):
        if time.monotonic() > end:
            break
        drawn = mean + spread * dice.standard_normal((many, size))
        totals = played(story, seat, np.repeat(drawn, each, axis=0), many * each, seed, generation * many * each)
        order = (-totals.reshape(many, each).mean(1)).argsort()[: many // 2]
        step = drawn[order] - mean
        mean = mean + 0.5 * weights @ step
        spread = np.sqrt(0.85 * spread**2 + 0.15 * weights @ step**2).clip(0.02, 1)
        if generation % 20 == 19:
            print(f"{seat}: generation {generation + 1}, {totals.mean():.3f} points on average", flush=True)
    return mean


def held_out(story, seat, theta, games=20_000, each=2_000):
    """Own totals on games that were never trained on."""
    theta = None if theta is None else theta[None, :]
    return np.concatenate([played(story, seat, theta, each, HELD_OUT, first) for first in range(0, games, each)])


def judge(story, seat, theta, rivals=("conceder", "deal-seeker")):
    """By how much it beats strategies in its own seat, in points, each on the same games."""
    own = held_out(story, seat, theta)
    out = {}
    for rival in rivals:
        gap = own - held_out(story.seat(seat, rival), seat, None)
        out[rival] = gap.mean(), 1.96 * gap.std(ddof=1) / len(gap) ** 0.5
    return own.mean(), out


def main(what, *seats):
    import summitry

    story = summitry.open("stockholm-2025")
    kept = json.loads(FILE.read_text()) if FILE.exists() else {}
    for seat in seats or story.parties:
        if what == "train":
            theta = train(story, seat)
            kept |= {"model": summitry.MODEL, "scenario": story.hash, seat: [round(float(x), 4) for x in theta]}
            FILE.write_text(json.dumps(kept) + "\n")
        mean, gaps = judge(story, seat, np.array(kept[seat]))
        for rival, (gap, half) in gaps.items():
            print(f"{seat}: {mean:.3f} points, {gap:+.3f} ± {half:.3f} beside {rival}")


if __name__ == "__main__":
    main(*sys.argv[1:])
