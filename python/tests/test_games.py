"""Games side by side, and one as an environment."""

import subprocess
import sys

import pytest

import summitry

np = pytest.importorskip("numpy")


def drawn(games, dice):
    """A step in which each game does something that it may, by dice of its own."""
    actions, levels = np.zeros(games.n, np.int64), np.zeros((games.n, games.levers), np.float32)
    for game, asked in enumerate(games.asks):
        if asked >= 0:
            actions[game] = dice[game].choice(np.flatnonzero(games.allowed(asked)[game]))
            levels[game] = dice[game].uniform(-1, 1, games.levers)
    games.step(actions, levels)


def diary(games, first, dice):
    """All that is seen and gained in each game, step by step."""
    games.reset(7, first)
    out = [[] for _ in range(games.n)]
    ended = np.zeros(games.n, bool)
    while True:
        for game, asked in enumerate(games.asks):
            if asked >= 0 or games.over[game] and not ended[game]:
                ended[game] |= games.over[game]
                out[game].append((int(asked), games.seen()[game].tobytes(), games.gained()[game].tobytes()))
        if games.over.all():
            return out
        drawn(games, dice)


def dice(games):
    return [np.random.default_rng(game) for game in games]


def test_many_games_are_each_the_game_alone(story):
    story = story.set("clock.rounds", 8)
    together = diary(summitry.vec(story, "us", 5), 3, dice(range(5)))
    for game in range(5):
        assert diary(summitry.vec(story, "us"), 3 + game, dice([game])) == [together[game]]
    assert len({len(one) for one in together}) > 1


def test_what_is_seen_has_names_units_and_bounds(story):
    games = summitry.vec(story, ["us", "cn"], 4)
    assert games.version == "summitry.observation/1"
    assert len({entry.name for entry in games.layout}) == len(games.layout)
    assert games.layout[games.place("me.total")].unit == "points"
    for one in dice(range(1)):
        while not games.over.all():
            for party in (0, 1):
                seen = games.seen(party)[games.asks == party]
                assert ((seen >= games.low) & (seen <= games.high)).all()
            drawn(games, [one] * 4)
    ends = [games.end(game) for game in range(4)]
    assert all(end.totals["us"] == games.total("us", game) for game, end in enumerate(ends))
    assert all((end.signed is None) == (end.ending in ("no_deal", "extension_only")) for end in ends)
    assert games.count["not_allowed"] == 0 and games.count["waited"] > 0


def test_games_begin_again_by_themselves_or_not(story):
    story = story.set("clock.rounds", 4)
    games = summitry.vec(story, "us", 3)
    while not games.over.all():
        games.step(0)
    with pytest.raises(summitry.Problem, match="begin together"):
        games.reset(mask=[True, False, True])
    games.reset(mask=[False] * 3)
    assert games.over.all()
    games.reset(first=3, mask=[True] * 3)
    alone = games.seen().copy()
    games = summitry.vec(story, "us", 3, autoreset="next-step")
    while not games.over.all():
        games.step(0)
    games.step(0)
    assert games.first == 3 and (games.seen() == alone).all()


def test_what_was_saved_is_gone_on_with(story):
    games = summitry.vec(story, "us", 3)
    games.reset(7, 0)
    for _ in range(20):
        games.step(0)
    saved, seen = games.save(), games.seen().copy()
    while not games.over.all():
        games.step(0)
    fork = summitry.vec(story, "us", 3)
    fork.restore(saved)
    assert (fork.seen() == seen).all()
    while not fork.over.all():
        fork.step(0)
    assert [fork.total("us", game) for game in range(3)] == [games.total("us", game) for game in range(3)]


def test_what_is_wrong_is_a_problem(story):
    for wrong, says in [
        (lambda: summitry.vec(story, "uk", 2), "there is no party `uk`"),
        (lambda: summitry.vec(story, "us", 2, autoreset="same"), "autoreset"),
        (lambda: summitry.vec(story, "us", 2).seen(1), "no place 1"),
        (lambda: summitry.vec(story, "us", 2).action("dance"), "there is no action 'dance'"),
        (lambda: summitry.vec(story, "us", 2).step(99), "there is no action 99"),
        (lambda: summitry.vec(story, "us", 2).step(0, float("nan")), "is none"),
    ]:
        with pytest.raises(summitry.Problem, match=says):
            wrong()


def test_numpy_is_needed_for_games_alone():
    code = "import sys; sys.modules['numpy'] = None; import summitry; print(summitry.open('stockholm-2025').title)"
    assert "Stockholm" in subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("opponent", [None, "boulware", ["boulware", "conceder"], "random"])
def test_gymnasium_finds_nothing_wrong(story, opponent):
    pytest.importorskip("gymnasium")
    from gymnasium.utils.env_checker import check_env

    from summitry.env import Negotiation

    def at_random(seen, allowed):
        return {"do": np.flatnonzero(allowed)[-1], "levels": 0.0}

    env = Negotiation(story, "us", at_random if opponent == "random" else opponent)
    check_env(env, skip_render_check=True)
    seen, info = env.reset(seed=7)
    total, over = 0.0, False
    while not over:
        seen, gained, over, _, info = env.step({"do": 0, "levels": np.zeros(env.games.levers, np.float32)})
        total += gained
    assert abs(total - info["total"]) < 1e-3 and info["totals"]["us"] == info["total"]
    assert env.reset()[1]["game"] == 1 and env.reset(options={"game": 12})[1]["game"] == 12


def test_an_environment_is_a_vector_of_one(story):
    pytest.importorskip("gymnasium")
    from summitry.env import Negotiation

    env, games = Negotiation(story, "cn"), summitry.vec(story, "cn", 4)
    games.reset(5, 0)
    seen, _ = env.reset(seed=5)
    assert (seen == games.seen()[0]).all()
    for _ in range(15):
        while games.asks[0] < 0:
            games.step(0)
        games.step(0)
        seen, *_ = env.step({"do": 0, "levels": np.zeros(env.games.levers, np.float32)})
        while games.asks[0] < 0:
            games.step(0)
        assert (seen == games.seen()[0]).all()


def test_pettingzoo_finds_nothing_wrong(story):
    pytest.importorskip("pettingzoo")
    from pettingzoo.test import api_test, parallel_api_test, parallel_seed_test, seed_test

    from summitry.zoo import AtOnce, Turns

    story = story.set("clock.rounds", 6)
    api_test(Turns(story), num_cycles=300)
    seed_test(lambda: Turns(story), num_cycles=50)
    parallel_api_test(AtOnce(story), num_cycles=300)
    parallel_seed_test(lambda: AtOnce(story), num_cycles=50)
