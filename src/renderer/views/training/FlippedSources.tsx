import * as Plot from '@observablehq/plot';
import { useEffect, useRef } from 'react';
import type { TrainingResult } from '../../../contract/training.ts';
import { count } from '../../components/format.ts';
import { useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';

type Flipped = TrainingResult['flipped'];

/** The rows that the two models put on different sides of their thresholds: a map and a list that leads to the sky. */
export function FlippedSources({ flipped }: { readonly flipped: Flipped }) {
  const select = useSelection((state) => state.select);
  const setView = useView((state) => state.set);
  if (flipped.length === 0) return <p className="quiet">No source is on another side of the threshold.</p>;
  const show = (row: number | null): void => {
    if (row === null) return;
    select(row);
    setView({ dialog: undefined });
  };
  return (
    <div>
      <p>{count(flipped.length)} sources change sides.</p>
      <FlippedMap flipped={flipped} />
      <div className="training__flipped">
        <table className="training__table">
          <thead>
            <tr>
              <th>Source</th>
              <th>truth</th>
              <th>old</th>
              <th>new</th>
            </tr>
          </thead>
          <tbody>
            {flipped.map(({ row, name, isMc, before, now }) => (
              <tr key={`${name} ${row}`}>
                <th>
                  {row === null ? (
                    name
                  ) : (
                    <button type="button" className="training__source" onClick={() => show(row)}>
                      {name}
                    </button>
                  )}
                </th>
                <td>{isMc ? 'MC' : 'S'}</td>
                <td>{before.toFixed(2)}</td>
                <td>{now.toFixed(2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** Degrees that a map shows at least. */
const SMALLEST_SIDE_DEG = 0.5;

function frameOf(flipped: Flipped): { readonly ra: [number, number]; readonly dec: [number, number] } {
  const around = (values: readonly number[], least: number): [number, number] => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const half = Math.max(0.55 * (high - low), least / 2);
    return [(low + high) / 2 - half, (low + high) / 2 + half];
  };
  const dec = around(
    flipped.map(({ decDeg }) => decDeg),
    SMALLEST_SIDE_DEG,
  );
  const squeeze = Math.max(0.05, Math.cos(((dec[0] + dec[1]) / 2) * (Math.PI / 180)));
  // Across RA 0 the smaller numbers are taken a turn further.
  const raw = flipped.map(({ raDeg }) => raDeg);
  const crosses = Math.max(...raw) - Math.min(...raw) > 180;
  const ra = around(
    raw.map((value) => (crosses && value < 180 ? value + 360 : value)),
    (2 * SMALLEST_SIDE_DEG) / squeeze,
  );
  return { ra, dec };
}

/** East to the left, as on the sky. Filled where the new model is right. */
function FlippedMap({ flipped }: { readonly flipped: Flipped }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { ra, dec } = frameOf(flipped);
    const plot = Plot.plot({
      width: 400,
      height: 200,
      marginLeft: 48,
      marginBottom: 32,
      style: { background: 'transparent', fontSize: '11px' },
      x: { domain: ra, reverse: true, label: 'RA [°]', ticks: 5 },
      y: { domain: dec, label: 'Dec [°]', grid: true, ticks: 5 },
      marks: [
        Plot.dot(flipped, {
          x: (row: Flipped[number]) => (row.raDeg < ra[0] ? row.raDeg + 360 : row.raDeg),
          y: 'decDeg',
          r: 3.5,
          stroke: 'currentColor',
          fill: (row: Flipped[number]) => (row.now > row.before === row.isMc ? 'var(--accent)' : 'none'),
          title: (row: Flipped[number]) => row.name,
        }),
      ],
    });
    plot.setAttribute('role', 'img');
    plot.setAttribute('aria-label', 'Where the sources that change sides lie');
    holder.current?.replaceChildren(plot);
    return () => plot.remove();
  }, [flipped]);
  return (
    <>
      <div ref={holder} />
      <p className="quiet small">Filled: the new model is right. Open: the old one was.</p>
    </>
  );
}
