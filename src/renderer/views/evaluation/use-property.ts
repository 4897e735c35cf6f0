import { useEffect, useMemo } from 'react';
import { spansDecades } from '../../../core/evaluation/property-performance.ts';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { Property } from '../../../figures/property-figures.ts';
import { loadColumn } from '../../api/load-columns.ts';
import { notifyError } from '../../api/notify.ts';
import { useInputColumns } from '../../state/input-columns.ts';
import { inputColumnId, inputColumnName } from '../../state/table.ts';
import { SOURCE_PROPERTIES } from './source-properties.ts';

/** A property that can be chosen, by an id of its own: a column of the file may carry the name of one of ours. */
export interface PropertyChoice {
  readonly value: string;
  readonly label: string;
}

export interface ChosenProperty {
  readonly property: Property;
  /** One value per catalogue row; empty while a column is on its way. */
  readonly values: ArrayLike<number>;
  readonly choices: readonly { readonly group: string; readonly items: PropertyChoice[] }[];
}

const NO_VALUES: ArrayLike<number> = [];
/** The property to look at performance against: one of those that every field has, or any number of the catalogue. */
export function useProperty(id: string, sources: SourceColumns, predictions: PredictionColumns): ChosenProperty {
  const described = useInputColumns((state) => state.described);
  const columnName = inputColumnName(id);
  const column = useInputColumns((state) => (columnName === undefined ? undefined : state.values.get(columnName)));
  useEffect(() => {
    if (columnName === undefined || column !== undefined) return undefined;
    const stop = new AbortController();
    loadColumn(columnName, stop.signal).then(
      (values) => useInputColumns.getState().add(columnName, values),
      (error: unknown) => {
        if (!stop.signal.aborted) notifyError(`The column ${columnName} was not loaded`, error);
      },
    );
    return () => stop.abort();
  }, [columnName, column]);

  const choices = useMemo(
    () => [
      { group: 'Every field', items: SOURCE_PROPERTIES.map(({ name, title }) => ({ value: name, label: title })) },
      {
        group: 'Columns of the catalogue',
        items: (described ?? [])
          .filter(({ kind }) => kind === 'number')
          .map(({ name }) => ({ value: inputColumnId(name), label: name })),
      },
    ],
    [described],
  );
  return useMemo(() => {
    if (columnName !== undefined) {
      const values = column instanceof Float64Array ? column : NO_VALUES;
      const unit = described?.find(({ name }) => name === columnName)?.unit ?? '';
      return { property: { name: columnName, unit, isLog: spansDecades(values) }, values, choices };
    }
    const property = SOURCE_PROPERTIES.find(({ name }) => name === id) ?? SOURCE_PROPERTIES[0]!;
    return { property, values: property.valuesOf(sources, predictions), choices };
  }, [id, columnName, column, described, choices, sources, predictions]);
}
