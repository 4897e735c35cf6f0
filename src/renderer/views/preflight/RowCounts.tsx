import type { ReactNode } from 'react';
import type { PreflightReport } from '../../../contract/schemas.ts';
import { count, percent } from '../../components/format.ts';

interface ReportProps {
  readonly report: PreflightReport;
}

export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: string;
  readonly children: ReactNode;
}) {
  return (
    <section aria-label={title} className="preflight__section">
      <div className="preflight__heading">
        <h3>{title}</h3>
        {aside !== undefined && <span className="quiet small">{aside}</span>}
      </div>
      {children}
    </section>
  );
}

/** A count with a bar of its share; the numbers stay legible without the bar. */
function CountBar({ label, rows, of }: { readonly label: string; readonly rows: number; readonly of: number }) {
  return (
    <tr>
      <td>{label}</td>
      <td className="number">{count(rows)}</td>
      <td className="preflight__bar">
        <span style={{ width: of === 0 ? 0 : `${(100 * rows) / of}%` }} />
      </td>
    </tr>
  );
}

/** What becomes of the rows; every row is in one line. */
export function RowsByFate({ report: { rows, sisg, run, unusable } }: ReportProps) {
  const broken = unusable.reduce((sum, entry) => sum + entry.rows, 0);
  const rest = Math.max(0, rows - run.networkRows - sisg.count - broken);
  return (
    <Section title="Rows" aside={`${count(rows)} in the catalogue`}>
      <table className="preflight__table">
        <tbody>
          <CountBar label="through the network" rows={run.networkRows} of={rows} />
          <CountBar label="SISG, class S by rule" rows={sisg.count} of={rows} />
          {rest > 0 && <CountBar label="on no mosaic" rows={rest} of={rows} />}
          {unusable.map(({ column, rows: without }) => (
            <CountBar key={column} label={`without a usable ${column}`} rows={without} of={rows} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

export function SisgRules({ report: { rows, sisg } }: ReportProps) {
  return (
    <Section title="SISG, rule by rule" aside={percent(rows === 0 ? undefined : sisg.count / rows)}>
      <table className="preflight__table">
        <thead>
          <tr className="quiet small">
            <th scope="col">rule</th>
            <th scope="col" className="number">
              holds for
            </th>
            <th scope="col" className="number">
              left
            </th>
          </tr>
        </thead>
        <tbody>
          {sisg.rules.map(({ rule, holds, unknown, left }) => (
            <tr key={rule}>
              <td>
                {rule}
                {unknown > 0 && <span className="quiet small"> unknown for {count(unknown)}</span>}
              </td>
              <td className="number">{count(holds)}</td>
              <td className="number">{count(left)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** Cutouts at edges: the share of finite pixels of a sample of the rows that the network would see. */
export function ValidPixels({ report: { cutouts } }: ReportProps) {
  if (cutouts.sampled === 0) return null;
  return (
    <Section title="Valid pixels of cutouts" aside={`${count(cutouts.sampled)} looked at`}>
      <table className="preflight__table">
        <tbody>
          {cutouts.validFraction
            .filter(({ range, rows }) => rows > 0 || range === '1')
            .map(({ range, rows }) => (
              <CountBar key={range} label={rangeWords(range)} rows={rows} of={cutouts.sampled} />
            ))}
        </tbody>
      </table>
    </Section>
  );
}

function rangeWords(range: string): string {
  if (range === '1') return 'all valid';
  if (range === '0') return 'none valid';
  const [low, high] = range.split('–').map((end) => Math.round(100 * Number(end)));
  return `${low}–${high} % valid`;
}
