import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import { inTurn } from '../../services/threads/in-turn.ts';
import type { ExportFile } from './export-list.ts';

/** It is over only when the file has its name. */
const LAST_FRACTION = 0.99;

/**
 * Writes a file as it is made, and its companion, whole or not at all; between two pieces the engine answers others.
 * @param onPart told how much of it is written [0..1]
 * @throws DomainFailure cancelled, file-unwritable
 */
export async function writeExport(
  path: string,
  { pieces, companion, rows }: ExportFile,
  onPart: (fraction: number) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const onRows = (rowsDone: number): void => onPart(Math.min(LAST_FRACTION, rowsDone / rows));
  await writeAtomically(path, inTurn(pieces(onRows), signal));
  if (companion !== undefined) await writeAtomically(`${path}${companion.suffix}`, companion.content);
}
