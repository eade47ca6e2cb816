"""Reads a file of rows by DuckDB, Polars and pandas, and holds what each says of it to what the batch said.

usage: read.py ROWS.parquet BATCH.json
"""

import json
import math
import sys

import duckdb
import pandas
import polars

rows, batch = sys.argv[1:]
said = json.load(open(batch))
deals, metrics = said["shares"]["deal"]["count"], said["metrics"]


def close(name, a, b):
    if not math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9):
        sys.exit(f"{name}: {a} in the rows, {b} in the batch")


def held(reader, games, count, share, n, digest, patience, day):
    close(f"{reader}: games", games, said["games"])
    close(f"{reader}: deals", count, deals)
    close(f"{reader}: us.share", share, metrics["us.share"]["mean"])
    close(f"{reader}: games with a share", n, metrics["us.share"]["count"])
    told = f"p2:{digest % 2**64:016x}"
    if told != said["digest"]:
        sys.exit(f"{reader}: the digests add up to {told}, the batch is {said['digest']}")
    if not (0.9 < patience < 1.0 and day.startswith("2025-")):
        sys.exit(f"{reader}: a drawn patience of {patience}, a first session on {day}")
    print(f"{reader}: {games} games, {count} deals, a mean us.share of {share:.4f}; as the batch says")


query = f"""
    select count(*), count(*) filter (where ending in ('mini_deal', 'summit_deal')), avg("us.share"), count("us.share"),
           sum(digest), avg("parties.us.goal.patience"), min("session.first_date")::varchar
    from '{rows}'
"""
held("DuckDB", *duckdb.sql(query).fetchall()[0])

frame = polars.read_parquet(rows)
shares = frame["us.share"].drop_nulls()
ends = frame["ending"].cast(polars.String)
held(
    "Polars", len(frame), int(ends.is_in(["mini_deal", "summit_deal"]).sum()), shares.mean(), len(shares),
    sum(int(x) for x in frame["digest"]), frame["parties.us.goal.patience"].mean(), str(frame["session.first_date"].min()),
)

frame = pandas.read_parquet(rows)
held(
    "pandas", len(frame), int(frame["ending"].isin(["mini_deal", "summit_deal"]).sum()), frame["us.share"].mean(),
    int(frame["us.share"].count()), sum(int(x) for x in frame["digest"]), frame["parties.us.goal.patience"].mean(),
    str(frame["session.first_date"].dropna().min()),
)
