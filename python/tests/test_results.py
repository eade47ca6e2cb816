"""Results are small objects: fields by name, a page of charts, plain copies; the stubs say what there is."""

import ast
import doctest
import inspect
import json
import pathlib
import pickle
import re

import pytest

import summitry
from summitry import _summitry


@pytest.fixture(scope="module")
def batch(story):
    return story.batch(1_000, seed=7)


def test_fields_are_attributes_and_items(batch):
    assert batch.shares.deal.share == batch["shares"]["deal"]["share"]
    assert batch.metrics["us.total"].mean == batch.to_dict()["metrics"]["us.total"]["mean"]
    assert "us.total" in batch.metrics and set(batch.shares) >= {"deal"} and len(batch.outcomes) > 2
    assert batch.kind == "batch" and not batch.stopped and "digest" in dir(batch)
    assert repr(batch).startswith("<summitry batch: scenario='stockholm-2025', games=1000, seed=7, digest='p2:")
    with pytest.raises(AttributeError, match="there is no `digst` here: .*digest"):
        batch.digst  # noqa: B018
    with pytest.raises(AttributeError, match="is not changed"):
        batch.digest = "mine"


def test_a_copy_may_be_changed_and_sent(batch):
    copy = batch.to_dict()
    copy["games"] = 0
    assert batch.games == 1_000
    assert pickle.loads(pickle.dumps(batch)).to_dict() == batch.to_dict()
    assert json.loads(batch.to_json()) == batch.to_dict()


def test_what_has_charts_shows_them(story, batch):
    found = {
        "batch": batch,
        "run": story.run(3, seed=7),
        "compare": story.compare({"patient": {"parties.us.goal.patience": 0.997}}, games=100),
        "sweep": story.sweep({"parties.us.optimism": [0.2, 0.8]}, measures="deal", games=50),
        "odds": story.odds(3, futures=20),
        "tournament": story.tournament(["grit", "boulware"], games=20),
        "sensitivity": story.sensitivity(only="optimism", method="morris", samples=2, games=20),
        "tune": story.tune({"parties.us.optimism": (0, 1)}, maximise="us.total", tries=8, games=20),
    }
    for kind, result in found.items():
        assert result.kind == kind
        page = result.to_html()
        assert page.startswith("<!DOCTYPE html>") and "<svg" in page, kind
        assert not re.search(r"<script|https?://(?!www\.w3\.org)", page), f"{kind}: a page on its own"
        frame = result._repr_html_()
        assert frame.count("<iframe") == 1 and "<svg" not in frame, "its styles stay in their frame"


def test_the_stubs_say_what_there_is():
    text = pathlib.Path(_summitry.__file__).with_name("_summitry.pyi").read_text()
    classes = {node.name: node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    native = {name for name in dir(_summitry) if inspect.isclass(getattr(_summitry, name))}
    assert set(classes) == native
    for name, node in classes.items():
        told = {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}
        mine = vars(getattr(_summitry, name))
        spoken = ("__len__", "__arrow_c_schema__", "__arrow_c_stream__")
        there = {m for m in mine if not m.startswith("__") or m in spoken}
        there |= {"__init__"} if "__new__" in mine else set()  # what can be made says of what
        assert set(told) == there, name
        for method, item in told.items():
            if method.startswith("__") or not callable(mine[method]):
                continue
            parameters = [arg.arg for arg in item.args.args]
            assert parameters == list(inspect.signature(mine[method]).parameters), f"{name}.{method}"


def test_every_public_thing_says_what_it_is():
    assert (pathlib.Path(summitry.__file__).with_name("py.typed")).exists()
    for name in summitry.__all__:
        thing = getattr(summitry, name)
        if not inspect.isclass(thing) and not inspect.isfunction(thing):
            continue
        assert inspect.getdoc(thing), name
        own = {n: m for n, m in vars(thing).items() if not n.startswith("_")} if inspect.isclass(thing) else {}
        silent = [n for n, m in own.items() if (inspect.isfunction(m) or isinstance(m, property)) and not m.__doc__]
        assert not silent, (name, silent)


def test_what_the_docstrings_show_is_so():
    tried = doctest.testmod(summitry)
    assert tried.attempted > 3 and tried.failed == 0


def test_the_model_is_named(batch):
    assert batch.model == summitry.MODEL and re.fullmatch(r"\d+\.\d+\.\d+", summitry.__version__)
