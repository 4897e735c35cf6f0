import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '../api/refusal.ts';
import './path-chooser.css';

interface PathChooserProps {
  /** Of the field of the path, for who cannot see it. */
  readonly label: string;
  readonly placeholder: string;
  /** What the button does. */
  readonly act: string;
  /** Files that are likely meant; choosing one takes it at once. */
  readonly likely: readonly { readonly path: string; readonly label: string }[];
  /** First line of their list, as "Beside the catalogue…". */
  readonly likelyLabel: string;
  /** Rejected with a refusal, its sentence is shown. */
  readonly onChoose: (path: string) => Promise<unknown>;
}

/** A file on the engine's machine: one of those that are likely meant, or any path. */
export function PathChooser({ label, placeholder, act, likely, likelyLabel, onChoose }: PathChooserProps) {
  const [path, setPath] = useState('');
  const choose = useMutation({ mutationFn: onChoose });
  const wanted = path.trim();
  return (
    <form
      className="path-chooser"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '') choose.mutate(wanted);
      }}
    >
      {likely.length > 0 && (
        <NativeSelect
          aria-label={likelyLabel.replace('…', '')}
          size="xs"
          data={[{ value: '', label: likelyLabel }, ...likely.map((one) => ({ value: one.path, label: one.label }))]}
          value=""
          onChange={(event) => {
            setPath(event.currentTarget.value);
            if (event.currentTarget.value !== '') choose.mutate(event.currentTarget.value);
          }}
        />
      )}
      <TextInput
        aria-label={label}
        placeholder={placeholder}
        value={path}
        title={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        style={{ flex: 1, minWidth: 120 }}
      />
      <Button type="submit" loading={choose.isPending} disabled={wanted === ''}>
        {act}
      </Button>
      {choose.error !== null && (
        <p role="alert" className="path-chooser__problem">
          {sentenceOf(choose.error)}
        </p>
      )}
    </form>
  );
}
