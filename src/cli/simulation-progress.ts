import type { FieldProgress } from '../services/simulation/simulate-fields.ts';
import type { ProgressBar } from './io.ts';

/** One bar, of as many steps as there are fields, for fields of which several may be made at once. */
export function simulationBar(bar: ProgressBar): FieldProgress {
  const done = new Map<string, number>();
  return (field, fraction, label) => {
    done.set(field, fraction);
    const sum = [...done.values()].reduce((total, one) => total + one, 0);
    bar.update(sum, `${field}: ${label}`);
  };
}
