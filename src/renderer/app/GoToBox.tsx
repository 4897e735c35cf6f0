import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { parsePosition } from '../../core/sky/parse-position.ts';
import { Icon } from '../components/Icon.tsx';
import { useField } from '../state/field.ts';
import { useSelection } from '../state/selection.ts';

/** Goes to what is typed: a position, a row number (`#12`), or a source whose name holds the text. All on this machine. */
export function GoToBox() {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);

  const go = (): void => {
    const answer = destinationOf(text, useField.getState().sources?.name ?? []);
    setProblem(answer.problem);
    const { select, goTo } = useSelection.getState();
    if (answer.row !== undefined) select(answer.row);
    else if (answer.position !== undefined) goTo(answer.position.raDeg, answer.position.decDeg);
  };

  return (
    <TextInput
      id="goto"
      aria-label="Go to source, row or position"
      placeholder="Go to source, #row or position"
      title={problem ?? 'ILTJ104622.10+550311.0 · #12 · 10:46:22.1 +55:03:11 · 161.592 +55.053 · G 150.2 53.1'}
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
      rightSection={problem === undefined ? null : <span className="small goto__problem">not found</span>}
      rightSectionWidth={problem === undefined ? 0 : 84}
    />
  );
}

interface Destination {
  readonly row?: number;
  readonly position?: { readonly raDeg: number; readonly decDeg: number };
  readonly problem?: string;
}

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
  return { problem: 'No source of that name, and not a position.' };
}
