"""The policy of learn.py as an outside player, in many games at once (docs/players.md):

    summitry batch stockholm-2025 --set 'parties.us.strategy=External("learned")' --player learned='python3 learned.py'
    summitry tournament stockholm-2025 --strategies deal-seeker,conceder,learned --player learned='python3 learned.py'
"""
import json
import sys

import numpy as np
from learn import FILE, Policy

hello = json.loads(sys.stdin.readline())
theta = np.array(json.loads(FILE.read_text())[hello["me"]["key"]])
policy = Policy([entry["name"] for entry in hello["see"]], hello["do"], len(hello["levers"]))
print(json.dumps({"protocol": "summitry.player/2", "games": 256}), flush=True)

asked = []
for line in sys.stdin:
    said = json.loads(line)
    if "over" in said:  # how a game ended: nothing to answer
        continue
    asked.append(said)
    if said["more"]:
        continue
    may = np.zeros((len(asked), len(hello["do"])), bool)
    for row, one in zip(may, asked, strict=True):
        row[one["may"]] = True
    actions, levels = policy.decide(np.array([one["see"] for one in asked]), may, theta[None, :])
    for one, action, level in zip(asked, actions.tolist(), levels.round(5).tolist(), strict=True):
        print(json.dumps({"game": one["game"], "do": action, "levels": level}))
    sys.stdout.flush()
    asked = []
