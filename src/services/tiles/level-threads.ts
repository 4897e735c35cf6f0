import { availableParallelism } from 'node:os';
import type { AskedThread } from '../threads/asked-thread.ts';
import { askedThread } from '../threads/asked-thread.ts';
import { threadEntry } from '../threads/thread-entry.ts';
import type { Plane } from './plane.ts';
import type { LevelSize } from './tile-source.ts';

/** A mosaic whose levels are wanted, from the one whose blocks are `factor` pixels wide. */
export interface LevelsWanted {
  /** As it was given, with its selector. */
  readonly path: string;
  /** Multiplies every mean. */
  readonly scale: number;
  readonly factor: number;
  /** Rows that stand for a block of the first level; all of them where not given. */
  readonly rowsPerBlock?: number | undefined;
  /** Of the levels, each half as wide and as high as the one before, rounded up. */
  readonly sizes: readonly LevelSize[];
}

/** The rows that one thread averages. */
export interface RowsWanted extends Omit<LevelsWanted, 'sizes'> {
  /** Of the first level [block]. */
  readonly width: number;
  readonly firstRow: number;
  readonly endRow: number;
  /** Averaged at once; halved as often as there are further levels, they are still whole rows. */
  readonly stripRows: number;
  /** Memory of each level, shared by all threads. */
  readonly levels: readonly SharedArrayBuffer[];
}

/** Averages whole mosaics beside the thread that answers the window: the first view waits for one such pass. */
export interface LevelThreads {
  /** All levels from one pass over the file, bit for bit those of `blockMeans` and `halve`. */
  levelsOf(wanted: LevelsWanted): Promise<readonly Plane[]>;
  /** Starts the threads before there is work for them: that takes longer than a mosaic's first picture. */
  start(): void;
  /** What is being averaged is given up, and refused. */
  close(): void;
}

/** For the disk, not for the processor, more of them would wait. */
const MOST_THREADS = 4;
/** Blocks averaged at once [block]: 8 MB, of which one part is read while another is averaged. */
const STRIP_PIXELS = 2e6;
/** A thread holds some 30 MB: those that nobody has asked for so long are ended [ms]. */
const IDLE_AFTER_MS = 1000;

const THREAD_ENTRY = threadEntry('level-thread', import.meta.url);

/**
 * @param stripPixels least number of blocks that are averaged at once
 * @returns undefined where there is one core only
 */
export function levelThreads(
  cores = availableParallelism(),
  stripPixels: number = STRIP_PIXELS,
): LevelThreads | undefined {
  if (cores < 2 || THREAD_ENTRY === undefined) return undefined;
  // One core is left to the thread that reads the catalogue meanwhile.
  const count = Math.min(MOST_THREADS, cores - 1);
  const entry = THREAD_ENTRY;
  let pool: readonly AskedThread<RowsWanted, undefined>[] = [];
  let inProgress = 0;
  let idle: NodeJS.Timeout | undefined;

  function end(): void {
    for (const thread of pool) void thread.close();
    pool = [];
  }

  function start(): void {
    if (pool.length > 0) return;
    pool = Array.from({ length: count }, () => askedThread(entry, undefined, 'averages the pixels of a mosaic'));
  }

  /** The threads are there while they have work. */
  async function withThreads<T>(work: () => Promise<T>): Promise<T> {
    clearTimeout(idle);
    inProgress++;
    start();
    try {
      return await work();
    } finally {
      inProgress--;
      if (inProgress === 0) idle = setTimeout(end, IDLE_AFTER_MS).unref();
    }
  }

  return {
    async levelsOf({ sizes, ...wanted }) {
      const [first] = sizes;
      if (first === undefined) return [];
      return withThreads(async () => {
        const levels = sizes.map(({ width, height }) => new SharedArrayBuffer(4 * width * height));
        const wholeRows = 2 ** (sizes.length - 1);
        const stripRows = Math.ceil(stripPixels / first.width / wholeRows) * wholeRows;
        const rows = Math.ceil(first.height / wholeRows / pool.length) * wholeRows;
        await Promise.all(
          pool.map((thread, k) => {
            const endRow = Math.min(first.height, (k + 1) * rows);
            return thread.ask({ ...wanted, width: first.width, firstRow: k * rows, endRow, stripRows, levels });
          }),
        );
        return sizes.map((size, level) => ({ ...size, values: new Float32Array(levels[level]!) }));
      });
    },
    start,
    close() {
      clearTimeout(idle);
      end();
    },
  };
}
