import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import type { RefObject } from 'react';
import { memo, useCallback, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { VOCABULARIES, WORD_MEANINGS } from '../../../core/labels/label-words.ts';
import { Icon } from '../../components/Icon.tsx';
import { hinted, useKeyText } from '../../keys/use-key-text.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { labellerOf, useLabels } from '../../state/labels.ts';
import type { LabelActs } from './label-acts.ts';
import { useLabelActs } from './label-acts.ts';
import { useLabelKeys, WORD_COMMANDS } from './use-label-keys.ts';
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
  const noteBox = useRef<HTMLInputElement>(null);
  const toggleNote = useCallback(() => setIsNoteOpen((isOpen) => !isOpen), []);
  const closeNote = useCallback(() => setIsNoteOpen(false), []);
  useKeys({
    'label-note': () => {
      // At once: the letters that follow are the note's and no labels.
      flushSync(() => setIsNoteOpen(true));
      noteBox.current?.focus();
    },
  });
  const keyText = useKeyText();
  const note = own?.note ?? '';
  const isNoteShown = isNoteOpen || note !== '';

  return (
    <section className="labels__strip" aria-label="Label of this source">
      <div className="labels__words" role="group" aria-label="Label">
        {VOCABULARIES[vocabulary].map((word, index) => {
          const { text, means } = WORD_MEANINGS[word];
          const digit = keyText(WORD_COMMANDS[index]!);
          return (
            <button
              key={word}
              type="button"
              className="labels__word"
              aria-pressed={own?.word === word}
              aria-keyshortcuts={digit}
              title={hinted(means, digit)}
              onClick={() => acts.give(word)}
            >
              {digit !== undefined && <kbd aria-hidden="true">{digit}</kbd>} {text}
            </button>
          );
        })}
        <LabelTools acts={acts} isStarred={own?.isStarred === true} isNoteShown={isNoteShown} onNote={toggleNote} />
      </div>
      {isNoteShown && (
        <Note key={`${row} ${note}`} row={row} note={note} acts={acts} box={noteBox} onLeave={closeNote} />
      )}
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
  const keyText = useKeyText();
  const [star, note, undo] = [keyText('label-star'), keyText('label-note'), keyText('label-undo')];
  return (
    <span className="labels__tools">
      <Tooltip label={hinted('Star', star)}>
        <ActionIcon
          size={22}
          aria-label="Star"
          aria-pressed={isStarred}
          aria-keyshortcuts={star}
          className="labels__star"
          onClick={() => acts.toggleStar()}
        >
          <Icon name="star" size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={hinted('Note', note)}>
        <ActionIcon size={22} aria-label="Note" aria-expanded={isNoteShown} aria-keyshortcuts={note} onClick={onNote}>
          <Icon name="note" size={14} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={hinted('Take the last label back', undo)}>
        <ActionIcon
          size={22}
          aria-label="Take the last label back"
          aria-keyshortcuts={undo}
          onClick={() => acts.undo()}
        >
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
  readonly box: RefObject<HTMLInputElement | null>;
  readonly onLeave: () => void;
}

/** Kept when the box is left, or with Enter; Esc leaves the stored note. */
function Note({ row, note, acts, box, onLeave }: NoteProps) {
  const [text, setText] = useState(note);
  const keep = (): void => {
    if (text !== note) acts.note(row, text);
    onLeave();
  };
  return (
    <TextInput
      ref={box}
      size="xs"
      aria-label="Note on this source"
      placeholder="Note on this source"
      maxLength={2000}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') {
          setText(note);
          // Without the text that is given up: left in the next frame, when it is gone.
          const { currentTarget } = event;
          requestAnimationFrame(() => currentTarget.blur());
        }
      }}
    />
  );
}
