import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { commandOf, isOfGroupTab, keysOf, useBindings } from '../../../src/renderer/keys/bindings.ts';
import { chordOf, chordText } from '../../../src/renderer/keys/chord.ts';
import { KEY_COMMANDS } from '../../../src/renderer/keys/key-table.ts';

const press = (key: string, modifiers: { ctrl?: boolean; meta?: boolean; shift?: boolean; alt?: boolean } = {}) =>
  chordOf({
    key,
    ctrlKey: modifiers.ctrl ?? false,
    metaKey: modifiers.meta ?? false,
    shiftKey: modifiers.shift ?? false,
    altKey: modifiers.alt ?? false,
  });

describe('a key press', () => {
  test('of a modifier alone, or with Alt, which types characters, is no chord', () => {
    expect(press('Shift', { shift: true })).toBeUndefined();
    expect(press('Control', { ctrl: true })).toBeUndefined();
    expect(press('ł', { alt: true })).toBeUndefined();
    expect(press('Dead')).toBeUndefined();
  });

  test('is told by its character where it has one, with Shift only where it has none', () => {
    expect(press('?', { shift: true })).toBe('?');
    expect(press('N', { shift: true })).toBe('N');
    expect(press('ArrowDown', { shift: true })).toBe('Shift+ArrowDown');
  });

  test('with ⌘ is the same as with Ctrl, and Caps Lock does not change a letter with them', () => {
    expect(press('z', { meta: true })).toBe(press('z', { ctrl: true }));
    expect(press('Z', { ctrl: true, shift: true })).toBe('Mod+Shift+z');
    expect(press('z', { ctrl: true, shift: true })).toBe('Mod+Shift+z');
  });

  test('is written as on the keys of the machine', () => {
    expect(chordText('Mod+Shift+z', false)).toBe('Ctrl+Shift+Z');
    expect(chordText('Mod+Shift+z', true)).toBe('⇧⌘Z');
    expect(chordText('Mod++', false)).toBe('Ctrl++');
    expect(chordText('+', true)).toBe('+');
    expect(chordText('Escape', false)).toBe('Esc');
  });
});

/** In the window, and in the tab Group, whose keys go before the window's. */
function expectNoKeyTwice(chosen: Parameters<typeof keysOf>[0]): void {
  for (const ofTab of [false, true]) {
    const keys = KEY_COMMANDS.filter(([id]) => isOfGroupTab(id) === ofTab).flatMap(([id]) => keysOf(chosen, id));
    expect(new Set(keys).size).toBe(keys.length);
  }
}

describe('the key table', () => {
  beforeEach(() => useBindings.getState().resetAll());

  test('gives no key to two commands', () => {
    expectNoKeyTwice({});
  });

  test('holds only keys that a press can make', () => {
    for (const [, { keys }] of KEY_COMMANDS) {
      for (const chord of keys) {
        const parts = chord === '+' ? ['+'] : chord.split('+');
        const [ctrl, shift] = [parts.includes('Mod'), parts.includes('Shift')];
        expect(press(parts.at(-1)!, { ctrl, shift })).toBe(chord);
      }
    }
  });

  test('a key that is chosen for a command is taken from the one that had it', () => {
    useBindings.getState().bind('help', '[');
    const { chosen } = useBindings.getState();
    expect(commandOf(chosen, '[')).toBe('help');
    expect(keysOf(chosen, 'threshold-down')).toEqual([]);
    expect(commandOf(chosen, '?')).toBeUndefined();
  });

  test('whatever is chosen, no key has two commands', () => {
    const command = fc.constantFrom(...KEY_COMMANDS.map(([id]) => id));
    const chord = fc.constantFrom('a', 'z', '?', '[', 'Mod+z', 'Mod+k', 'F11', 'Escape');
    fc.assert(
      fc.property(fc.array(fc.tuple(command, chord), { maxLength: 12 }), (choices) => {
        useBindings.getState().resetAll();
        for (const [id, key] of choices) useBindings.getState().bind(id, key);
        expectNoKeyTwice(useBindings.getState().chosen);
      }),
    );
  });

  test('a key of the tab Group may be one of the window too: there it is the tab’s, elsewhere the window’s', () => {
    expect(commandOf({}, 'g')).toBe('grid');
    expect(commandOf({}, 'g', 'group')).toBe('keep-group');
    useBindings.getState().bind('component-1', 'g');
    const { chosen } = useBindings.getState();
    expect([commandOf(chosen, 'g'), commandOf(chosen, 'g', 'group')]).toEqual(['grid', 'component-1']);
    expect(keysOf(chosen, 'keep-group')).toEqual([]);
    expect(commandOf(chosen, 'q', 'group')).toBeUndefined();
  });
});
