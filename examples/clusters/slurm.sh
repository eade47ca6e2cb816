#!/bin/sh
# A planned batch on Slurm, a task of an array for each part; the part is taken from SLURM_ARRAY_TASK_ID.
#
#   summitry plan stockholm-2025 --games 1e8 --seed 7 --shards 200 --out run
#   sbatch --array="$(summitry missing --out run)" examples/clusters/slurm.sh run
#
# The second line again sends what failed or was lost, where there is any. A task that is requeued, or ended by SIGTERM at
# the end of its time, leaves nothing of its part, and plays it from the beginning. Logs go beside the folder, not into it.
#SBATCH --job-name=summitry
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=summitry-%A_%a.log
exec summitry shard --out "${1:-run}" --threads "${SLURM_CPUS_PER_TASK:-1}"
