import type { LabelClass } from '../catalogue/labels.ts';

/**
 * What an astronomer can say of a row. The first five are Lobate's own; the others are the verdicts of the LoTSS
 * prefilter (lotss-catalogue, `classify/prefilter_sql.py`), which shares "artefact" and "blend".
 */
export const LABEL_WORDS = [
  'MC',
  'S',
  'blend',
  'artefact',
  'unsure',
  'LGZ',
  'ML-match',
  'no-match',
  'zoomed-in',
  'uncatalogued-host',
] as const;
export type LabelWord = (typeof LABEL_WORDS)[number];

interface WordMeaning {
  /** As written on a button. */
  readonly text: string;
  readonly means: string;
  /** The class that the word gives a row, for training and evaluation. */
  readonly labelClass: LabelClass;
  readonly isBlend?: true;
}

/**
 * A verdict that asks for another look gives no class: "send to LGZ" is said of complex single sources as well as of
 * components, and "too zoomed in" of whatever is larger than its picture.
 */
export const WORD_MEANINGS: Readonly<Record<LabelWord, WordMeaning>> = {
  MC: { text: 'MC', means: 'One component of a source that the finder split into several rows', labelClass: 'MC' },
  S: { text: 'S', means: 'A whole source in one row', labelClass: 'S' },
  blend: { text: 'Blend', means: 'Several sources in one row: class S', labelClass: 'S', isBlend: true },
  artefact: { text: 'Artefact', means: 'No source: sidelobe, noise or calibration error', labelClass: 'artefact' },
  unsure: { text: 'Unsure', means: 'Looked at and not decided: gives no class', labelClass: 'unlabelled' },
  LGZ: { text: 'Send to LGZ', means: 'Needs visual association: gives no class by itself', labelClass: 'unlabelled' },
  'ML-match': { text: 'Accept ML match', means: 'The likelihood-ratio match is right: class S', labelClass: 'S' },
  'no-match': { text: 'No good match', means: 'A whole source without a match: class S', labelClass: 'S' },
  'zoomed-in': { text: 'Too zoomed in', means: 'Larger than the picture: gives no class', labelClass: 'unlabelled' },
  'uncatalogued-host': {
    text: 'Uncatalogued host',
    means: 'A whole source whose host is in no catalogue: class S',
    labelClass: 'S',
  },
};

/** A set of words under the digits 1, 2, 3 … */
export type Vocabulary = 'classes' | 'lotss';

export const VOCABULARIES: Readonly<Record<Vocabulary, readonly LabelWord[]>> = {
  classes: ['MC', 'S', 'blend', 'artefact', 'unsure'],
  lotss: ['LGZ', 'ML-match', 'no-match', 'zoomed-in', 'artefact', 'uncatalogued-host', 'blend'],
};

/** The word of Lobate's own five that says the same to training as `word` does. */
export function plainWordOf(word: LabelWord): LabelWord {
  const { labelClass, isBlend } = WORD_MEANINGS[word];
  if (labelClass === 'unlabelled') return 'unsure';
  return isBlend === true ? 'blend' : labelClass;
}

const SPELLINGS: ReadonlyMap<string, LabelWord> = new Map<string, LabelWord>([
  ...LABEL_WORDS.map((word) => [spelt(word), word] as const),
  ...LABEL_WORDS.map((word) => [spelt(WORD_MEANINGS[word].text), word] as const),
  ['artifact', 'artefact'],
  ['multicomponent', 'MC'],
  ['single', 'S'],
  ['blended', 'blend'],
  ['1', 'MC'],
  ['0', 'S'],
]);

function spelt(text: string): string {
  return text.toLowerCase().replace(/[\s_-]/g, '');
}

/**
 * The word that a text of a labels file stands for: any capitals, blanks or hyphens, "artifact", and 1 and 0 for MC and S.
 * Undefined for anything else.
 */
export function labelWordOf(text: string): LabelWord | undefined {
  return SPELLINGS.get(spelt(text.trim()));
}
