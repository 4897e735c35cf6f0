import { useState } from 'react';
import type { Explanation } from '../../../../contract/explanation-schemas.ts';
import { probabilityChange } from '../../../components/format.ts';

/** Features shown before one asks for all. */
const FIRST_SHOWN = 8;

interface EffectBarsProps {
  readonly features: Explanation['features'];
  readonly permutations: number;
}

/** What each feature's value does to P(MC), the strongest first. */
export function EffectBars({ features, permutations }: EffectBarsProps) {
  const [isAllShown, setAllShown] = useState(false);
  const sorted = [...features].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const largest = Math.max(...sorted.map(({ effect }) => Math.abs(effect)), 0.01);
  const shown = isAllShown ? sorted : sorted.slice(0, FIRST_SHOWN);
  return (
    <section aria-label="Features">
      <p className="small quiet why__words">
        Mean change of P(MC) that a feature makes, against its value in {permutations} other sources of the field.
      </p>
      <table className="source__table">
        <tbody>
          {shown.map(({ name, effect, lowest, highest }) => (
            <tr
              key={name}
              title={`${name}: ${probabilityChange(lowest)} to ${probabilityChange(highest)} over the sources`}
            >
              <td>{name}</td>
              <td className="why__bar">
                <span
                  data-against={effect < 0 ? true : undefined}
                  style={{ width: `${(50 * Math.abs(effect)) / largest}%` }}
                />
              </td>
              <td className="number">{probabilityChange(effect)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > FIRST_SHOWN && (
        <button type="button" className="link small quiet why__more" onClick={() => setAllShown(!isAllShown)}>
          {isAllShown ? 'The strongest only' : `All ${sorted.length}`}
        </button>
      )}
    </section>
  );
}
