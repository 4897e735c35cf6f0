import { create } from 'zustand';
import type { ConnectionState } from '../api/connection.ts';
import type { TrainingProgressMessage } from '../../contract/training.ts';
import type { RunSummary } from '../../contract/schemas.ts';

export interface RunProgress {
  readonly run: RunSummary;
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

export interface Task {
  readonly label: string;
  /** 0..1; null while unknown */
  readonly fraction: number | null;
  /** At the pace so far [s]; null while there is none. */
  readonly secondsLeft: number | null;
}

interface ProgressState {
  readonly connection: ConnectionState;
  /** Latest news of the run; undefined until the first arrives. */
  readonly run: RunProgress | undefined;
  /** Slow task beside a run (simulating, reading, computing features); undefined when there is none. */
  readonly task: Task | undefined;
  /** Where a running training is; undefined while there is none. */
  readonly training: TrainingProgressMessage | undefined;
  readonly setTraining: (training: TrainingProgressMessage | undefined) => void;
  readonly setConnection: (connection: ConnectionState) => void;
  readonly setRun: (run: RunProgress | undefined) => void;
  readonly setTask: (task: Omit<Task, 'secondsLeft'> | undefined) => void;
}

/** Where the present task was when it was first heard of: what came before says nothing about its pace. */
interface Beginning {
  readonly fraction: number;
  readonly atMs: number;
}
let beginning: Beginning | undefined;
let latest = 0;

function secondsLeftOf(fraction: number | null): number | null {
  // A task may name its parts one after the other; one that begins anew is another.
  const isAnother = fraction === null || fraction < latest;
  latest = fraction ?? 0;
  if (beginning === undefined || isAnother) {
    beginning = { fraction: latest, atMs: performance.now() };
    return null;
  }
  const done = fraction - beginning.fraction;
  return done > 0 ? ((performance.now() - beginning.atMs) / 1000) * ((1 - fraction) / done) : null;
}

export const useProgress = create<ProgressState>()((set) => ({
  connection: 'connecting',
  run: undefined,
  task: undefined,
  training: undefined,
  setTraining: (training) => set({ training }),
  setConnection: (connection) => set({ connection }),
  setRun: (run) => set({ run }),
  setTask: (task) => {
    if (task === undefined) [beginning, latest] = [undefined, 0];
    set({ task: task && { ...task, secondsLeft: secondsLeftOf(task.fraction) } });
  },
}));
