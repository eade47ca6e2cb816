"""The player of halfway.py by the second protocol: many games at once (see docs/players.md)."""
import json
import sys

hello = json.loads(sys.stdin.readline())  # what never changes: names of what is seen, of what may be done, of the levers
at = {entry["name"]: place for place, entry in enumerate(hello["see"])}
worths = [[at[f"ask.{lever['key']}.worth{step}"] for step in range(5)] for lever in hello["levers"]]
print(json.dumps({"protocol": "summitry.player/2", "games": 256}), flush=True)

for line in sys.stdin:
    said = json.loads(line)
    if "over" in said:  # how a game ended: nothing to answer
        continue
    see = said["see"]
    reply = {"game": said["game"], "do": "strategy"}  # a summit, the truce: as the strategy that stands in would
    if see[at["ask.offer"]]:
        given = 0.5 * min(1.0, see[at["time"]] * hello["rounds"] / see[at["me.date"]])
        levels = []
        for places in worths:  # -1 is the lowest level of the room, 1 the highest
            worth = [see[place] for place in places]
            best, worst = (0.5 * worth.index(of(worth)) - 1 for of in (max, min))
            levels.append((1 - given) * best + given * worst)
        reply |= {"do": "offer", "levels": levels}
    elif see[at["ask.answer"]]:  # better than waiting, and no loss
        reply["do"] = "yes" if see[at["ask.worth"]] >= max(0.0, see[at["ask.waiting"]]) else "no"
    elif see[at["ask.move"]]:
        reply["do"] = "wait"
    print(json.dumps(reply), flush=said["more"] == 0)
