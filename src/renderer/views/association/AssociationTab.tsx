import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Proposal } from '../../../contract/associations.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { useThreshold } from '../../state/threshold.ts';
import { CandidateEditor } from './CandidateEditor.tsx';
import './association.css';

/** The source with what lies about it, as a group that may be one physical source. */
export function AssociationTab({ row }: { readonly row: number }) {
  const engine = useEngine();
  const queries = useQueryClient();
  const proposal = useQuery({
    queryKey: ['proposal', row],
    queryFn: () => engine.associations.propose({ row, threshold: useThreshold.getState().threshold }),
  });
  if (proposal.isError) {
    return (
      <ErrorBox
        what="No group can be proposed"
        why={sentenceOf(proposal.error)}
        onRetry={() => void proposal.refetch()}
      />
    );
  }
  if (proposal.data === undefined) return <p className="quiet source__note">Following the emission…</p>;
  return (
    <CandidateEditor
      key={stateOf(proposal.data)}
      proposal={proposal.data}
      onChanged={() => queries.invalidateQueries({ queryKey: ['proposal'] })}
    />
  );
}

/** What the editor begins with: another row, or another kept group, is another editor. */
const stateOf = ({ row, kept }: Proposal): string => `${row} ${kept?.id ?? ''} ${kept?.madeAt ?? ''}`;
