import type { PreflightReport } from '../../../contract/schemas.ts';
import { count, fixed } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { useField } from '../../state/field.ts';
import { useSelection } from '../../state/selection.ts';
import { useView } from '../../state/view.ts';
import { Section } from './RowCounts.tsx';

interface ReportProps {
  readonly report: PreflightReport;
}

/** Columns and files that are not there, and what that costs. */
export function Missing({ report: { missing } }: ReportProps) {
  if (missing.length === 0) return null;
  return (
    <Section title="Missing">
      <ul className="preflight__list small">
        {missing.map(({ what, cost }) => (
          <li key={what}>
            <b>{what}</b>
            <span className="quiet">: {cost}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

const JOIN_WORDS = { gaussians: 'Gaussians', 'likelihood ratios': 'LR', labels: 'Labels', scores: 'Scores' } as const;

/** What joined of the files beside the catalogue, by what. */
export function Joins({ report: { joins } }: ReportProps) {
  if (joins.length === 0) return null;
  return (
    <Section title="Joined to the catalogue">
      <table className="preflight__table">
        <thead>
          <tr className="quiet small">
            <th scope="col">file</th>
            <th scope="col" className="number">
              rows joined
            </th>
            <th scope="col">sources</th>
          </tr>
        </thead>
        <tbody>
          {joins.map((join) => (
            <tr key={join.what}>
              <td title={join.path}>{JOIN_WORDS[join.what]}</td>
              <td className="number">
                {count(join.joinedRows)} <span className="quiet small">of {count(join.fileRows)}</span>
              </td>
              <td className="small">{joinedSources(join)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function joinedSources(join: PreflightReport['joins'][number]): string {
  const parts: readonly (readonly [number, string])[] = [
    [join.sourcesByName, 'by name'],
    [join.sourcesById, 'by Source_id'],
    [join.sourcesByPosition, 'by position'],
    [join.sourcesWithout, 'without'],
  ];
  return parts
    .filter(([sources]) => sources > 0)
    .map(([sources, words]) => `${count(sources)} ${words}`)
    .join(', ');
}

/** Sources that the catalogue has twice; a click selects the first of a pair. */
export function Duplicates({
  report: { duplicates },
  onLeave,
}: {
  readonly report: PreflightReport;
  readonly onLeave: () => void;
}) {
  const select = useSelection((state) => state.select);
  if (duplicates.pairs === 0) return null;
  return (
    <Section
      title="One source in two rows"
      aside={`${count(duplicates.pairs)} ${duplicates.pairs === 1 ? 'pair' : 'pairs'}`}
    >
      <ul className="preflight__list small">
        {duplicates.examples.map(({ row, name, other, kind, distanceArcsec, mosaics }) => (
          <li key={`${row} ${other}`}>
            <button
              type="button"
              className="link"
              onClick={() => {
                select(row);
                onLeave();
              }}
            >
              {name}
            </button>
            <span className="quiet">
              {' '}
              {kind === 'mosaics' ? mosaics.join(' and ') : 'twice in the catalogue'}, {fixed(distanceArcsec, 1)}″
            </span>
          </li>
        ))}
        {duplicates.pairs > duplicates.examples.length && (
          <li className="quiet">and {count(duplicates.pairs - duplicates.examples.length)} more</li>
        )}
      </ul>
    </Section>
  );
}

/** What was found in the files: unit traps, guessed units, joins. */
export function Sentences() {
  const notices = useField((state) => state.project?.notices) ?? [];
  const setView = useView((state) => state.set);
  const warnings = notices.filter(({ level }) => level === 'warning');
  const others = notices.filter(({ level }) => level === 'info');
  return (
    <Section title="From the files">
      {[...warnings, ...others].map(({ level, message }) => (
        <p key={message} className={`preflight__sentence small ${level === 'info' ? 'quiet' : ''}`}>
          {level === 'warning' ? <Icon name="warning" size={14} /> : <span />}
          <span>{message}</span>
        </p>
      ))}
      <p className="preflight__sentence small">
        <span />
        <button type="button" className="link preflight__columns" onClick={() => setView({ dialog: 'columns' })}>
          Columns and units of the catalogue…
        </button>
      </p>
    </Section>
  );
}
