import type { CompanionMessage } from '../../../contract/associations.ts';
import { angle, fixed, probability as probabilityText, significant } from '../../components/format.ts';
import { useSelection } from '../../state/selection.ts';

interface CompanionRowProps {
  readonly companion: CompanionMessage;
  readonly letter: string | undefined;
  readonly isMember: boolean;
  readonly reason: 'bridge' | 'both-flagged' | undefined;
  readonly onToggle: () => void;
}

export function CompanionRow({ companion, letter, isMember, reason, onToggle }: CompanionRowProps) {
  const select = useSelection((state) => state.select);
  const distance = angle(companion.distanceArcsec);
  const name = companion.name.replace(/^ILT/, '');
  return (
    <tr data-member={isMember ? true : undefined}>
      <td>
        <label className="association__choice">
          <input
            type="checkbox"
            checked={isMember}
            aria-label={`${companion.name} is a component`}
            aria-keyshortcuts={letter}
            onChange={onToggle}
          />
          <kbd aria-hidden="true">{letter}</kbd>
        </label>
      </td>
      <td className="cut">
        <button
          type="button"
          className="link cut small"
          style={{ maxWidth: '100%' }}
          title={`Go to ${companion.name}`}
          onClick={() => select(companion.row)}
        >
          {name}
        </button>
      </td>
      <td className="number">
        {distance.number}
        <span className="quiet">{distance.unit}</span>
      </td>
      <td className="number">{significant(companion.fluxRatio, 2)}</td>
      <td className="number" title={reason === 'both-flagged' ? 'Flagged, as this source is' : undefined}>
        {reason === 'both-flagged' ? (
          <b>{probabilityText(companion.probability)}</b>
        ) : (
          probabilityText(companion.probability)
        )}
      </td>
      <td className="number">
        {companion.bridgeSigma === null ? (
          '–'
        ) : reason === 'bridge' ? (
          <b>{fixed(companion.bridgeSigma, 1)}σ</b>
        ) : (
          <span className="quiet">{fixed(companion.bridgeSigma, 1)}σ</span>
        )}
      </td>
    </tr>
  );
}
