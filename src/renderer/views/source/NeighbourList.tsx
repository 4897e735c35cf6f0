import type { SourceDetails } from '../../../contract/schemas.ts';
import { angle, fixed, probability as probabilityText, significant } from '../../components/format.ts';
import { ProbabilityBar } from '../../components/ProbabilityBar.tsx';
import { useSelection } from '../../state/selection.ts';

/** Nearest other sources, artefacts included; a click goes to one. */
export function NeighbourList({ details }: { readonly details: SourceDetails }) {
  const select = useSelection((state) => state.select);
  if (details.neighbours.length === 0)
    return <p className="quiet source__note">This is the only source of the catalogue.</p>;
  return (
    <table className="source__table source__table--neighbours">
      <colgroup>
        <col />
        <col style={{ width: 62 }} />
        <col style={{ width: 42 }} />
        <col style={{ width: 54 }} />
        <col style={{ width: 96 }} />
      </colgroup>
      <thead>
        <tr>
          <th>Source</th>
          <th className="number">Distance</th>
          <th className="number">PA</th>
          <th className="number" title="Total flux of the neighbour over that of this source">
            Flux ×
          </th>
          <th>P(MC)</th>
        </tr>
      </thead>
      <tbody>
        {details.neighbours.map((neighbour) => {
          const distance = angle(neighbour.distanceArcsec);
          return (
            <tr key={neighbour.row}>
              <td className="cut" title={neighbour.name}>
                <button
                  type="button"
                  className="link cut small"
                  style={{ maxWidth: '100%' }}
                  title={`Go to ${neighbour.name}`}
                  onClick={() => select(neighbour.row)}
                >
                  {neighbour.name.replace(/^ILT/, '')}
                </button>
              </td>
              <td className="number">
                {distance.number}
                <span className="quiet">{distance.unit}</span>
              </td>
              <td className="number">{fixed(neighbour.paDeg, 0)}°</td>
              <td className="number">{significant(neighbour.fluxRatio, 2)}</td>
              <td>
                {neighbour.isSisg ? (
                  <span className="quiet">SISG</span>
                ) : (
                  <span className="table__probability">
                    <span className="number">{probabilityText(neighbour.probability)}</span>
                    <ProbabilityBar value={neighbour.probability ?? Number.NaN} />
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
