import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { parsePosition } from '../../core/sky/parse-position.ts';
import { notifyError } from '../api/notify.ts';
import { resolveName } from '../api/resolve-name.ts';
import { useOnline } from '../api/use-online.ts';
import { Icon } from '../components/Icon.tsx';
import { useField } from '../state/field.ts';
import { useSelection } from '../state/selection.ts';

/**
 * Goes to what is typed: a position, a row number (`#12`), or a source whose name holds the text, all on this machine. What
 * is none of these is an object's name for Sesame at the CDS, where online is switched on.
 */
export function GoToBox() {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const isOnline = useOnline();

  const { mutate: ask, isPending: isAsking } = useMutation({
    mutationFn: resolveName,
    onSuccess: (position, name) => {
      if (position === undefined) setProblem(`Neither your catalogue nor Sesame knows ${name}.`);
      else useSelection.getState().goTo(position.raDeg, position.decDeg);
    },
    onError: (error, name) => notifyError(`cds.unistra.fr gave no position of ${name}`, error),
  });

  const go = (): void => {
    const answer = destinationOf(text, useField.getState().sources?.name ?? []);
    if (answer.isName === true && isOnline) {
      ask(text.trim());
      return;
    }
    setProblem(answer.problem);
    const { select, goTo } = useSelection.getState();
    if (answer.row !== undefined) select(answer.row);
    else if (answer.position !== undefined) goTo(answer.position.raDeg, answer.position.decDeg);
  };

  return (
    <TextInput
      id="goto"
      aria-label="Go to source, row or position"
      placeholder={isOnline ? 'Go to source, #row, position or object' : 'Go to source, #row or position'}
      title={problem ?? `${FORMS}${isOnline ? ' · M 31 (asks cds.unistra.fr)' : ''}`}
      leftSection={<Icon name="search" size={13} />}
      value={text}
      aria-invalid={problem !== undefined}
      onChange={(event) => {
        setText(event.currentTarget.value);
        setProblem(undefined);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go();
        if (event.key === 'Escape') event.currentTarget.blur();
      }}
      rightSection={
        isAsking ? (
          <span className="small quiet">asking cds.unistra.fr</span>
        ) : problem === undefined ? null : (
          <span className="small goto__problem">not found</span>
        )
      }
      rightSectionWidth={isAsking ? 148 : problem === undefined ? 0 : 84}
    />
  );
}

interface Destination {
  readonly row?: number;
  readonly position?: { readonly raDeg: number; readonly decDeg: number };
  readonly problem?: string;
  /** Nothing of ours, so it may be the name of an object. */
  readonly isName?: boolean;
}

const FORMS = 'ILTJ104622.10+550311.0 · #12 · 10:46:22.1 +55:03:11 · 161.592 +55.053 · G 150.2 53.1';

function destinationOf(typed: string, names: readonly string[]): Destination {
  const text = typed.trim();
  if (text === '') return {};
  const numbered = /^#\s*(\d+)$/.exec(text);
  if (numbered !== null) {
    const row = Number(numbered[1]);
    return row < names.length ? { row } : { problem: `The catalogue has rows 0 to ${names.length - 1}.` };
  }
  const wanted = text.toLowerCase();
  const exact = names.findIndex((name) => name.toLowerCase() === wanted);
  if (exact >= 0) return { row: exact };
  const position = parsePosition(text);
  if (position !== undefined) return { position };
  const holding = names.findIndex((name) => name.toLowerCase().includes(wanted));
  if (holding >= 0) return { row: holding };
  return { problem: 'No source of that name, and not a position.', isName: true };
}
