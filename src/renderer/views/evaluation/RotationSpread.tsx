import { Button, NumberInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { MOST_TURNED } from '../../../contract/rotation.ts';
import type { RotationSpreads } from '../../../contract/rotation.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { sampleEvenly, summariseSpreads } from '../../../core/evaluation/rotation-spread.ts';
import { rotationFigure } from '../../../figures/rotation-figure.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { sentenceOf } from '../../api/refusal.ts';
import { count, significant } from '../../components/format.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useSelection } from '../../state/selection.ts';
import { useThreshold } from '../../state/threshold.ts';
import { FigureMenu } from './FigureMenu.tsx';
import { FigureView } from './FigureView.tsx';
import { modelWords } from './model-words.ts';
import { showOnly } from './show-only.ts';

/** Random orientations of each source beside the eight exact ones. */
const ANGLES = 4;
const FIRST_SAMPLE = 200;

/** How much P(MC) depends on how a source lies (Appendix B of the paper): of what is chosen, or of a sample. */
export function RotationSpread({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const runId = usePredictions((state) => state.columns?.runId);
  const chosen = useSelection((state) => state.chosen);
  const [sampleSize, setSampleSize] = useState(FIRST_SAMPLE);
  const [asked, setAsked] = useState<readonly number[] | undefined>(undefined);
  const key = ['rotation', project.path, runId, asked];
  const found = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => engine.explain.rotation({ rows: [...asked!], angles: ANGLES }, { signal }),
    enabled: asked !== undefined,
    staleTime: Infinity,
    retry: false,
  });
  const wanted = chosen.length > 0 ? Math.min(chosen.length, MOST_TURNED) : sampleSize;
  return (
    <>
      <div className="evaluation__choices">
        {chosen.length === 0 && (
          <NumberInput
            aria-label="Sources to turn"
            size="xs"
            value={sampleSize}
            min={1}
            max={MOST_TURNED}
            step={100}
            allowDecimal={false}
            w={80}
            onChange={(value) => {
              if (typeof value === 'number' && value >= 1) setSampleSize(Math.min(MOST_TURNED, value));
            }}
          />
        )}
        {found.isFetching ? (
          <Button
            size="compact-sm"
            onClick={() => void queries.cancelQueries({ queryKey: key }).then(() => setAsked(undefined))}
          >
            Cancel
          </Button>
        ) : (
          <Button
            size="compact-sm"
            onClick={() => setAsked(chosen.length > 0 ? [...chosen].slice(0, wanted) : sample(wanted))}
          >
            Turn {count(wanted)} {chosen.length > 0 ? 'selected' : 'sources, evenly over the field'}
          </Button>
        )}
        {found.isError && <span className="evaluation__problem">{sentenceOf(found.error)}</span>}
      </div>
      {found.data === undefined ? (
        <p className="quiet evaluation__hint">
          {found.isFetching
            ? 'Each source goes through the network in twelve orientations; the title bar shows how far it is.'
            : 'Each source is turned and mirrored in the eight exact ways and at four random angles, and P(MC) computed anew: what it should not depend on.'}
        </p>
      ) : (
        <Spreads project={project} spreads={found.data} />
      )}
    </>
  );
}

/** Every so many of the rows that the network scored: the same ones each time. */
function sample(size: number): number[] {
  const { columns } = usePredictions.getState();
  const sisg = useField.getState().sources?.sisg;
  const rows: number[] = [];
  columns?.probability.forEach((value, row) => {
    if (!Number.isNaN(value) && sisg?.[row] !== 1) rows.push(row);
  });
  return sampleEvenly(rows, size);
}

function Spreads({ project, spreads }: { readonly project: ProjectSummary; readonly spreads: RotationSpreads }) {
  const threshold = useThreshold((state) => state.threshold);
  const { rows, sigma, lowest, highest } = spreads;
  const mixedRows = useMemo(
    () => rows.filter((_, at) => lowest[at]! < threshold && highest[at]! >= threshold),
    [rows, lowest, highest, threshold],
  );
  const summary = useMemo(
    () =>
      summariseSpreads(
        rows,
        rows.map((_, at) => ({ sigma: sigma[at]!, lowest: lowest[at]!, highest: highest[at]!, isMixed: false })),
      ),
    [rows, sigma, lowest, highest],
  );
  const figure = useMemo(
    () =>
      rotationFigure({
        sigmas: sigma,
        randomAngles: ANGLES,
        mixed: mixedRows.length,
        threshold,
        subject: {
          source: `${project.name}, ${modelWords(project)}`,
          rows: rows.length,
          mc: undefined,
          warning: '',
        },
      }),
    [sigma, mixedRows, project, threshold, rows],
  );
  const show = (keep: (at: number) => boolean): void =>
    showOnly(Uint32Array.from(rows.filter((_, at) => keep(at))).sort());
  if (rows.length === 0) {
    return (
      <p className="evaluation__hint quiet">
        None of these sources goes through the network: SISG, or off the mosaics.
      </p>
    );
  }
  return (
    <>
      <p className="evaluation__hint">
        σ of P(MC): median {significant(summary.sigmaMedian, 2)}, 90 % below {significant(summary.sigma90, 2)}, largest{' '}
        {significant(summary.sigmaLargest, 2)}.{' '}
        <button type="button" className="link" onClick={() => showOnly(Uint32Array.from(mixedRows).sort())}>
          {count(mixedRows.length)} of {count(rows.length)} change their class at {threshold}
        </button>
      </p>
      <FigureView figure={figure} onBrush={(low, high) => show((at) => sigma[at]! >= low && sigma[at]! <= high)} />
      <p className="evaluation__caption small quiet">
        {figure.caption} Drag across the figure to see the sources there. <FigureMenu figureNow={() => figure} />
      </p>
    </>
  );
}
