import { Button, Kbd, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useView } from '../state/view.ts';
import { keysOf, useBindings } from './bindings.ts';
import { chordOf, chordText, isMac } from './chord.ts';
import type { KeyCommandId } from './key-table.ts';
import { GESTURES, KEY_COMMANDS, KEY_GROUPS } from './key-table.ts';
import './key-sheet.css';

/** Every key, from the one table; a click on a key chooses another. */
export function KeySheet() {
  const setView = useView((state) => state.set);
  const chosen = useBindings((state) => state.chosen);
  const resetAll = useBindings((state) => state.resetAll);
  const [asking, setAsking] = useState<KeyCommandId | undefined>(undefined);
  const isOnMac = isMac();
  useAskedKey(asking, () => setAsking(undefined));

  return (
    <Modal
      opened
      onClose={() => setView({ dialog: undefined })}
      closeOnEscape={asking === undefined}
      title="Keyboard and mouse"
      size={760}
    >
      <div className="keys">
        {KEY_GROUPS.map((group) => {
          const commands = KEY_COMMANDS.filter(([, command]) => command.group === group);
          const gestures = GESTURES.filter((gesture) => gesture.group === group);
          if (commands.length + gestures.length === 0) return null;
          return (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {commands.map(([id, { does }]) => (
                  <div key={id}>
                    <dt>
                      <button
                        type="button"
                        className="keys__key"
                        title={`${does}: choose another key`}
                        data-changed={chosen[id] === undefined ? undefined : true}
                        onClick={() => setAsking(asking === id ? undefined : id)}
                      >
                        {asking === id ? <em>press a key</em> : <Keys chords={keysOf(chosen, id)} isOnMac={isOnMac} />}
                      </button>
                    </dt>
                    <dd>{does}</dd>
                  </div>
                ))}
                {gestures.map(({ keys, does }) => (
                  <div key={keys}>
                    <dt className="keys__gesture">{keys}</dt>
                    <dd>{does}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      <footer className="keys__foot quiet small">
        <span>Click a key to choose another. A key that was something else’s before is taken from it.</span>
        {Object.keys(chosen).length > 0 && <Button onClick={resetAll}>Reset all keys</Button>}
      </footer>
    </Modal>
  );
}

function Keys({ chords, isOnMac }: { readonly chords: readonly string[]; readonly isOnMac: boolean }) {
  if (chords.length === 0) return <span className="quiet">none</span>;
  return chords.map((chord) => (
    <Kbd key={chord} size="xs" fz="xs" ff="inherit" fw={400}>
      {chordText(chord, isOnMac)}
    </Kbd>
  ));
}

/** Gives the next key press to the command that asked for one. Esc leaves it as it was, Backspace returns to the table's. */
function useAskedKey(asking: KeyCommandId | undefined, onDone: () => void): void {
  useEffect(() => {
    if (asking === undefined) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const chord = chordOf(event);
      if (chord === undefined) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (chord === 'Backspace') useBindings.getState().reset(asking);
      else if (chord !== 'Escape') useBindings.getState().bind(asking, chord);
      onDone();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  });
}
