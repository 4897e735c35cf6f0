/** Header cards: 80 characters to keyword, value and comment, and back (FITS standard 4.0, §4). */
export const CARD_BYTES = 80;

/** A card's value. Integers beyond ±2^53 are bigints; a complex number stays the text it is written as. */
export type FitsValue = string | number | bigint | boolean | undefined;

export interface FitsCard {
  /** Upper case; for HIERARCH cards the words after HIERARCH. */
  readonly keyword: string;
  readonly value: FitsValue;
  /** For COMMENT and HISTORY, the line itself. */
  readonly comment: string;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][+-]?\d+)?$/;
const INTEGER = /^[+-]?\d+$/;

/** Understands 80-character lines (without END), joining CONTINUEd texts. Never fails: what is no value is a comment. */
export function parseCards(lines: readonly string[]): FitsCard[] {
  const cards: FitsCard[] = [];
  for (const line of lines) {
    const keyword = line.slice(0, 8).trimEnd();
    if (keyword === 'CONTINUE') {
      continueLast(cards, line);
    } else if (keyword === 'HIERARCH' && line.includes('=')) {
      const equals = line.indexOf('=');
      cards.push({ keyword: line.slice(8, equals).trim().toUpperCase(), ...parseValue(line.slice(equals + 1)) });
    } else if (keyword !== 'COMMENT' && keyword !== 'HISTORY' && line.startsWith('=', 8)) {
      cards.push({ keyword: keyword.toUpperCase(), ...parseValue(line.slice(9)) });
    } else if (line.trim() !== '') {
      cards.push({ keyword, value: undefined, comment: line.slice(8).trimEnd() });
    }
  }
  return cards;
}

/** CONTINUE carries on the text before it, if that one ends in '&'; else it is only a stray line. */
function continueLast(cards: FitsCard[], line: string): void {
  const last = cards.at(-1);
  const { value, comment } = parseValue(line.slice(8));
  if (last === undefined || typeof last.value !== 'string' || !last.value.endsWith('&') || typeof value !== 'string') {
    cards.push({ keyword: 'CONTINUE', value: undefined, comment: line.slice(8).trimEnd() });
    return;
  }
  cards[cards.length - 1] = {
    keyword: last.keyword,
    value: last.value.slice(0, -1) + value,
    comment: [last.comment, comment].filter((part) => part !== '').join(' '),
  };
}

function parseValue(text: string): { readonly value: FitsValue; readonly comment: string } {
  const trimmed = text.trimStart();
  if (trimmed.startsWith("'")) return parseText(trimmed);
  const slash = trimmed.indexOf('/');
  const word = (slash < 0 ? trimmed : trimmed.slice(0, slash)).trim();
  return { value: parseWord(word), comment: slash < 0 ? '' : trimmed.slice(slash + 1).trim() };
}

/** A text in quotes, '' standing for one quote. Trailing blanks do not count (standard §4.2.1). */
function parseText(quoted: string): { readonly value: string; readonly comment: string } {
  let value = '';
  let at = 1;
  for (; at < quoted.length; at++) {
    if (quoted[at] !== "'") value += quoted[at]!;
    else if (quoted[at + 1] === "'") value += quoted[at++]!;
    else break;
  }
  const rest = quoted.slice(at + 1);
  const slash = rest.indexOf('/');
  return { value: value.trimEnd(), comment: slash < 0 ? '' : rest.slice(slash + 1).trim() };
}

function parseWord(word: string): FitsValue {
  if (word === '') return undefined;
  if (word === 'T') return true;
  if (word === 'F') return false;
  if (INTEGER.test(word)) {
    const value = Number(word);
    return Number.isSafeInteger(value) ? value : BigInt(word.replace('+', ''));
  }
  if (NUMBER.test(word)) return Number(word.replace(/[dD]/, 'E'));
  return word;
}

const FIXED_VALUE_WIDTH = 20;
const MAXIMUM_TEXT_WIDTH = 68;

/**
 * The 80-character lines of one card: several where a text needs CONTINUE. A keyword of more than 8 characters becomes
 * HIERARCH. NaN and infinity have no spelling in a header: the card is written without a value. A comment is cut to fit.
 */
export function formatCard({ keyword, value, comment }: FitsCard): string[] {
  if (keyword === 'COMMENT' || keyword === 'HISTORY' || keyword === '') {
    return wrapped(comment, CARD_BYTES - 8).map((part) => padded(keyword.padEnd(8) + part));
  }
  const isLong = keyword.length > 8;
  const start = isLong ? `HIERARCH ${keyword} = ` : `${keyword.padEnd(8)}= `;
  if (typeof value === 'string') return formatText(start, value, comment);
  const spelled = spell(value);
  const body = start + (isLong ? spelled : spelled.padStart(FIXED_VALUE_WIDTH));
  return [padded(comment === '' ? body : `${body} / ${comment}`)];
}

const padded = (line: string): string => line.slice(0, CARD_BYTES).padEnd(CARD_BYTES);

function wrapped(text: string, width: number): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length || at === 0; at += width) parts.push(text.slice(at, at + width));
  return parts;
}

function spell(value: Exclude<FitsValue, string>): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return value.toString();
  // Beyond 2^53 a double spells itself with an exponent or as a whole number; both are read back to the same double.
  return Number.isFinite(value) ? value.toString().replace('e', 'E') : '';
}

function formatText(start: string, value: string, comment: string): string[] {
  const width = Math.min(MAXIMUM_TEXT_WIDTH, CARD_BYTES - start.length - 2);
  const parts = splitEscaped(value, width);
  return parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    const quoted = `'${isLast ? part.padEnd(8) : `${part}&`}'`;
    const line = index === 0 ? start + quoted : `CONTINUE  ${quoted}`;
    return padded(isLast && comment !== '' ? `${line} / ${comment}` : line);
  });
}

/** Cuts an escaped text into pieces that fit, never through a doubled quote. All but the last leave room for '&'. */
function splitEscaped(value: string, width: number): string[] {
  const escaped = value.replaceAll("'", "''");
  if (escaped.length <= width) return [escaped];
  const parts: string[] = [];
  let part = '';
  for (const character of value) {
    const next = character === "'" ? "''" : character;
    if (part.length + next.length > width - 1) {
      parts.push(part);
      part = '';
    }
    part += next;
  }
  return [...parts, part];
}
