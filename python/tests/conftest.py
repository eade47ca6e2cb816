"""What the tests share: a scenario, and the program that they hold the module to."""

import json
import os
import pathlib
import subprocess

import pytest

import summitry

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


def program() -> pathlib.Path:
    """The program: SUMMITRY_PROGRAM, or what was built last in this repository."""
    named = os.environ.get("SUMMITRY_PROGRAM")
    built = [REPOSITORY / "target" / profile / "summitry" for profile in ("release", "debug")]
    there = sorted(filter(pathlib.Path.exists, built), key=lambda path: path.stat().st_mtime)
    found = [pathlib.Path(named)] if named else there
    assert found, "the program is not built: cargo build, or say where it is by SUMMITRY_PROGRAM"
    return found[-1].resolve()


@pytest.fixture(scope="session")
def printed():
    """A command of the program: what it prints, and its exit code."""

    def run(*words, cwd=REPOSITORY):
        done = subprocess.run([program(), *map(str, words)], capture_output=True, text=True, cwd=cwd, timeout=300)
        return done.stdout, done.stderr, done.returncode

    return run


@pytest.fixture(scope="session")
def told(printed):
    """A command's document, without how it was made."""

    def run(*words, codes=(0,)):
        out, err, code = printed(*words, "--format", "json")
        assert code in codes, err
        document = json.loads(out)
        assert document.pop("made")["command"].startswith("summitry ")
        return document

    return run


@pytest.fixture(scope="session")
def story():
    return summitry.open("stockholm-2025")
