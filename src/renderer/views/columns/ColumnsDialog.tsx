import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ColumnReading } from '../../../contract/column-report.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { sentenceOf } from '../../api/refusal.ts';
import { useView } from '../../state/view.ts';
import { MappingPane } from './MappingPane.tsx';

/** The columns of the open project's catalogue: how they are read, and how they had better be. */
export function ColumnsDialog() {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const [chosen, setChosen] = useState<ColumnReading | undefined>(undefined);
  const close = (): void => setView({ dialog: undefined });
  const present = useQuery({ queryKey: ['reading'], queryFn: () => engine.columns.reading(), staleTime: 0, gcTime: 0 });
  const read = useMutation({
    mutationFn: (reading: ColumnReading) => engine.columns.read(reading),
    onSuccess: () => {
      // Where a run has to wait, the report has taken this dialog's place.
      if (useView.getState().dialog === 'columns') close();
    },
  });
  const change = (reading: ColumnReading): void => {
    read.reset();
    setChosen(reading);
  };
  const reading = chosen ?? present.data;
  return (
    <Modal
      opened
      onClose={close}
      title="Columns of the catalogue"
      size={880}
      padding={0}
      styles={{ header: { padding: '8px 12px', minHeight: 40 } }}
    >
      <div className="mapping-dialog">
        {reading !== undefined && <MappingPane path={undefined} reading={reading} onReading={change} />}
      </div>
      <footer className="preflight__foot">
        <span className="preflight__status quiet" role="status">
          {read.error === null ? (
            'Another reading is another run; earlier ones stay in the project.'
          ) : (
            <span role="alert">{sentenceOf(read.error)}</span>
          )}
        </span>
        <Button onClick={close}>Close</Button>
        <Button
          variant="filled"
          disabled={chosen === undefined || JSON.stringify(chosen) === JSON.stringify(present.data)}
          loading={read.isPending}
          onClick={() => chosen !== undefined && read.mutate(chosen)}
        >
          Read again
        </Button>
      </footer>
    </Modal>
  );
}
