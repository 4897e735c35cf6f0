import type { ProjectSummary } from '../../../contract/schemas.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { count, percent } from '../../components/format.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { Panel } from '../../components/Panel.tsx';
import { GateChange } from './GateChange.tsx';
import { GateCost } from './GateCost.tsx';
import { GateRules } from './GateRules.tsx';
import { useSisgGate } from './use-sisg-gate.ts';
import './sisg.css';

/** The gate that calls sources class S unseen: its rules, what each leaves, what it costs, and what changing it changes. */
export function SisgPanel({ project }: { readonly project: ProjectSummary }) {
  const view = useSisgGate(project);
  const { gate, counts, isStale, failure } = view;
  if (failure !== null) {
    return (
      <Panel title="SISG gate">
        <ErrorBox what="The gate could not be counted" why={sentenceOf(failure)} />
      </Panel>
    );
  }
  return (
    <Panel
      title="SISG gate"
      aside={
        counts !== undefined && (
          <span className="small" title="Share of the sources that are SISG" style={{ whiteSpace: 'nowrap' }}>
            {percent(counts.sisg / Math.max(1, counts.rows))}
          </span>
        )
      }
    >
      {gate === undefined || counts === undefined ? (
        <Shape />
      ) : (
        <div className="sisg" data-stale={isStale ? true : undefined}>
          <p className="quiet">
            Small, isolated, single Gaussian: {count(counts.sisg)} of {count(counts.rows)} sources are class S without
            going through the network (Alegre et al. 2024, §3.3). A number chooses its sources in table and sky.
          </p>
          <GateRules gate={gate} counts={counts} onChoose={view.choose} onSelect={view.select} />
          <GateCost counts={counts} onSelect={view.select} />
          <GateChange project={project} gate={gate} counts={counts} onChoose={view.choose} onSelect={view.select} />
        </div>
      )}
    </Panel>
  );
}

function Shape() {
  return (
    <div className="sisg" aria-hidden="true">
      {[0.9, 0.7, 0.8, 0.75, 0.6].map((width) => (
        <span key={width} className="shape" style={{ display: 'block', height: 18, width: `${100 * width}%` }} />
      ))}
    </div>
  );
}
