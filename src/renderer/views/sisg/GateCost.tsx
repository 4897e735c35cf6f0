import type { SisgCounts, SisgRowsRequest } from '../../../contract/sisg.ts';
import { count, percent } from '../../components/format.ts';
import { showPanel } from '../../state/dock.ts';
import { RowsLink } from './RowsLink.tsx';

interface GateCostProps {
  readonly counts: SisgCounts;
  readonly onSelect: (of: SisgRowsRequest['of']) => void;
}

/** What the gate loses, where the truth is known. */
export function GateCost({ counts: { cost }, onSelect }: GateCostProps) {
  return (
    <section aria-label="Lost MC sources">
      <h3>Lost MC sources</h3>
      {cost === null ? (
        <p className="quiet">
          What the gate loses is not known: this field has no labels.{' '}
          <button type="button" className="link sisg__rows" onClick={() => showPanel('evaluation')}>
            Load labels…
          </button>
        </p>
      ) : (
        <p>
          <RowsLink rows={cost.lostMc} onSelect={() => onSelect('lost')} /> of {count(cost.mc)} MC sources (
          {percent(cost.mc === 0 ? undefined : cost.lostMc / cost.mc)}) by {cost.labels}.{' '}
          {cost.lostMc > 0 && (
            <span className="quiet">
              {count(cost.recoverable)} belong to a physical source with another row that is looked at, and can be won
              back; {count(cost.lostSources)} physical {cost.lostSources === 1 ? 'source is' : 'sources are'} lost
              whole.
            </span>
          )}
        </p>
      )}
    </section>
  );
}
