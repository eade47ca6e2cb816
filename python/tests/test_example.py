"""The example runs from top to bottom and leaves a figure; it is a notebook in all but name."""

import pathlib
import subprocess
import sys

import pytest

import summitry

EXAMPLE = pathlib.Path(__file__).resolve().parent.parent / "examples" / "figure.py"


def test_the_figure(tmp_path):
    pytest.importorskip("matplotlib")
    file = tmp_path / "figure.svg"
    done = subprocess.run([sys.executable, EXAMPLE, file], capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr
    assert summitry.open("stockholm-2025").batch(2_000, seed=2025).digest in done.stdout
    drawn = file.read_text()
    assert drawn.lstrip().startswith("<?xml") and drawn.count("<path") > 20
    assert [made.name for made in tmp_path.iterdir()] == ["figure.svg"]


def test_it_has_cells_of_code_and_of_text():
    lines = EXAMPLE.read_text().splitlines()
    assert lines.count("# %%") >= 3 and lines.count("# %% [markdown]") >= 3
