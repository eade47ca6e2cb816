"""The player that asks a language model: held to an endpoint of our own, on the loopback interface."""

import http.server
import json
import os
import subprocess
import sys
import threading
import time

import pytest
from conftest import REPOSITORY, program

KEY = "sesame-8c1f"
SEAT = 'parties.us.strategy=External("model")'


class Endpoint:
    """Answers chat completions by a function of how many it has had; keeps what it was sent."""

    def __init__(self, says):
        self.had = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.had.append((self.headers.get("Authorization"), body))
                said = says(len(outer.had))
                if isinstance(said, int):
                    self.send_response(said)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                elif said.startswith("http"):
                    self.send_response(307)
                    self.send_header("Location", said)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    reply = json.dumps({"choices": [{"message": {"content": said}}]}).encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(reply)))
                    self.end_headers()
                    self.wfile.write(reply)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/v1/chat/completions"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def batch(endpoint, tmp_path, games=2, seconds="5"):
    player = f"model={sys.executable} {REPOSITORY / 'scenarios/players/chat.py'} {endpoint.url} stub"
    words = ["batch", "stockholm-2025", "--set", SEAT, "--player", player, "--games", games, "--seed", 7]
    words += ["--think", 20, "--format", "json", "--record", tmp_path / f"{len(os.listdir(tmp_path))}.jsonl"]
    done = subprocess.run(
        [program(), *map(str, words)],
        capture_output=True,
        text=True,
        timeout=200,
        cwd=tmp_path,
        env={**os.environ, "SUMMITRY_CHAT_KEY": KEY, "SUMMITRY_CHAT_SECONDS": seconds},
    )
    assert done.returncode == 0, done.stderr
    assert KEY not in done.stdout + done.stderr
    assert not any(KEY in file.read_text() for file in tmp_path.iterdir())
    return json.loads(done.stdout)


def test_a_model_plays(tmp_path):
    with Endpoint(lambda n: "2" if n % 3 else "My move: 1.") as endpoint:
        found = batch(endpoint, tmp_path)
    assert found["outside"]["forfeited"] == 0 and found["outside"]["moves"] == len(endpoint.had) > 40
    assert {key for key, _ in endpoint.had} == {f"Bearer {KEY}"}
    system, user = (message["content"] for message in endpoint.had[0][1]["messages"])
    assert "You are the United States" in system and "Menu:\n1. Do nothing." in user
    offers = [body["messages"][1]["content"] for _, body in endpoint.had if "worth" in body["messages"][1]["content"]]
    assert any("1. Offer" in text and "as it is" in text for text in offers)


@pytest.mark.parametrize(
    "says, why",
    [
        (lambda n: "I would rather not say.", "no number from 1 to"),
        (lambda n: "99", "no number from 1 to"),
        (lambda n: 500, "the endpoint answers 500"),
    ],
)
def test_nonsense_forfeits_the_move_and_is_counted(tmp_path, says, why):
    with Endpoint(lambda n: says(n) if n % 2 else "1") as endpoint:
        found = batch(endpoint, tmp_path, games=1)
    moves, forfeited = (found["outside"][name] for name in ("moves", "forfeited"))
    assert moves == len(endpoint.had) and forfeited == (moves + 1) // 2
    assert why in found["outside"]["first_forfeits"][0]


def test_a_silent_endpoint_forfeits_the_move(tmp_path):
    with Endpoint(lambda n: time.sleep(1.5) or "1" if n == 1 else "1") as endpoint:
        found = batch(endpoint, tmp_path, games=1, seconds="0.5")
    assert found["outside"]["forfeited"] == 1
    assert "no answer of the endpoint: TimeoutError" in found["outside"]["first_forfeits"][0]


def test_the_key_goes_to_no_other_address(tmp_path):
    with Endpoint(lambda n: "1") as other, Endpoint(lambda n: other.url) as endpoint:
        found = batch(endpoint, tmp_path, games=1)
    assert other.had == [] and found["outside"]["forfeited"] == found["outside"]["moves"]
    assert "the endpoint answers 307" in found["outside"]["first_forfeits"][0]


def test_a_key_is_not_sent_in_the_clear():
    player = REPOSITORY / "scenarios/players/chat.py"
    words = [sys.executable, player, "http://models.example/v1/chat/completions", "stub"]
    env = {**os.environ, "SUMMITRY_CHAT_KEY": KEY}
    done = subprocess.run(words, input="", capture_output=True, text=True, timeout=20, env=env)
    assert done.returncode == 1 and "an address of https is needed" in done.stderr
