import { Button, NativeSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SampPeerSummary, SampSend as Sending } from '../../../contract/samp.ts';
import { rowRangesOf } from '../../../core/table/row-ranges.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notify } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { count } from '../../components/format.ts';
import { useFlaggedCount } from '../../state/derived.ts';
import { useField } from '../../state/field.ts';
import { useListedRows } from '../../state/listed-rows.ts';
import { useSelection } from '../../state/selection.ts';
import { useThreshold } from '../../state/threshold.ts';

const NO_ROWS = new Int32Array(0);
const EVERYBODY = '';

type Takes = keyof SampPeerSummary['takes'];

/** What can be sent, and to whom. */
export function SampSend({ peers }: { readonly peers: readonly SampPeerSummary[] }) {
  const engine = useEngine();
  const [chosenPeer, setPeer] = useState(EVERYBODY);
  const peer = peers.some(({ id }) => id === chosenPeer) ? chosenPeer : EVERYBODY;
  const threshold = useThreshold((state) => state.threshold);
  const flagged = useFlaggedCount();
  const listed = useListedRows((state) => state.rows) ?? NO_ROWS;
  const { row, chosen } = useSelection();
  const sources = useField((state) => state.sources);
  const name = row === undefined ? undefined : sources?.name[row];
  const isOnMosaic = row !== undefined && sources?.onMosaic[row] === 1;

  const send = useMutation({
    mutationFn: (what: Sending['what']) => engine.samp.send(peer === EVERYBODY ? { what } : { what, peer }),
    onSuccess: ({ to }) => notify('info', `Sent to ${to.join(', ')}`),
  });
  const table = (rows: 'flagged' | 'selection'): Sending['what'] => ({
    kind: 'table',
    rows,
    threshold,
    ...(rows === 'selection' ? { selectedRows: rowRangesOf(listed) } : {}),
  });
  const isTaken = (by: Takes): boolean =>
    peers.some(({ id, takes }) => takes[by] && (peer === EVERYBODY || id === peer));
  const item = (label: string, detail: string, by: Takes, isThere: boolean, what: () => Sending['what']) => (
    <li>
      <Button
        fullWidth
        justify="space-between"
        size="compact-sm"
        disabled={!isThere || !isTaken(by) || send.isPending}
        title={isTaken(by) ? undefined : 'No connected program takes this'}
        rightSection={<span className="quiet small cut samp__detail">{detail}</span>}
        onClick={() => send.mutate(what())}
      >
        {label}
      </Button>
    </li>
  );

  return (
    <section aria-label="Send">
      <div className="samp__to">
        <h3 className="quiet small">Send to</h3>
        <NativeSelect
          size="xs"
          aria-label="Send to"
          value={peer}
          data={[
            { value: EVERYBODY, label: 'everybody' },
            ...peers.map(({ id, name: label }) => ({ value: id, label })),
          ]}
          onChange={(event) => setPeer(event.currentTarget.value)}
        />
      </div>
      <ul className="samp__things">
        {item('Flagged list', count(flagged), 'table', flagged > 0, () => table('flagged'))}
        {item('What the table shows', count(listed.length), 'table', listed.length > 0, () => table('selection'))}
        {item('Chosen rows', count(chosen.length), 'selection', chosen.length > 0, () => ({
          kind: 'selection',
          rows: rowRangesOf(chosen),
        }))}
        {item('Cutout', name ?? 'no source', 'image', isOnMosaic, () => ({ kind: 'cutout', row: row! }))}
        {item('Whole mosaic', name ?? 'no source', 'image', isOnMosaic, () => ({ kind: 'mosaic', row: row! }))}
      </ul>
      {send.error !== null && (
        <p role="alert" className="samp__failure">
          {sentenceOf(send.error)}
        </p>
      )}
    </section>
  );
}
