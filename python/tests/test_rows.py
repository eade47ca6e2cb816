"""Rows go to pyarrow, Polars, pandas and DuckDB without a copy, and come back to us exactly once."""

import datetime
import gc

import pytest

GAMES = 3_000


@pytest.fixture(scope="module")
def rows(story):
    return story.rows(GAMES, seed=7)


@pytest.fixture(autouse=True)
def everything_comes_back(rows):
    gc.collect()
    before = rows._native.holders()
    assert before == 1
    yield
    gc.collect()
    assert rows._native.holders() == 1, "what was handed out was given back, once"


def test_they_are_the_batch(story, rows):
    batch = story.batch(GAMES, seed=7)
    assert (rows.digest, len(rows), rows.seed) == (batch.digest, GAMES, 7)
    assert {"game", "ending", "deal", "us.total"} <= {field.name for field in rows.fields}
    assert "p2:" in repr(rows)


def test_pyarrow(story, rows):
    pa = pytest.importorskip("pyarrow")
    table = pa.table(rows)
    table.validate(full=True)
    assert table.num_rows == GAMES and table.column_names == [field.name for field in rows.fields]
    assert table.schema.field("us.total").metadata[b"unit"] == b"points"
    assert str(table.schema.field("ending").type) == "dictionary<values=string, indices=uint32, ordered=0>"
    digests = sum(table["digest"].to_pylist()) % 2**64
    assert rows.digest.endswith(f"{digests:016x}"), "the digest is the sum of those of its games"
    batch = story.batch(GAMES, seed=7)
    assert sum(table["deal"].to_pylist()) / GAMES == batch.shares.deal.share
    # what a number is held in lies where it lay for the last reader: nothing was copied
    again = pa.table(rows)
    places = {t["us.total"].chunk(0).buffers()[1].address for t in (table, again)}
    assert len(places) == 1
    game = story.run(5, seed=7)
    assert table["ending"][5].as_py() == game.outcome
    dates = [field.name for field in rows.fields if field.holds == "date"]
    found = [x for name in dates for x in table[name].to_pylist() if x is not None]
    assert found and all(isinstance(x, datetime.date) and 2024 < x.year < 2030 for x in found)


def test_missing_values_are_missing(rows):
    pa = pytest.importorskip("pyarrow")
    table = pa.table(rows)
    some = [field.name for field in rows.fields if field.games is not None]
    missing = [table[name].null_count for name in some]
    assert any(missing) and not all(n == GAMES for n in missing)
    rounds, counts = (next(n for n in table.column_names if n.endswith(end)) for end in (".first_round", ".count"))
    assert [x is None for x in table[rounds].to_pylist()] == [x == 0 for x in table[counts].to_pylist()]
    whole = [field.name for field in rows.fields if field.games is None]
    assert all(table[name].null_count == 0 for name in whole)


def test_polars(rows):
    pl = pytest.importorskip("polars")
    frame = pl.DataFrame(rows)
    assert frame.height == GAMES and frame["ending"].dtype in (pl.Categorical, pl.Enum)
    pa = pytest.importorskip("pyarrow")
    table = pa.table(rows)
    assert frame["us.total"].to_list() == table["us.total"].to_pylist()
    assert frame["ending"].to_list() == table["ending"].to_pylist()


def test_pandas(rows):
    pd = pytest.importorskip("pandas")
    pa = pytest.importorskip("pyarrow")
    from_arrow = getattr(pd.DataFrame, "from_arrow", lambda rows: pa.table(rows).to_pandas())
    frame = from_arrow(rows)
    assert len(frame) == GAMES and frame["ending"].dtype == "category"
    assert frame["game"].tolist() == list(range(GAMES))


def test_duckdb(rows):
    duckdb = pytest.importorskip("duckdb")
    pa = pytest.importorskip("pyarrow")
    found = dict(duckdb.sql("SELECT ending, count(*) FROM rows GROUP BY ending").fetchall())
    endings = pa.table(rows)["ending"].to_pylist()
    assert found == {name: endings.count(name) for name in set(endings)} and len(found) > 2


def test_a_stream_that_nobody_reads_gives_back_what_it_holds(rows):
    stream = rows.__arrow_c_stream__()
    assert rows._native.holders() == 2
    del stream
    assert rows._native.holders() == 1
    schema = rows.__arrow_c_schema__()
    del schema


def test_a_stream_is_read_once(rows):
    pa = pytest.importorskip("pyarrow")
    reader = pa.RecordBatchReader.from_stream(rows)
    assert [batch.num_rows for batch in reader] == [GAMES]
    # a column outlives its table and the other columns
    column = pa.table(rows)["game"]
    gc.collect()
    assert rows._native.holders() > 1
    assert column.to_pylist() == list(range(GAMES))
