import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { paths } from '../../../contract/paths.ts';
import type { CandidateMessage, CompanionMessage, Proposal } from '../../../contract/associations.ts';
import { BRIDGE_SIGMA, FLAGGED_TOGETHER_ARCSEC, reasonFor } from '../../../core/association/proposal.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { angle } from '../../components/format.ts';
import { useField } from '../../state/field.ts';
import { useHistory } from '../../state/history.ts';
import { labellerOf, useLabels } from '../../state/labels.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useThreshold } from '../../state/threshold.ts';
import { useCandidateKeys, useCandidateKeyTexts } from './candidate-keys.ts';
import { CompanionRow } from './CompanionRow.tsx';
import { restoreCandidates } from './restore-candidates.ts';
import { useMarkedOnSky } from './use-marked-on-sky.ts';

interface CandidateEditorProps {
  readonly proposal: Proposal;
  readonly onChanged: () => Promise<void>;
}

export function CandidateEditor({ proposal, onChanged }: CandidateEditorProps) {
  const { row, companions, kept } = proposal;
  const engine = useEngine();
  const threshold = useThreshold((state) => state.threshold);
  const isFlagged = useFlagged(threshold);
  const reasons = useMemo(
    () => companions.map((companion) => reasonOf(companion, isFlagged(companion.row), isFlagged(row))),
    [companions, isFlagged, row],
  );
  const proposed = companions.filter((_, k) => reasons[k] !== undefined).map((companion) => companion.row);
  // Until the astronomer changes it, the group follows the threshold.
  const [edited, setEdited] = useState<ReadonlySet<number> | undefined>(
    kept === null ? undefined : new Set(kept.rows.filter((member) => member !== row)),
  );
  const members = edited ?? new Set(proposed);
  const rows = [row, ...companions.map((companion) => companion.row).filter((other) => members.has(other))];
  const far = [...members].filter((member) => companions.every((companion) => companion.row !== member));
  const all = [...rows, ...far];
  useMarkedOnSky(all.slice(1));

  const common = { threshold, labeller: useLabels(labellerOf) };
  const onError = (error: unknown): void => notifyError('The candidate was not stored', error);
  /** Does it so that it can be taken back with the other acts of the window. */
  const change = async (label: string, act: () => Promise<readonly CandidateMessage[]>): Promise<void> => {
    const { associations } = engine;
    const before = await associations.list();
    const after = await act();
    const restore = async (wanted: readonly CandidateMessage[]): Promise<void> => {
      await restoreCandidates(associations, wanted, common);
      await onChanged();
    };
    useHistory.getState().record({ label, undo: () => restore(before), redo: () => restore(after) });
    await onChanged();
  };
  const keep = useMutation({
    mutationFn: () =>
      change('group', () =>
        engine.associations.keep({ rows: all, ...(kept === null ? {} : { id: kept.id }), ...common }),
      ),
    onError,
  });
  const withdraw = useMutation({
    mutationFn: (id: number) => change('withdrawn group', () => engine.associations.withdraw({ id, ...common })),
    onError,
  });
  const toggle = (other: number): void => {
    const next = new Set(members);
    if (!next.delete(other)) next.add(other);
    setEdited(next);
  };
  const isSame = kept !== null && kept.rows.length === all.length && all.every((member) => kept.rows.includes(member));
  const canKeep = all.length > 1 && !isSame && !keep.isPending;
  const keyTexts = useCandidateKeyTexts();
  useCandidateKeys(
    companions.map((companion) => companion.row),
    toggle,
    () => {
      if (canKeep) keep.mutate();
    },
  );

  if (companions.length === 0) {
    return (
      <p className="quiet source__note">
        No other source lies within {angle(proposal.reachArcsec).number}
        {angle(proposal.reachArcsec).unit}.
      </p>
    );
  }
  return (
    <div className="association">
      <table className="source__table association__table">
        <colgroup>
          <col style={{ width: 40 }} />
          <col />
          <col style={{ width: 56 }} />
          <col style={{ width: 54 }} />
          <col style={{ width: 52 }} />
          <col style={{ width: 68 }} />
        </colgroup>
        <thead>
          <tr>
            <th>Key</th>
            <th>Component</th>
            <th className="number">Distance</th>
            <th className="number" title="Total flux over that of this source">
              Flux ×
            </th>
            <th className="number">P(MC)</th>
            <th
              className="number"
              title={`The highest level at which emission joins the two; from ${BRIDGE_SIGMA}σ on it speaks for one source`}
            >
              Joined at
            </th>
          </tr>
        </thead>
        <tbody>
          {companions.map((companion, k) => (
            <CompanionRow
              key={companion.row}
              companion={companion}
              letter={keyTexts.components[k]}
              isMember={members.has(companion.row)}
              reason={reasons[k]}
              onToggle={() => toggle(companion.row)}
            />
          ))}
        </tbody>
      </table>
      {far.length > 0 && <p className="small quiet">and {far.length} further away</p>}
      <div className="association__acts">
        <Button variant={isSame ? 'default' : 'filled'} disabled={!canKeep} onClick={() => keep.mutate()}>
          {isSame
            ? `Kept: ${kept.name}`
            : all.length < 2
              ? 'Choose components'
              : `Keep ${all.length} as a candidate${keyTexts.keep === '' ? '' : ` (${keyTexts.keep})`}`}
        </Button>
        {kept !== null && (
          <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(kept.id)}>
            Withdraw
          </Button>
        )}
        <span className="association__files small">
          <a href={paths.exportCandidates} download>
            CSV
          </a>
          <a href={paths.exportCandidatesFits} download>
            FITS
          </a>
        </span>
      </div>
      <p className="small quiet">
        A candidate, not truth. Proposed: joined at {BRIDGE_SIGMA}σ or more, or both flagged within{' '}
        {FLAGGED_TOGETHER_ARCSEC}″.
      </p>
    </div>
  );
}

function reasonOf(companion: CompanionMessage, isFlagged: boolean, isSourceFlagged: boolean) {
  return reasonFor({ ...companion, bridgeSigma: companion.bridgeSigma ?? Number.NaN, isFlagged }, isSourceFlagged);
}

/** Whether a row is flagged at the threshold. */
function useFlagged(threshold: number): (row: number) => boolean {
  const columns = usePredictions((state) => state.columns);
  const sisg = useField((state) => state.sources?.sisg);
  return useMemo(
    () => (row: number) => sisg?.[row] !== 1 && (columns?.probability[row] ?? Number.NaN) >= threshold,
    [columns, sisg, threshold],
  );
}
