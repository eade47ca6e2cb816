"""An outside player that asks a language model, at any endpoint for chat completions (see docs/players.md).

    --player model='python3 chat.py http://127.0.0.1:8080/v1/chat/completions NAME' --think 60

A key, where one is needed, is read from the environment variable SUMMITRY_CHAT_KEY and goes to that address alone.
"""
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

SECONDS = float(os.environ.get("SUMMITRY_CHAT_SECONDS", "50"))  # less than --think, so that it is told what was the matter
SYSTEM = "You play a party in a simulated negotiation. Answer with the number of one move of the menu, and nothing else."


class Stay(urllib.request.HTTPRedirectHandler):
    """Whoever is sent elsewhere stays: the key is not for others."""

    def redirect_request(self, *_):
        return None


def checked(url):
    at = urllib.parse.urlsplit(url)
    here = at.hostname in ("127.0.0.1", "::1", "localhost")
    if at.scheme not in ("http", "https") or (at.scheme == "http" and not here and os.environ.get("SUMMITRY_CHAT_KEY")):
        sys.exit(f"{url}: an address of https is needed where a key is sent to another machine")
    return url


def asked(url, model, brief, said):
    """What the model answers."""
    moves = "\n".join(f"{n}. {move['says']}" for n, move in enumerate(said["menu"], 1))
    messages = [{"role": "system", "content": f"{SYSTEM}\n\n{brief}"},
                {"role": "user", "content": f"{said['words']}\n\nMenu:\n{moves}\n\nThe number of your move:"}]
    body = json.dumps({"model": model, "messages": messages, "max_tokens": 16, "temperature": 0}).encode()
    headers = {"Content-Type": "application/json"}
    if key := os.environ.get("SUMMITRY_CHAT_KEY"):
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(url, body, headers)
    with urllib.request.build_opener(Stay).open(request, timeout=SECONDS) as reply:
        return json.load(reply)["choices"][0]["message"]["content"]


def main(url, model):
    json.loads(sys.stdin.readline())
    print(json.dumps({"protocol": "summitry.player/1", "words": True}), flush=True)
    game, brief = None, ""
    for line in sys.stdin:
        said = json.loads(line)
        if said["game"] != game:  # the first question of a game tells who one is
            game, brief = said["game"], said["words"]
        try:
            answer = str(asked(url, model, brief, said))
            number = re.search(r"\d+", answer)
            reply = said["menu"][int(number[0]) - 1]["answer"] if number and 1 <= int(number[0]) <= len(said["menu"]) else None
            why = f"no number from 1 to {len(said['menu'])} in {answer[:40]!r}"
        except urllib.error.HTTPError as error:
            reply, why = None, f"the endpoint answers {error.code}"
        except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
            reply, why = None, f"no answer of the endpoint: {type(error).__name__}"
        print(json.dumps(reply or {"no move": why}), flush=True)  # which forfeits the move


if __name__ == "__main__":
    main(checked(sys.argv[1]), sys.argv[2])
