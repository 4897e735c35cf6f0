#!/bin/bash
# One task of the array: part I of N of a survey, by mosaic. Slurm says which; `LOBATE_TASK` says it where there is no Slurm.
# A task that is killed and run again writes the same part: it is there whole, or not at all.
#SBATCH --job-name=lobate
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
set -euo pipefail
part="${SLURM_ARRAY_TASK_ID:-$LOBATE_TASK}/${SLURM_ARRAY_TASK_COUNT:-$LOBATE_TASKS}"
echo "part $part begins on $(hostname -s 2>/dev/null || echo node), attempt $((${SLURM_RESTART_COUNT:-0} + 1))"
exec "$LOBATE" classify --mosaic "$SURVEY/mosaics" --catalogue "$SURVEY/survey.srl.fits" \
  --gaussians "$SURVEY/survey.gaul.fits" --shard "$part" --device cpu --out "$SURVEY/parts/${part%/*}.fits"
