import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { SourceColumns } from '../../../contract/column-sets.ts';
import { loadColumn } from '../../api/load-columns.ts';
import { notifyError } from '../../api/notify.ts';
import { columnsIn } from '../../../core/table/filter-rows.ts';
import { isExpression } from '../../row-order/row-order.ts';
import type { OrderAnswer } from '../../row-order/row-order.ts';
import type { RowOrder } from '../../row-order/start-row-order.ts';
import { startRowOrder } from '../../row-order/start-row-order.ts';
import { useField } from '../../state/field.ts';
import { useInputColumns } from '../../state/input-columns.ts';
import type { InputValues } from '../../state/input-columns.ts';
import { shownLabel, useLabeller } from '../../state/labels.ts';
import { useRestingLabels } from '../../state/resting-labels.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useRestingThreshold } from '../../state/resting-threshold.ts';
import { inputColumnName, useTable } from '../../state/table.ts';
import { statusText } from './status-text.ts';
import type { TableColumn } from './table-columns.ts';

/** The order waits so long for the next key of a filter [ms]. */
const RESTING_MS = 120;

/** One worker for the life of the window, started with the first table. */
let shared: RowOrder | undefined;

/** Rows of the table in their order, with what the header shows; undefined until the worker has answered once. */
export function useOrderedRows(
  shown: readonly TableColumn[],
  available: readonly TableColumn[],
): OrderAnswer | undefined {
  const order = (shared ??= startRowOrder());
  // Of which catalogue it is: an answer about the former one shows nothing.
  const [found, setFound] = useState<{ readonly of: SourceColumns; readonly answer: OrderAnswer } | undefined>(
    undefined,
  );
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  const version = usePredictions((state) => state.version);
  const { filter, status, sortedBy, isDescending } = useTable();
  const [restingFilter] = useDebouncedValue(filter, RESTING_MS);
  const sortColumn = available.find(({ id }) => id === sortedBy)?.orderedBy ?? '';
  const named = useMemo(
    () => new Set([sortColumn, ...(isExpression(restingFilter) ? columnsIn(restingFilter) : [])]),
    [sortColumn, restingFilter],
  );
  const needsThreshold = named.has('status') || status === 'flagged' || status === 'not-flagged';
  // Where nothing listed depends on it, a threshold is not even heard of here.
  const usedThreshold = useRestingThreshold(({ threshold }) => (needsThreshold ? threshold : 0));
  const values = useNeededColumns(shown, available, named);

  useEffect(() => {
    if (sources === undefined) return;
    order.begin(sources.rowCount);
    order.texts('name', sources.name);
    order.numbers('sisg', sources.sisg);
    order.numbers('total_flux_mjy', sources.totalFluxMjy);
    order.numbers('maj_arcsec', sources.majArcsec);
    order.numbers('nn_dist', sources.nearestArcsec);
    order.numbers('nn_45', sources.within45);
    order.numbers('duplicate_row', sources.duplicateRow);
  }, [order, sources]);
  useEffect(() => {
    if (sources === undefined) return;
    const { probability } = predictions ?? { probability: new Float64Array(sources.rowCount).fill(Number.NaN) };
    order.numbers('mc_probability', probability);
    // Entries change in place; `version` tells when.
  }, [order, sources, predictions, version]);
  useEffect(() => {
    if (sources === undefined || !named.has('status')) return;
    order.texts(
      'status',
      Array.from({ length: sources.rowCount }, (_, row) => statusText(sources, predictions, row, usedThreshold)),
    );
  }, [order, sources, predictions, version, named, usedThreshold]);
  const resting = useRestingLabels();
  const said = named.has('label') ? resting.said : undefined;
  const labeller = useLabeller();
  useEffect(() => {
    if (sources === undefined || said === undefined) return;
    order.texts(
      'label',
      Array.from({ length: sources.rowCount }, (_, row) => shownLabel(said.get(row) ?? [], labeller)?.word ?? ''),
    );
  }, [order, sources, said, labeller]);
  useEffect(() => {
    for (const [name, column] of values) {
      if (column instanceof Float64Array) order.numbers(name, column);
      else order.texts(name, column);
    }
  }, [order, sources, values]);

  // Last, so that the worker has what the request names.
  useEffect(() => {
    if (sources === undefined) return undefined;
    let isOvertaken = false;
    const histograms = shown.filter(({ isNumber, id }) => isNumber || id === 'p').map(({ orderedBy }) => orderedBy);
    void order
      .order({
        filter: restingFilter,
        status,
        threshold: usedThreshold,
        sortedBy: sortColumn,
        isDescending,
        histograms,
      })
      .then((answer) => {
        if (answer !== undefined && !isOvertaken) setFound({ of: sources, answer });
      });
    return () => {
      isOvertaken = true;
    };
  }, [
    order,
    sources,
    predictions,
    version,
    said,
    labeller,
    values,
    shown,
    restingFilter,
    status,
    usedThreshold,
    sortColumn,
    isDescending,
  ]);
  return found?.of === sources ? found?.answer : undefined;
}

/** The values of the file's columns that are shown, sorted or filtered by; fetches what is not there yet. */
function useNeededColumns(
  shown: readonly TableColumn[],
  available: readonly TableColumn[],
  named: ReadonlySet<string>,
): ReadonlyMap<string, InputValues> {
  const values = useInputColumns((state) => state.values);
  const needed = useMemo(() => {
    const ofFile = available.flatMap(({ id }) => inputColumnName(id) ?? []);
    const inHeader = shown.flatMap(({ id }) => inputColumnName(id) ?? []);
    return ofFile.filter((name) => named.has(name) || inHeader.includes(name));
  }, [available, shown, named]);
  useEffect(() => {
    const stop = new AbortController();
    for (const name of needed) {
      if (useInputColumns.getState().values.has(name)) continue;
      loadColumn(name, stop.signal).then(
        (column) => useInputColumns.getState().add(name, column),
        (error: unknown) => {
          if (!stop.signal.aborted) notifyError(`The column ${name} was not loaded`, error);
        },
      );
    }
    return () => stop.abort();
  }, [needed]);
  return values;
}
