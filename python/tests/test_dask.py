"""Games that Dask plays are those of one machine, whoever is lost on the way."""

import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

import pytest

import summitry

distributed = pytest.importorskip("distributed", reason="Dask's distributed cannot be had here")
dask = pytest.importorskip("summitry.dask")

SEED = 7
OVER = {"parties.us.optimism": (0, 1)}
LOOPBACK = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0")


def same(there, here):
    assert there.to_json() == here.to_json()


class Nodes:
    """A scheduler and workers as processes of their own, as on several machines, on the loopback interface alone."""

    def __init__(self, folder):
        self.program = pathlib.Path(sys.executable).with_name("dask")
        self.folder, self.nodes = folder, []
        self.file = folder / "scheduler.json"
        self.start("scheduler", "--port", "0", "--scheduler-file", self.file)

    def start(self, *words):
        command = [self.program, *words, *LOOPBACK]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": self.folder}
        self.nodes.append(subprocess.Popen(list(map(str, command)), start_new_session=True, **quiet))
        return self.nodes[-1]

    def worker(self, *words):
        return self.start("worker", "--scheduler-file", self.file, "--nthreads", "1", *words)

    @staticmethod
    def lose(node):
        """A worker with its nanny, at once and without a word."""
        os.killpg(node.pid, signal.SIGKILL)
        node.wait()

    def client(self):
        for _ in range(300):
            if self.file.exists() and self.file.read_text().endswith("}"):
                break
            time.sleep(0.1)
        return distributed.Client(scheduler_file=str(self.file), timeout=60)

    def close(self):
        for node in self.nodes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(node.pid, signal.SIGKILL)
            node.wait()


@pytest.fixture(scope="module")
def client():
    """Two workers in processes of their own."""
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture
def nodes(tmp_path):
    nodes = Nodes(tmp_path)
    yield nodes
    nodes.close()


def test_each_question_is_that_of_one_machine(story, client):
    same(dask.batch(story, 3_000, seed=SEED, pieces=9, client=client), story.batch(3_000, seed=SEED))
    way = {"points": 3, "measures": "deal", "games": 120, "seed": SEED}
    same(dask.sweep(story, OVER, pieces=5, client=client, **way), story.sweep(OVER, **way))
    way = {"games": 60, "seed": SEED}
    who = ["boulware", "conceder"]
    same(dask.tournament(story, who, pieces=5, client=client, **way), story.tournament(who, **way))
    for method in ("sobol", "morris"):
        way = {"only": "optimism", "method": method, "samples": 4, "games": 50, "seed": SEED}
        same(dask.sensitivity(story, pieces=5, client=client, **way), story.sensitivity(**way))
    way = {"method": "given", "games": 800, "seed": SEED}
    same(dask.sensitivity(story, pieces=5, client=client, **way), story.sensitivity(**way))
    way = {"maximise": "us.total", "against": "grit", "tries": 10, "games": 40, "seed": SEED}
    same(dask.tune(story, OVER, pieces=16, client=client, **way), story.tune(OVER, **way))


def test_a_changed_scenario_goes_along(story, client):
    changed = story.seat("cn", "boulware").set("parties.us.goal.patience", 0.9)
    there = dask.batch(changed, 600, seed=SEED, pieces=4, client=client)
    same(there, changed.batch(600, seed=SEED))
    assert there.digest != story.batch(600, seed=SEED).digest


def test_a_worker_is_lost(story, client):
    """Killed by its own process while it plays; its nanny begins another."""
    killed = []

    def kill(done, of):
        if not killed and done > 2_000:
            killed.append(max(pid for pid in client.run(os.getpid).values()))
            os.kill(killed[0], signal.SIGKILL)

    found = dask.batch(story, 12_000, seed=SEED, pieces=30, client=client, progress=kill)
    assert killed and not found.stopped
    same(found, story.batch(12_000, seed=SEED))


def test_a_node_is_lost_and_another_joins(story, nodes):
    """Worker and nanny of one are killed, one that was not there comes, and plays."""
    first = nodes.worker("--name", "first")
    nodes.worker("--name", "second")
    lost, who = [], set()
    with nodes.client() as client:
        client.wait_for_workers(2, timeout=60)

        def watch(done, of):
            who.update(info["name"] for info in client.scheduler_info(n_workers=-1)["workers"].values())
            if not lost and done > 3_000:
                nodes.lose(first)
                lost.append(done)
                nodes.worker("--name", "third")
                client.wait_for_workers(2, timeout=60)

        found = dask.batch(story, 16_000, seed=SEED, pieces=60, client=client, progress=watch)

        def questions():  # of which a worker has played pieces; one within another goes to the worker as it is
            return sys.modules["summitry._shared"]._ready.cache_info().currsize

        played = client.run(questions)
    assert lost and 0 < lost[0] < 16_000
    assert sorted(played.values()) == [1, 1], "the one that stayed and the one that came have both played"
    assert {"first", "second", "third"} <= who
    same(found, story.batch(16_000, seed=SEED))
    assert 0.3 < found.outcomes.summit_deal.share < 0.6, "the games vary"


def test_rows_are_written_by_the_workers(story, client, tmp_path, printed):
    polars = pytest.importorskip("polars")
    run = tmp_path / "run"
    found = dask.batch(story, 2_000, seed=SEED, pieces=4, client=client, out=run, rows="parquet")
    same(found, story.batch(2_000, seed=SEED))
    rows = polars.read_parquet(run / "rows-*.parquet").sort("game")
    here = polars.DataFrame(story.rows(2_000, seed=SEED))
    assert rows.height == 2_000 and rows["us.total"].equals(here["us.total"])
    out, _, code = printed("merge", "--out", run, "--format", "json")
    document = json.loads(out)
    assert code == 0 and document["digest"] == found.digest
    assert document["made"]["command"] == f"summitry batch stockholm-2025 --games 2000 --seed {SEED}"


def test_what_was_stopped_is_kept(story, client, tmp_path):
    """Ctrl-C: the first pieces are told, and with a folder the same call goes on."""

    def press(after):
        def look(done, of):
            if done >= after:
                raise KeyboardInterrupt

        return look

    there = dask.batch(story, 4_000, seed=SEED, pieces=20, client=client, progress=press(1_000))
    assert there.stopped and 0 < there.games < 4_000 and there.games % 200 == 0
    assert there.digest == story.batch(there.games, seed=SEED).digest
    run = tmp_path / "run"
    begun = dask.batch(story, 4_000, seed=SEED, pieces=20, client=client, out=run, progress=press(1_000))
    files = len(list(run.glob("shard-*.json")))
    assert begun.stopped and 5 <= files < 20
    seen = []
    whole = dask.batch(story, 4_000, seed=SEED, client=client, out=run, progress=lambda *far: seen.append(far))
    same(whole, story.batch(4_000, seed=SEED))
    assert seen[0][0] > 1_000 and seen[-1] == (4_000, 4_000)


def test_ctrl_c_is_heard_while_it_waits(story, client):
    timer = threading.Timer(1.5, lambda: os.kill(os.getpid(), signal.SIGINT))
    timer.start()
    begun = time.perf_counter()
    try:
        found = dask.batch(story, 1e7, seed=SEED, pieces=4_000, client=client)
        assert found.stopped and found.games > 0
    except KeyboardInterrupt:  # before the first piece was there
        pass
    finally:
        timer.cancel()
    assert time.perf_counter() - begun < 20


def test_what_is_wrong_is_said_here(story, client, tmp_path):
    with pytest.raises(summitry.Problem, match="there is no"):
        dask.tournament(story, ["gritt", "boulware"], client=client)
    with pytest.raises(summitry.Problem, match="into a folder that all of them see"):
        dask.batch(story, 100, rows="parquet", client=client)
    with pytest.raises(TypeError, match="gamez"):
        dask.sweep(story, OVER, gamez=3, client=client)
    dask.batch(story, 100, seed=1, out=tmp_path / "run", client=client)
    with pytest.raises(summitry.Problem, match="another seed"):
        dask.batch(story, 100, seed=2, out=tmp_path / "run", client=client)


OWN = """
import sys, summitry, summitry.dask
if __name__ == "__main__":
    story = summitry.open("stockholm-2025")
    there = summitry.dask.batch(story, 1_000, seed=7, pieces=4)
    assert there.to_json() == story.batch(1_000, seed=7).to_json()
"""


def test_a_cluster_of_its_own(tmp_path):
    script = tmp_path / "own.py"
    script.write_text(OWN)
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
