import type { RotationRequest, RotationSpreads } from '../../contract/rotation.ts';
import { spreadOfAll } from '../../core/evaluation/rotation-spread.ts';
import { rotateTest } from '../inference/rotate-test.ts';
import type { ExplainedField } from './explained-field.ts';

/**
 * How far P(MC) of the sources spreads over the eight exact orientations and the random ones together.
 * @throws DomainFailure `cancelled`
 */
export async function rotationSpreadsOf(
  { field, model, recipe, session }: ExplainedField,
  { rows, angles, seed }: RotationRequest,
  onDone: (fraction: number) => void,
  signal: AbortSignal,
): Promise<RotationSpreads> {
  const turned = await rotateTest(field, session, {
    recipe,
    moments: model.description.moments,
    rows: [...new Set(rows)].filter((row) => row < field.catalogue.rowCount),
    angles,
    seed,
    signal,
    onRow: (done, total) => onDone(done / total),
  });
  // Where the classes part is the window's to say: it moves, and lowest and highest tell.
  const spreads = turned.map((source) => spreadOfAll(source, 0));
  return {
    rows: turned.map(({ row }) => row),
    sigma: spreads.map(({ sigma }) => sigma),
    lowest: spreads.map(({ lowest }) => lowest),
    highest: spreads.map(({ highest }) => highest),
  };
}
