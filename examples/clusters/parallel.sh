#!/bin/sh
# A planned batch on one machine by GNU parallel, a process for each part and as many at a time as there are cores.
#
#   summitry plan stockholm-2025 --games 1e8 --seed 7 --shards 200 --out run
#   examples/clusters/parallel.sh run
#
# Called again it plays what is missing. On several machines that see the folder: --sshlogin HOST,HOST.
set -eu
run=${1:-run}
missing=$(summitry missing --out "$run") # such as 3,17,40-44
test -n "$missing" || exit 0
echo "$missing" | tr ',' '\n' | while IFS=- read -r from to; do seq "$from" "${to:-$from}"; done |
  parallel --jobs 100% --halt never summitry shard --out "$run" --threads 1 --index {}
