import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { reloadReference } from '../../api/load-reference.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { fileNameOf } from '../../state/evaluation.ts';

/** Names by which component catalogues and label lists are usually called. */
const LIKELY = /comp|label|assoc|truth/i;

/** Chooses the labels to judge by: a table beside the catalogue, or any path. */
export function LabelsChooser({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const [path, setPath] = useState('');
  const folder = project.catalogue.path.replace(/[/\\][^/\\]*$/, '');
  const listing = useQuery({
    queryKey: ['files', folder],
    queryFn: () => engine.files.list({ path: folder }),
    retry: false,
  });
  const load = useMutation({
    mutationFn: async (chosen: string) => {
      await engine.evaluation.loadReference({ path: chosen });
      await reloadReference(engine);
    },
  });
  const tables = (listing.data?.entries ?? [])
    .filter(({ kind, name, path: at }) => kind !== 'folder' && LIKELY.test(name) && at !== project.catalogue.path)
    .map((entry) => ({ value: entry.path, label: entry.name }));
  return (
    <form
      className="evaluation__chooser"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() !== '') load.mutate(path.trim());
      }}
    >
      {tables.length > 0 && (
        <NativeSelect
          aria-label="Labels beside the catalogue"
          size="xs"
          data={[{ value: '', label: 'Beside the catalogue…' }, ...tables]}
          value=""
          onChange={(event) => {
            setPath(event.currentTarget.value);
            if (event.currentTarget.value !== '') load.mutate(event.currentTarget.value);
          }}
        />
      )}
      <TextInput
        aria-label="Path of the labels"
        placeholder="Component catalogue or table with labels"
        value={path}
        title={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        style={{ flex: 1, minWidth: 120 }}
      />
      <Button type="submit" loading={load.isPending} disabled={path.trim() === ''}>
        Load labels
      </Button>
      {load.error !== null && (
        <p role="alert" className="evaluation__problem">
          {sentenceOf(load.error)}
        </p>
      )}
    </form>
  );
}

/** What the labels are, and the way to others. */
export function LabelsLine({ path, onForget }: { readonly path: string; readonly onForget: () => void }) {
  return (
    <span className="small quiet cut" title={path}>
      {fileNameOf(path)}{' '}
      <button type="button" className="link" onClick={onForget}>
        change
      </button>
    </span>
  );
}
