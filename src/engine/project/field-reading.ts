import type { ColumnReading } from '../../contract/column-report.ts';
import type { ColumnMap } from '../../core/catalogue/column-map.ts';
import { columnMapPairs, parseColumnMap } from '../../core/catalogue/column-map.ts';
import type { UnitFamily } from '../../core/catalogue/column-reader.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';

/** What the astronomer said about the columns of a catalogue, beside its files. */
export interface FieldReading {
  readonly units?: UnitFamily | undefined;
  readonly columnMap?: ColumnMap | undefined;
}

const KEY = 'field-reading';

/** What was said about the columns, as it crosses the wire. */
export function readingOf({ units, columnMap }: FieldReading): ColumnReading {
  return { ...(units === undefined ? {} : { units }), map: [...columnMapPairs(columnMap ?? {})] };
}

/** @throws DomainFailure argument-invalid for pairs that are no map */
export function fieldReading({ units, map }: ColumnReading): FieldReading {
  return { units, columnMap: map.length === 0 ? undefined : parseColumnMap(map) };
}

/** Keeps it in the project, so that the field opens again as it was read. */
export function storeReading(store: ProjectStore, { units, columnMap }: FieldFiles): void {
  store.setViewState(KEY, { units: units ?? null, map: columnMapPairs(columnMap ?? {}) });
}

export function storedReading(store: ProjectStore): FieldReading {
  const kept = store.viewState(KEY);
  if (typeof kept !== 'object' || kept === null) return { units: undefined, columnMap: undefined };
  const units = 'units' in kept && (kept.units === 'survey' || kept.units === 'pybdsf') ? kept.units : undefined;
  const pairs: readonly unknown[] = 'map' in kept && Array.isArray(kept.map) ? kept.map : [];
  const texts = pairs.filter((pair) => typeof pair === 'string');
  return { units, columnMap: texts.length === 0 ? undefined : parseColumnMap(texts) };
}

/** What tells runs apart that read the same files differently; empty where nothing was said about the columns. */
export function readingFingerprints({ units, columnMap }: FieldFiles): readonly string[] {
  const said = [...(units === undefined ? [] : [`units:${units}`]), ...columnMapPairs(columnMap ?? {})];
  return said.length === 0 ? [] : [`reading:${said.join(';')}`];
}
