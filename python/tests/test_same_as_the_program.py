"""Each question gives the document that the program prints: the same fields, figures and digests, to the last bit."""

import json

import pytest

import summitry

SEED = 7


def same(found, document):
    """Holds a result to a document, number by number."""
    assert json.loads(found.to_json()) == document
    assert found.to_dict() == document


def test_a_batch(story, told):
    document = told("batch", "stockholm-2025", "--games", 3_000, "--seed", SEED)
    found = story.batch(3_000, seed=SEED)
    same(found, document)
    assert found.digest == document["digest"] and found.digest.startswith("p2:")
    assert found.digest != story.batch(3_000, seed=SEED + 1).digest
    assert 0.3 < found.outcomes.summit_deal.share < 0.6, "the games vary"


def test_a_batch_of_a_changed_scenario(story, told):
    words = ("--set", "parties.us.goal.patience=0.9", "--strategy", "cn=boulware")
    document = told("batch", "stockholm-2025", *words, "--games", 500, "--seed", SEED)
    found = story.seat("cn", "boulware").set("parties.us.goal.patience", 0.9).batch(500, seed=SEED)
    same(found, document)
    assert found.digest != story.batch(500, seed=SEED).digest


def test_threads_change_nothing(story):
    one, two, many = (story.batch(1_500, seed=SEED, threads=n) for n in (1, 2, 10_000))
    assert one == two == many


def test_a_game(story, told, printed):
    document = told("run", "stockholm-2025", "--game", 3, "--seed", SEED)
    found = story.run(3, seed=SEED)
    same(found, document)
    text, _, _ = printed("run", "stockholm-2025", "--game", 3, "--seed", SEED)
    assert found.story.splitlines()[0] == text.splitlines()[0] and str(found) == found.story


def test_a_comparison(story, told):
    patient, none = "parties.us.goal.patience=0.997", 'off=["summit"]'
    document = told(
        "compare", "stockholm-2025", "--variant", f"patient: {patient}", "--variant", f"no summit: {none}",
        "--measure", "us.share > 0.5", "--games", 400, "--seed", SEED,
    )  # fmt: skip
    variants = {"patient": {"parties.us.goal.patience": 0.997}, "no summit": {"off": ["summit"]}}
    found = story.compare(variants, measures="us.share > 0.5", games=400, seed=SEED)
    same(found, document)
    assert found.comparisons[1].measures.summit_deal.difference < 0


@pytest.mark.parametrize("design", ["grid", "sobol"])
def test_a_sweep(story, told, design):
    paths = "parties.us.optimism=0..1", "levers.us_tariff.now=30,50"
    over = [word for path in paths for word in ("--over", path)]
    words = (*over, "--design", design, "--points", 3, "--design-seed", 4, "--measure", "deal")
    document = told("sweep", "stockholm-2025", *words, "--games", 100, "--seed", SEED)
    over = {"parties.us.optimism": (0, 1), "levers.us_tariff.now": [30, 50]}
    found = story.sweep(over, design=design, points=3, design_seed=4, measures="deal", games=100, seed=SEED)
    same(found, document)
    assert len({point.measures.deal.mean for point in found.points}) > 1
    assert found.points[0].values["levers.us_tariff.now"] in (30, 50)


@pytest.mark.parametrize("view", [None, "us"])
def test_odds(story, told, view):
    words = ("--view", view) if view else ()
    document = told("odds", "stockholm-2025", "--game", 3, "--futures", 40, "--seed", SEED, *words)
    same(story.odds(3, seen_by=view, futures=40, seed=SEED), document)


def test_a_score(told):
    questions = "studies/questions-2018-2019"
    document = told("score", questions, "phase-one-2018", "--games", 500, "--seed", SEED)
    same(summitry.open("phase-one-2018").score(questions, games=500, seed=SEED), document)


def test_a_tournament(story, told):
    strategies = ["boulware", "conceder", "grit"]
    document = told("tournament", "stockholm-2025", "--strategies", ",".join(strategies), "--games", 60, "--seed", SEED)
    found = story.tournament(strategies, games=60, seed=SEED)
    same(found, document)
    assert len({row.mean for row in found.sides[0].standings}) == 3


@pytest.mark.parametrize("method, samples", [("sobol", 4), ("morris", 3)])
def test_sensitivity(story, told, method, samples):
    words = ("--method", method, "--samples", samples, "--only", "optimism", "--over", "levers.us_tariff.now=30..50")
    words += ("--pairs", 2) if method == "sobol" else ()
    document = told("sensitivity", "stockholm-2025", *words, "--games", 50, "--seed", SEED)
    found = story.sensitivity(
        {"levers.us_tariff.now": (30, 50)}, only="optimism", method=method, samples=samples,
        pairs=2 if method == "sobol" else None, games=50, seed=SEED,
    )  # fmt: skip
    same(found, document)


def test_sensitivity_of_one_batch(story, told):
    document = told("sensitivity", "stockholm-2025", "--method", "given", "--games", 1_000, "--seed", SEED)
    same(story.sensitivity(method="given", games=1_000, seed=SEED), document)


def test_an_ablation(told):
    document = told("ablation", "theory/pledges", "--measure", "deal", "--games", 60, "--seed", SEED)
    same(summitry.open("theory/pledges").ablation("deal", games=60, seed=SEED), document)


def test_a_discovery(story, told):
    words = ("--where", "not deal", "--only", "parties", "--boxes", 1, "--games", 900)
    document = told("discover", "stockholm-2025", *words, "--seed", SEED)
    same(story.discover("not deal", only="parties", boxes=1, games=900, seed=SEED), document)


def test_a_sign_table(told):
    words = ("--set", "parties.us.optimism=0.5", "--games", 60)
    document = told("signs", "studies/signs", *words, "--seed", SEED, codes=(0, 4))
    same(summitry.signs("studies/signs", {"parties.us.optimism": 0.5}, games=60, seed=SEED), document)


def test_bargaining_on_its_own(told):
    talks = summitry.bargaining("theory/two-issues")
    document = told("batch", "theory/two-issues", "--games", 200, "--seed", SEED)
    same(talks.batch(200, seed=SEED), document)
    assert (talks.title, talks.hash) == (document["title"], document["scenario_hash"])
    same(talks.run(3, seed=SEED), told("run", "theory/two-issues", "--game", 3, "--seed", SEED))
    with pytest.raises(summitry.Problem, match="has a world"):
        summitry.bargaining("stockholm-2025")


def test_a_search(story, told):
    words = ("--over", "parties.us.optimism=0..1", "--maximise", "us.total", "--against", "grit", "--held-out", 50)
    document = told("tune", "stockholm-2025", *words, "--tries", 10, "--games", 30, "--seed", SEED)
    found = story.tune(
        {"parties.us.optimism": (0, 1)}, maximise="us.total", against="grit", held_out=50, tries=10, games=30, seed=SEED
    )
    same(found, document)
    assert set(found.best.values) == {"parties.us.optimism"} if found.best else found["best"] is None
    document = told(
        "tune", "stockholm-2025", "--over", "parties.us.optimism=0..1", "--target", "deal=0.5",
        "--tries", 10, "--games", 30, "--seed", SEED,
    )  # fmt: skip
    same(story.tune({"parties.us.optimism": (0, 1)}, target=("deal", 0.5), tries=10, games=30, seed=SEED), document)
