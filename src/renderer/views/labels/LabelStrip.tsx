import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { memo, useCallback, useState } from 'react';
import { VOCABULARIES, WORD_MEANINGS } from '../../../core/labels/label-words.ts';
import { Icon } from '../../components/Icon.tsx';
import { labellerOf, useLabels } from '../../state/labels.ts';
import type { LabelActs } from './label-acts.ts';
import { useLabelActs } from './label-acts.ts';
import { useLabelKeys } from './use-label-keys.ts';
import './labels.css';

/** What the astronomer says of the selected source: one key or click, a star, a note. */
export function LabelStrip({ row }: { readonly row: number }) {
  const acts = useLabelActs();
  useLabelKeys(acts);
  const vocabulary = useLabels((state) => state.vocabulary);
  const statements = useLabels((state) => state.said.get(row));
  const labeller = useLabels(labellerOf);
  const own = statements?.find((statement) => statement.labeller === labeller);
  const others = (statements ?? []).filter((statement) => statement !== own && statement.word !== null);
  const [isNoteOpen, setIsNoteOpen] = useState(false);
  const toggleNote = useCallback(() => setIsNoteOpen((isOpen) => !isOpen), []);
  const note = own?.note ?? '';
  const isNoteShown = isNoteOpen || note !== '';

  return (
    <section className="labels__strip" aria-label="Label of this source">
      <div className="labels__words" role="group" aria-label="Label">
        {VOCABULARIES[vocabulary].map((word, index) => {
          const { text, means } = WORD_MEANINGS[word];
          return (
            <button
              key={word}
              type="button"
              className="labels__word"
              aria-pressed={own?.word === word}
              aria-keyshortcuts={String(index + 1)}
              title={`${means} (${index + 1})`}
              onClick={() => acts.give(word)}
            >
              <kbd aria-hidden="true">{index + 1}</kbd> {text}
            </button>
          );
        })}
        <LabelTools acts={acts} isStarred={own?.isStarred === true} isNoteShown={isNoteShown} onNote={toggleNote} />
      </div>
      {isNoteShown && <Note key={`${row} ${note}`} row={row} note={note} acts={acts} />}
      {others.length > 0 && (
        <p className="labels__others small quiet">
          {others.map(({ labeller: by, word, note: said }) => (
            <span key={by}>
              {by}: {word !== null && WORD_MEANINGS[word].text}
              {said !== '' && ` (${said})`}
            </span>
          ))}
        </p>
      )}
    </section>
  );
}

interface LabelToolsProps {
  readonly acts: LabelActs;
  readonly isStarred: boolean;
  readonly isNoteShown: boolean;
  readonly onNote: () => void;
}

/** Star, note and undo; drawn anew only where they change, since a queue walks through hundreds of sources. */
const LabelTools = memo(function LabelTools({ acts, isStarred, isNoteShown, onNote }: LabelToolsProps) {
  return (
    <span className="labels__tools">
      <Tooltip label="Star (s)">
        <ActionIcon
          size={22}
          aria-label="Star"
          aria-pressed={isStarred}
          aria-keyshortcuts="s"
          className="labels__star"
          onClick={() => acts.toggleStar()}
        >
          <Icon name="star" size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Note">
        <ActionIcon size={22} aria-label="Note" aria-expanded={isNoteShown} onClick={onNote}>
          <Icon name="note" size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Take the last label back (u)">
        <ActionIcon size={22} aria-label="Take the last label back" aria-keyshortcuts="u" onClick={() => acts.undo()}>
          <Icon name="undo" size={14} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
});

interface NoteProps {
  readonly row: number;
  readonly note: string;
  readonly acts: LabelActs;
}

/** Kept when the box is left, or with Enter; Esc leaves the stored note. */
function Note({ row, note, acts }: NoteProps) {
  const [text, setText] = useState(note);
  const keep = (): void => {
    if (text !== note) acts.note(row, text);
  };
  return (
    <TextInput
      size="xs"
      aria-label="Note on this source"
      placeholder="Note on this source"
      maxLength={2000}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setText(note);
      }}
    />
  );
}
