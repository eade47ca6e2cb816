"""An outside player for summitry (see docs/players.md): gives way with the calendar, half-way by its date."""
import json
import sys

for line in sys.stdin:
    said = json.loads(line)
    if "protocol" in said:  # the first line: the game's, answered with the protocol that we speak
        reply = {"protocol": "summitry.player/1"}
    elif said["ask"] == "offer":
        given = 0.5 * min(1.0, said["round"] / said["me"]["date"])
        levels = {}
        for lever, room in said["about"]["room"].items():
            best = room["levels"][room["worth"].index(max(room["worth"]))]
            worst = room["levels"][room["worth"].index(min(room["worth"]))]
            levels[lever] = (1 - given) * best + given * worst
        reply = {"do": "offer", "levels": levels}
    elif said["ask"] == "answer":  # better than waiting, and no loss
        good = said["about"]["worth"] >= max(0.0, said["about"]["waiting"])
        reply = {"do": "yes" if good else "no"}
    elif said["ask"] == "move":
        reply = {"do": "wait"}
    else:  # a summit, the truce: as the strategy that stands in would
        reply = {"do": "strategy"}
    print(json.dumps(reply), flush=True)
