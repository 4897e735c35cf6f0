#!/bin/bash
# Command: single-node.sh FOLDER start|stop
# A Slurm cluster of this one machine, for trying array jobs: its state in FOLDER, without munge and accounting. Needs
# Debian's slurm-wlm and root. Everything that reads `SLURM_CONF=FOLDER/slurm.conf` speaks to it.
set -euo pipefail
folder=$(realpath -m "$1")
if [ "$2" = stop ]; then
  for daemon in slurmd slurmctld; do
    [ ! -f "$folder/$daemon.pid" ] || kill "$(cat "$folder/$daemon.pid")" 2>/dev/null || true
  done
  exit 0
fi
mkdir -p "$folder/state" "$folder/spool"
node=$(hostname -s)
cat >"$folder/slurm.conf" <<CONF
ClusterName=bench
SlurmctldHost=$node(127.0.0.1)
AuthType=auth/none
CredType=cred/none
SlurmUser=root
SlurmctldPort=16817
SlurmdPort=16818
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobCompType=jobcomp/none
MpiDefault=none
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$folder/slurm.conf"
slurmctld
slurmd
for _ in $(seq 60); do
  if sinfo --noheader --format=%T 2>/dev/null | grep -qE 'idle|mixed|allocated'; then exit 0; fi
  sleep 0.5
done
echo "slurmd did not come up:" >&2
tail -5 "$folder/slurmctld.log" "$folder/slurmd.log" >&2
exit 1
