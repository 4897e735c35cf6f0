import type { Chord } from './chord.ts';

/** Something that a key does. What it does in detail belongs to the view that binds it with `useKeys`. */
export interface KeyCommand {
  readonly group: KeyGroup;
  readonly does: string;
  /** Keys of a fresh installation; the astronomer may choose others. */
  readonly keys: readonly Chord[];
  /** Obeyed only while the tab Group is on the screen, and there before the window's own: the same key may be in both. */
  readonly isOfGroupTab?: true;
}

export const KEY_GROUPS = ['Window', 'Threshold', 'Sky', 'Sources', 'Labels', 'Group'] as const;
export type KeyGroup = (typeof KEY_GROUPS)[number];

const component = (which: string, key: Chord) =>
  ({ group: 'Group', does: `Component or not: the ${which} neighbour`, keys: [key], isOfGroupTab: true }) as const;

/**
 * Every key of the window, in the order of the sheet that `?` shows. A new one is one line here and `useKeys` in the view
 * that obeys it. Single letters work while no text field has the focus; nothing is on Alt, which types characters.
 */
export const KEY_TABLE = {
  'go-to': { group: 'Window', does: 'Go to a source, a row or a position', keys: ['/', 'Mod+k'] },
  open: { group: 'Window', does: 'Open a field', keys: ['Mod+o'] },
  export: { group: 'Window', does: 'Export a list or regions', keys: ['Mod+e'] },
  recipe: { group: 'Window', does: 'The recipe in use, and every other', keys: ['R'] },
  'close-field': { group: 'Window', does: 'Close the field', keys: ['Mod+Shift+w'] },
  undo: { group: 'Window', does: 'Take back the last act', keys: ['Mod+z'] },
  redo: { group: 'Window', does: 'Do again what was taken back', keys: ['Mod+Shift+z', 'Mod+y'] },
  'field-panel': { group: 'Window', does: 'Show or hide the field panel', keys: ['Mod+b'] },
  theme: { group: 'Window', does: 'Dark or light', keys: ['D'] },
  'full-screen': { group: 'Window', does: 'Full screen', keys: ['F11'] },
  cancel: { group: 'Window', does: 'Close a dialog, leave a text box, else deselect', keys: ['Escape'] },
  help: { group: 'Window', does: 'This list', keys: ['?'] },
  'threshold-down': { group: 'Threshold', does: 'Down by 0.01', keys: ['['] },
  'threshold-up': { group: 'Threshold', does: 'Up by 0.01', keys: [']'] },
  'zoom-in': { group: 'Sky', does: 'Zoom in', keys: ['+', '='] },
  'zoom-out': { group: 'Sky', does: 'Zoom out', keys: ['-'] },
  'whole-field': { group: 'Sky', does: 'Whole field', keys: ['0', 'f'] },
  'copy-position': { group: 'Sky', does: 'Copy the position under the pointer, as it is shown', keys: ['c'] },
  'copy-degrees': { group: 'Sky', does: 'Copy the position under the pointer in degrees', keys: ['C'] },
  'invert-image': { group: 'Sky', does: 'Invert the image', keys: ['i'] },
  'reset-image': { group: 'Sky', does: 'Image as it was at first', keys: ['r'] },
  grid: { group: 'Sky', does: 'Coordinate grid', keys: ['g'] },
  ruler: { group: 'Sky', does: 'Ruler: distance and position angle', keys: ['m'] },
  blink: { group: 'Sky', does: 'Blink between the last two images', keys: ['b'] },
  'next-source': { group: 'Sources', does: 'Next source of the table', keys: ['n', 'j'] },
  'previous-source': { group: 'Sources', does: 'Previous source of the table', keys: ['N', 'k'] },
  'filter-table': { group: 'Sources', does: 'Filter the table', keys: ['Mod+f'] },
  'next-tab': { group: 'Sources', does: 'Next tab of the source page: neighbours, why, group …', keys: ['.'] },
  'previous-tab': { group: 'Sources', does: 'Previous tab of the source page', keys: [','] },
  'copy-rows': { group: 'Sources', does: 'Copy the chosen rows as TSV (in the table)', keys: ['Mod+c'] },
  'choose-all': { group: 'Sources', does: 'Choose all rows that are listed (in the table)', keys: ['Mod+a'] },
  'label-1': { group: 'Labels', does: 'Label with the first word; in the queue, go on to the next', keys: ['1'] },
  'label-2': { group: 'Labels', does: 'Label with the second word', keys: ['2'] },
  'label-3': { group: 'Labels', does: 'Label with the third word', keys: ['3'] },
  'label-4': { group: 'Labels', does: 'Label with the fourth word', keys: ['4'] },
  'label-5': { group: 'Labels', does: 'Label with the fifth word', keys: ['5'] },
  'label-6': { group: 'Labels', does: 'Label with the sixth word', keys: ['6'] },
  'label-7': { group: 'Labels', does: 'Label with the seventh word', keys: ['7'] },
  'label-8': { group: 'Labels', does: 'Label with the eighth word', keys: ['8'] },
  'label-9': { group: 'Labels', does: 'Label with the ninth word', keys: ['9'] },
  'label-undo': { group: 'Labels', does: 'Take the last label back', keys: ['u'] },
  'label-star': { group: 'Labels', does: 'Star the selected source', keys: ['s'] },
  'label-note': { group: 'Labels', does: 'Note on the selected source; Enter keeps it', keys: ['a'] },
  'label-queue': { group: 'Labels', does: 'Show the label queue; Enter begins it', keys: ['l'] },
  'queue-next': { group: 'Labels', does: 'Next source of the queue', keys: ['ArrowRight'] },
  'queue-previous': { group: 'Labels', does: 'Previous source of the queue', keys: ['ArrowLeft'] },
  // Under the left hand; letters that label (s, u) are left out.
  'component-1': component('nearest', 'q'),
  'component-2': component('2nd', 'w'),
  'component-3': component('3rd', 'e'),
  'component-4': component('4th', 'r'),
  'component-5': component('5th', 't'),
  'component-6': component('6th', 'z'),
  'component-7': component('7th', 'x'),
  'component-8': component('8th', 'c'),
  'component-9': component('9th', 'v'),
  'component-10': component('10th', 'y'),
  'component-11': component('11th', 'h'),
  'component-12': component('12th', 'j'),
  'keep-group': { group: 'Group', does: 'Keep the group as a candidate', keys: ['g'], isOfGroupTab: true },
} as const satisfies Readonly<Record<string, KeyCommand>>;

export type KeyCommandId = keyof typeof KEY_TABLE;

export const KEY_COMMANDS = Object.entries(KEY_TABLE) as readonly (readonly [KeyCommandId, KeyCommand])[];

/** What a pointer does, and keys that belong to one control: told on the sheet, not chosen. */
export const GESTURES: readonly { readonly group: KeyGroup; readonly keys: string; readonly does: string }[] = [
  { group: 'Threshold', keys: '← → on the bar', does: 'Down and up by 0.01; Page ↑ ↓ by 0.1' },
  { group: 'Sky', keys: 'Wheel, drag', does: 'Zoom at the pointer, pan' },
  { group: 'Sky', keys: 'Arrows on the sky', does: 'Move the sky' },
  { group: 'Sky', keys: 'Right drag', does: 'Contrast up and down, bias left and right' },
  { group: 'Sky', keys: 'Shift and drag', does: 'Choose sources in a box' },
  { group: 'Sources', keys: '↑ ↓ in the table', does: 'Previous and next source; with Shift, choose several' },
];
