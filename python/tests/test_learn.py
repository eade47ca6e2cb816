"""The learner of the examples learns, and what it learned beats shipped strategies and plays as an outside player."""

import json
import os
import subprocess
import sys

import pytest
from conftest import REPOSITORY, program

import summitry

np = pytest.importorskip("numpy")
EXAMPLES = REPOSITORY / "python/examples"
sys.path.insert(0, str(EXAMPLES))
import learn  # noqa: E402

KEPT = json.loads(learn.FILE.read_text())


def gap(ours, theirs):
    """The mean difference of paired games, and half of its 95 % interval."""
    apart = ours - theirs
    return apart.mean(), 1.96 * apart.std(ddof=1) / len(apart) ** 0.5


def test_it_learns(story):
    """Some seconds of training are better than where it began, on games that it never saw."""
    learned = learn.train(story, "us", seconds=20, many=16, each=16)
    begun = learn.held_out(story, "us", np.zeros_like(learned), 1_000, 1_000)
    mean, half = gap(learn.held_out(story, "us", learned, 1_000, 1_000), begun)
    assert mean > half, f"{mean:+.3f} ± {half:.3f} points"


def test_the_weights_are_of_this_model(story):
    again = "train it anew: python python/examples/learn.py train"
    assert KEPT["model"] == summitry.MODEL and KEPT["scenario"] == story.hash, again
    assert set(story.parties) <= set(KEPT)


@pytest.mark.parametrize("seat", ["us", "cn"])
def test_it_beats_shipped_strategies(story, seat):
    """In the same seat against the same opponent; `learn.py judge` does it with 20 000 games."""
    own = learn.held_out(story, seat, np.array(KEPT[seat]), 1_000, 1_000)
    for rival in ("conceder", "deal-seeker"):
        mean, half = gap(own, learn.held_out(story.seat(seat, rival), seat, None, 1_000, 1_000))
        assert mean > half, f"{seat} beside {rival}: {mean:+.3f} ± {half:.3f} points"


def told(*words):
    player = f"learned={sys.executable} {EXAMPLES / 'learned.py'}"
    words = [program(), *map(str, words), "--player", player, "--seed", str(learn.HELD_OUT), "--format", "json"]
    # Its folder is no place for what Python keeps of it.
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, capture_output=True, text=True, timeout=200, cwd=REPOSITORY, env=env)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_it_plays_as_an_outside_player(story):
    found = told("batch", "stockholm-2025", "--set", 'parties.us.strategy=External("learned")', "--games", 400)
    assert found["outside"]["forfeited"] == 0
    here = learn.held_out(story, "us", np.array(KEPT["us"]), 400, 400).mean()
    # five digits go over the line, so that a decision now and then is another
    assert abs(found["metrics"]["us.total"]["mean"] - here) < 0.5


def test_it_plays_in_a_tournament():
    found = told("tournament", "stockholm-2025", "--strategies", "deal-seeker,player-for-time,learned", "--games", 100)
    assert found["programs"]["forfeited"] == 0
    us = next(side for side in found["sides"] if side["party"] == "us")
    seeker, _, learned = (row[1] for row in us["payoff"])  # each against the strategy that China has in the story
    assert learned > seeker + 2
