"""What is wrong is told as the program tells it, with its place; nothing is played then."""

import pickle
import shutil

import pytest
from conftest import REPOSITORY

import summitry


@pytest.fixture
def broken(tmp_path):
    """A scenario with two slips, in a file of its own."""
    text = (REPOSITORY / "scenarios" / "stockholm-2025.ron").read_text()
    file = tmp_path / "broken.ron"
    file.write_text(text.replace("optimism:", "optimsm:", 1).replace("patience: 0", "patience: 3", 1))
    assert file.read_text().count("optimsm") == 1
    return file


def test_a_file_with_slips(broken, printed):
    with pytest.raises(summitry.Problem) as caught:
        summitry.open(broken)
    problem = caught.value
    _, err, code = printed("check", broken)
    assert code == 2 and str(problem) == err.rstrip(), "the text that the program prints"
    assert len(problem.problems) == 2 and isinstance(problem, ValueError)
    first = problem.problems[0]
    assert (problem.text, problem.code, problem.line) == (first["text"], first["code"], first["line"])
    assert f"{problem.file}:{problem.line}:{problem.column}" == problem.place and problem.place in err
    line = broken.read_text().splitlines()[problem.line - 1]
    assert line[problem.column - 1 :].startswith(("optimsm", "3"))
    again = pickle.loads(pickle.dumps(problem))
    assert (str(again), again.place, again.code) == (str(problem), problem.place, problem.code)


def test_codes(story):
    def code(ask):
        with pytest.raises(summitry.Problem) as caught:
            ask()
        return caught.value.code

    assert code(lambda: summitry.open("stokholm-2025")) == "unreadable-file"
    assert code(lambda: story.set("parties.us.goal.patience", 7)) == "out-of-range"
    assert code(lambda: story.set("parties.us.goal.patince", 0.9)) == "unknown-field"
    assert code(lambda: story.seat("us", "gritt")) == "unknown-name"
    assert code(lambda: story.sweep({"parties.us.optimism": (1, 0)}, games=10)) in ("turned", "wrong-value", "empty")
    assert code(lambda: story.sweep(games=10)) == "bad-argument"
    assert code(lambda: story.tournament(["grit"], games=10)) == "bad-argument"
    assert code(lambda: story.tune({"parties.us.optimism": (0, 1)}, maximise="us.totl")) == "unknown-name"
    assert code(lambda: story.tune({"parties.us.optimism": (0, 1)})) == "bad-argument"
    assert code(lambda: story.compare({})) == "bad-argument"


@pytest.mark.parametrize(
    "ask, said",
    [
        (lambda s: s.batch(0), "games is 0: at least 1"),
        (lambda s: s.batch(-3), "games is -3"),
        (lambda s: s.batch(1e14), "at most 1e13"),
        (lambda s: s.batch(1.5), "a whole number, found 1.5"),
        (lambda s: s.batch("many"), "a whole number, found 'many'"),
        (lambda s: s.batch(10, seed=-1), "seed is a whole number from 0"),
        (lambda s: s.batch(10, seed=2**64), "seed is a whole number from 0"),
        (lambda s: s.batch(10, threads=0), "threads is 0"),
        (lambda s: s.compare({"x": {}}, games=1), "at least 2"),
        (lambda s: s.set("parties.us.goal.patience", object()), "cannot be written in a scenario"),
        (lambda s: s.sweep({"parties.us.optimism": (0, 0.5, 1)}), "a range of `parties.us.optimism` is a pair"),
        (lambda s: s.odds(seen_by="uk"), "there is no party `uk`"),
        (lambda s: s.compare({"x": {}}, measures="us.totl", games=10), "did you mean `us.total`"),
    ],
)
def test_arguments(story, ask, said):
    with pytest.raises(summitry.Problem) as caught:
        ask(story)
    assert said in str(caught.value) and str(caught.value).startswith("error: ")
    assert caught.value.text and caught.value.code and caught.value.problems


def test_the_last_seed_and_a_count_with_an_exponent(story):
    assert story.batch(1e2, seed=2**64 - 1).seed == 2**64 - 1


def test_values_are_written_as_a_file_has_them(story):
    patient = story.set({"parties.us.goal.patience": 0.997, "off": ["summit"]})
    assert patient.hash == story.set("off", '["summit"]').set("parties.us.goal.patience", "0.997").hash != story.hash
    numpy = pytest.importorskip("numpy")
    for patience in (numpy.float64(0.997), numpy.float32(0.5), numpy.array(0.25)):
        assert story.set("parties.us.goal.patience", patience).hash != story.hash
    assert story.set("off", numpy.array(["summit"])).hash == story.set("off", ["summit"]).hash
    drawn = story.set("parties.us.optimism", "Uniform(low: 0.2, high: 0.4)")
    assert drawn.hash not in (story.hash, patient.hash)


def test_a_copy_in_another_folder_is_the_same_scenario(tmp_path, story):
    shutil.copy(REPOSITORY / "scenarios" / "stockholm-2025.ron", tmp_path / "copy.ron")
    assert summitry.open(tmp_path / "copy.ron").hash == story.hash
    assert summitry.text((tmp_path / "copy.ron").read_text()).hash == story.hash
