import type { MosaicPyramid } from './mosaic-pyramid.ts';

/** How far the wide view of many mosaics is from the true one. */
export interface OverviewState {
  /** Grows when wide tiles have become better: a part of their address. */
  readonly revision: number;
  /** Mosaics that wide tiles have shown, and how many of them from all of their pixels. */
  readonly shownCount: number;
  readonly readCount: number;
}

export interface Refinement {
  /** Goes on reading where there is something to read. */
  wake(): void;
  state(): OverviewState;
  /** Reads no further mosaic. */
  close(): void;
}

/** Mosaics after which better tiles are worth loading anew; from then on whenever twice as many are read. */
const FIRST_STEP = 16;

/**
 * Reads whole, one by one, the mosaics of which wide tiles showed a sketch.
 * @param untilQuiet settles when nobody waits for a tile: those come first
 * @param onBetter wide tiles that are made from now on are better than those made before
 */
export function refinement(
  pyramids: readonly MosaicPyramid[],
  untilQuiet: () => Promise<void>,
  onBetter: () => void,
): Refinement {
  const failed = new Set<MosaicPyramid>();
  let [revision, readCount, toldCount] = [0, 0, 0];
  let isRunning = false;
  let isClosed = false;

  function tell(): void {
    if (readCount === toldCount) return;
    toldCount = readCount;
    revision++;
    onBetter();
  }

  async function run(): Promise<void> {
    for (;;) {
      await untilQuiet();
      const next = pyramids.find((pyramid) => pyramid.isCoarse && !failed.has(pyramid));
      if (next === undefined || isClosed) break;
      try {
        await next.refine();
        readCount++;
      } catch {
        // Its sketch stays, and the state says so; whoever asks for its pixels is told why they cannot be read.
        failed.add(next);
      }
      if (readCount >= Math.max(FIRST_STEP, 2 * toldCount)) tell();
    }
    if (!isClosed) tell();
  }

  return {
    wake() {
      if (isRunning || isClosed) return;
      isRunning = true;
      void run().finally(() => (isRunning = false));
    },
    state: () => ({
      revision,
      readCount,
      shownCount: readCount + pyramids.filter(({ isCoarse }) => isCoarse).length,
    }),
    close: () => (isClosed = true),
  };
}
