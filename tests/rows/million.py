"""One DuckDB query over many games with what was drawn in each, held to what the batch says of them.

usage: million.py ROWS.parquet BATCH.json

The query cuts the games into nine by two drawn numbers, as docs/rows.md does. The nine together are the batch: its games,
its deals, its mean total, its digest. And what was drawn matters: the nine differ by more than chance.
"""

import json
import math
import sys
import time

import duckdb

rows, batch = sys.argv[1:]
said = json.load(open(batch))
query = f"""
    select patience, security, count(*) n, count(*) filter (where deal) deals, sum("us.total") total, sum(digest) digest,
           count("lapse.first_date") lapses, min("lapse.first_date")::varchar first_lapse
    from (
      select *, ntile(3) over (order by "parties.us.goal.patience") patience,
                ntile(3) over (order by "parties.cn.goal.security") security
      from '{rows}'
    )
    group by all order by all
"""
begun = time.time()
cells = duckdb.sql(query).fetchall()
took = time.time() - begun
if len(cells) != 9 or max(cell[2] for cell in cells) - min(cell[2] for cell in cells) > 0.02 * said["games"]:
    sys.exit(f"nine alike parts were asked for, and these came: {[cell[:3] for cell in cells]}")
games, deals, lapses = (sum(cell[i] for cell in cells) for i in (2, 3, 6))
told = {"games": games, "deals": deals, "lapses": lapses, "digest": f"p2:{sum(cell[5] for cell in cells) % 2**64:016x}"}
shares = said["shares"]
batch_says = {
    "games": said["games"], "deals": shares["deal"]["count"], "lapses": shares["truce_lapsed"]["count"],
    "digest": said["digest"],
}
if told != batch_says:
    sys.exit(f"the rows say {told}, the batch {batch_says}")
mean, known = math.fsum(cell[4] for cell in cells) / games, said["metrics"]["us.total"]["mean"]
if not math.isclose(mean, known, rel_tol=1e-6):
    sys.exit(f"us.total: {mean} in the rows, {known} in the batch")
if not all(cell[7].startswith(("2025-", "2026-")) for cell in cells):
    sys.exit(f"first lapses on {[cell[7] for cell in cells]}")
share = [cell[3] / cell[2] for cell in cells]
chance = math.sqrt(0.25 / min(cell[2] for cell in cells))
if max(share) - min(share) < 5 * chance:
    sys.exit(f"what was drawn does not matter: deals in {min(share):.4f} to {max(share):.4f} of the nine parts")
print(f"DuckDB: {games} games in nine parts in {took:.1f} s, deals from {min(share):.3f} to {max(share):.3f}; as the batch says")
