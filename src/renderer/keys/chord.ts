/**
 * A key press as text: `z`, `Z`, `?`, `ArrowUp`, `Mod+k`, `Mod+Shift+z`. `Mod` is Ctrl, or ⌘ on a Mac. Without `Mod` the
 * character says whether Shift was held, as in `Z` and `?`, wherever a keyboard has them.
 */
export type Chord = string;

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const MODIFIERS = ['Control', 'Meta', 'Shift', 'Alt', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified'];

/** The chord of a press; undefined for a modifier alone, and with Alt, which types characters on many keyboards. */
export function chordOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): Chord | undefined {
  if (altKey || MODIFIERS.includes(key)) return undefined;
  const name = key === ' ' ? 'Space' : key === '\u2212' ? '-' : key;
  const isCharacter = /^.$/u.test(name);
  if (!ctrlKey && !metaKey) return isCharacter || !shiftKey ? name : `Shift+${name}`;
  if (/^[a-z]$/i.test(name)) return `Mod+${shiftKey ? 'Shift+' : ''}${name.toLowerCase()}`;
  return `Mod+${isCharacter || !shiftKey ? '' : 'Shift+'}${name}`;
}

const SHOWN: Readonly<Partial<Record<string, string>>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page ↑',
  PageDown: 'Page ↓',
  '-': '−',
};

/** The chord as it is written on keys: `Ctrl+Shift+Z`, `⇧⌘Z` on a Mac. */
export function chordText(chord: Chord, isMac: boolean): string {
  const isPlus = chord === '+' || chord.endsWith('++');
  const parts = isPlus ? [...chord.slice(0, -1).split('+').filter(Boolean), '+'] : chord.split('+');
  const key = parts.at(-1)!;
  const withModifier = parts.length > 1;
  const shown = SHOWN[key] ?? (withModifier && /^[a-z]$/.test(key) ? key.toUpperCase() : key);
  const modifiers = parts.slice(0, -1);
  if (!isMac) return [...modifiers.map((name) => (name === 'Mod' ? 'Ctrl' : name)), shown].join('+');
  return `${modifiers.includes('Shift') ? '⇧' : ''}${modifiers.includes('Mod') ? '⌘' : ''}${shown}`;
}

/** Whether this machine writes ⌘ for Ctrl. */
export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);
