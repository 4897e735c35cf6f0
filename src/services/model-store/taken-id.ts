import { DomainFailure } from '../../core/result/failure.ts';
import type { ListedModel } from './load-model.ts';

/**
 * Refuses the id of a model that is there already, wherever it is: one of the user's own would stand in for a shipped
 * model of its name, and be used without having been chosen.
 * @throws DomainFailure 'argument-invalid'
 */
export function refuseTakenId(id: string, models: readonly Pick<ListedModel, 'description'>[]): void {
  if (!models.some(({ description }) => description.id === id)) return;
  const why = 'there is a model of this name already; remove it first, or give another name';
  throw new DomainFailure({ kind: 'argument-invalid', name: id, why });
}
