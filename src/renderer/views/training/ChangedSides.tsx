import { useEffect, useRef } from 'react';
import type { TrainingResult } from '../../../contract/training.ts';
import { flippedMap } from '../../../figures/training-figures.ts';
import { showFigure, useSurface } from './figure-surface.ts';
import { count } from '../../components/format.ts';
import { useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';

type Flipped = TrainingResult['flipped'];

/** The rows that the two models put on different sides of their thresholds: a map and a list that leads to the sky. */
export function ChangedSides({ flipped }: { readonly flipped: Flipped }) {
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
      <p>{flipped.length === 1 ? 'One source changes sides.' : `${count(flipped.length)} sources change sides.`}</p>
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

/** East to the left, as on the sky. Filled where the new model is right. */
function FlippedMap({ flipped }: { readonly flipped: Flipped }) {
  const holder = useRef<HTMLDivElement>(null);
  const surface = useSurface(400, 200);
  useEffect(() => {
    showFigure(holder.current, flippedMap(surface, flipped).element, 'Where the sources that change sides lie');
  });
  return (
    <>
      <div ref={holder} />
      <p className="quiet small">Filled: the new model is right. Open: the old one was.</p>
    </>
  );
}
