"""The digest of so many games of a story, from Python and from Dask with a node killed on the way: `lost_node.py GAMES SEED`."""

import pathlib
import sys
import tempfile

from test_dask import Nodes, dask

import summitry


def with_a_node_killed(story, games, seed):
    with tempfile.TemporaryDirectory() as folder:
        nodes, lost = Nodes(pathlib.Path(folder)), []
        try:
            first = nodes.worker("--name", "first")
            nodes.worker("--name", "second")
            with nodes.client() as client:
                client.wait_for_workers(2, timeout=60)

                def watch(done, of):
                    if not lost and done > games // 5:
                        nodes.lose(first)
                        lost.append(done)

                found = dask.batch(story, games, seed=seed, pieces=60, client=client, progress=watch)
        finally:
            nodes.close()
    if found.stopped or not lost or lost[0] >= games:
        sys.exit(f"no node was lost on the way, or not all was played: {lost}, {found.games} games")
    return found.digest


if __name__ == "__main__":
    games, seed = map(int, sys.argv[1:])
    story = summitry.open("stockholm-2025")
    print("Python", story.batch(games, seed=seed).digest)
    print("Dask, with a node killed", with_a_node_killed(story, games, seed))
