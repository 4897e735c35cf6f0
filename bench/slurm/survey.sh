#!/bin/bash
# Command: bench/slurm/survey.sh FOLDER
# A survey of 20 simulated mosaics as a Slurm array job, one task killed on the way and requeued, and the merged table held
# against that of one run, byte by byte. Prints the log that is kept in docs/measurements/slurm-array.md. Where slurmd cannot
# start, the same tasks run under xargs -P, and the log says so. Needs slurm-wlm, stilts and root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1" && SURVEY=$(cd "$1" && pwd)
export SURVEY LOBATE="${LOBATE:-$here/../../bin/lobate.mjs}" LOBATE_TASKS=20
# Two runs of one list differ in the date of writing alone.
export SOURCE_DATE_EPOCH=1790000000
say() { echo "$(date -u +%T) $*"; }

if [ ! -f "$SURVEY/survey.srl.fits" ]; then
  "$LOBATE" simulate --fields 20 --size 600 --seed 11 --out "$SURVEY/mosaics" >/dev/null 2>&1
  for kind in srl gaul; do
    stilts tcat in="$SURVEY/mosaics/*.$kind.fits" out="$SURVEY/survey.$kind.fits" ofmt=fits-basic 2>/dev/null ||
      stilts tcat $(printf 'in=%s ' "$SURVEY"/mosaics/*.$kind.fits) out="$SURVEY/survey.$kind.fits" ofmt=fits-basic
    rm "$SURVEY"/mosaics/*.$kind.fits
  done
  rm -f "$SURVEY"/mosaics/*.components.fits
fi
rm -rf "$SURVEY/parts" "$SURVEY/logs" && mkdir "$SURVEY/parts" "$SURVEY/logs"
say "survey: $(ls "$SURVEY"/mosaics/*-mosaic.fits | wc -l) mosaics of 600 x 600 pixels, $("$LOBATE" --version 2>/dev/null)"

one() { "$LOBATE" classify --mosaic "$SURVEY/mosaics" --catalogue "$SURVEY/survey.srl.fits" \
  --gaussians "$SURVEY/survey.gaul.fits" --device cpu --out "$SURVEY/one.fits" 2>/dev/null; }
say "one run: $(one | sed "s#$SURVEY/##")"

# Kills the Lobate of one task as a node that runs out of memory does. @param $1 how to list the processes of the task
kill_task() {
  until pids=$(eval "$1") && [ -n "$pids" ]; do sleep 0.05; done
  kill -KILL $pids
}

with_slurm() {
  export SLURM_CONF="$SURVEY/slurm/slurm.conf"
  job=$(sbatch --parsable --array=1-20%2 --output="$SURVEY/logs/%a.log" "$here/task.sh")
  say "sbatch --array=1-20%2: job $job on $(sinfo --noheader --format='%D node, %c cores')"
  until squeue --noheader --states=RUNNING --format=%i | grep -qx "${job}_7"; do sleep 0.05; done
  kill_task "pgrep -f -- '--shard 7/20 .*--out $SURVEY/parts/7.fits'"
  say "task 7 killed (SIGKILL) while it ran"
  until [ "$(squeue --noheader --jobs="${job}_7" --states=all --format=%T 2>/dev/null)" = FAILED ]; do sleep 0.1; done
  code=$(scontrol show job "${job}_7" | grep -m1 -oE 'ExitCode=[0-9:]+')
  say "task 7 is FAILED, $code (exit status:signal); parts/7.fits $([ -f "$SURVEY/parts/7.fits" ] && echo is || echo is not) there"
  scontrol requeue "${job}_7"
  say "scontrol requeue ${job}_7"
  while squeue --noheader --jobs="$job" --format=%T 2>/dev/null | grep -q .; do sleep 0.5; done
  say "array ended: $(ls "$SURVEY"/parts/*.fits | wc -l) parts; $(grep -h begins "$SURVEY"/logs/*.log | wc -l) attempts"
  say "task 7 said: $(grep begins "$SURVEY/logs/7.log" | paste -sd ';')"
}

with_xargs() {
  say "xargs -P 2 in place of Slurm: $1"
  seq 20 | xargs -P 2 -I{} bash -c "LOBATE_TASK={} '$here/task.sh' >'$SURVEY/logs/{}.log' 2>&1 || echo {} >>'$SURVEY/failed'" &
  kill_task "pgrep -f -- '--shard 7/20 .*--out $SURVEY/parts/7.fits'"
  say "task 7 killed (SIGKILL) while it ran"
  wait
  say "failed: $(paste -sd ' ' "$SURVEY/failed"); run again"
  while read -r task; do LOBATE_TASK=$task "$here/task.sh" >>"$SURVEY/logs/$task.log" 2>&1; done <"$SURVEY/failed"
  rm "$SURVEY/failed"
}

if why=$("$here/single-node.sh" "$SURVEY/slurm" start 2>&1); then
  trap '"$here/single-node.sh" "$SURVEY/slurm" stop' EXIT
  with_slurm
else
  with_xargs "slurmd did not start ($(echo "$why" | tail -1))"
fi

say "$("$LOBATE" merge "$SURVEY"/parts/*.fits --out "$SURVEY/merged.fits" 2>/dev/null | sed "s#$SURVEY/##")"
(cd "$SURVEY" && sha256sum one.fits merged.fits)
cmp "$SURVEY/one.fits" "$SURVEY/merged.fits" && say "merged.fits and one.fits are identical, byte by byte"
