#!/usr/bin/env bash
# Rows of a batch, read back by DuckDB, Polars and pandas, and a query over many games. `run.sh PROGRAM [GAMES [MANY]]`. It
# installs what it needs into a folder of its own; where that cannot be had it says so and ends with 75, which skips the step.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-target/release/summitry} games=${2:-20000} many=${3:-1000000}
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
command -v python3 >/dev/null || { echo "skipped: no Python on this machine"; exit 75; }
python3 -m venv "$there/venv" && "$there/venv/bin/pip" install --quiet duckdb polars pandas pyarrow pytz 2>"$there/why" ||
  { echo "skipped: DuckDB, Polars and pandas cannot be installed: $(tail -n 1 "$there/why")"; exit 75; }
"$program" batch stockholm-2025 --games "$games" --seed 2025 --format json --rows "$there/games.parquet" >"$there/batch.json"
"$there/venv/bin/python" tests/rows/read.py "$there/games.parquet" "$there/batch.json"

# What a newcomer comes to in ten minutes: a million games with what was drawn, and one query over them.
"$program" batch stockholm-2025 --games "$many" --seed 2025 --format json --rows "$there/many.parquet" >"$there/many.json"
"$there/venv/bin/python" tests/rows/million.py "$there/many.parquet" "$there/many.json"
