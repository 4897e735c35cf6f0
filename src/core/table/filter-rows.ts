import type { Comparison, FilterNode, FilterProblem } from './filter-syntax.ts';
import { COMPARISONS, FilterMistake, parseFilter } from './filter-syntax.ts';

/** A column to filter and sort by: numbers (missing: NaN), or texts as indices into their sorted words (missing: ''). */
export type FilterColumn =
  | { readonly kind: 'number'; readonly values: Float64Array | Float32Array | Int32Array | Uint8Array }
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly words: readonly string[] };

export interface FilterColumns {
  readonly rowCount: number;
  readonly names: readonly string[];
  /** Undefined where there is no such column. */
  find(name: string): FilterColumn | undefined;
}

/** 1 where the row passes; or what is wrong with the expression. */
export type Filtered =
  { readonly ok: true; readonly mask: Uint8Array } | { readonly ok: false; readonly problem: FilterProblem };

/** Truth of a row: what is said of a missing value is neither true nor false. */
const [NO, YES, UNKNOWN] = [0, 1, 2] as const;

/** A value row by row; a constant has one value for all. */
type Values =
  | { readonly kind: 'number'; readonly values: ArrayLike<number>; readonly isConstant: boolean }
  | {
      readonly kind: 'text';
      readonly codes: ArrayLike<number>;
      readonly words: readonly string[];
      readonly isConstant: boolean;
    }
  | { readonly kind: 'truth'; readonly values: Uint8Array };

/**
 * Rows for which the expression is true. A comparison with a missing value is neither true nor false, nor is its
 * opposite: `Maj < 20` and `!(Maj < 20)` both leave out a source without Maj; `missing(Maj)` finds it.
 */
export function filterRows(text: string, columns: FilterColumns): Filtered {
  try {
    const node = parseFilter(text);
    const found = evaluate(node, columns);
    if (found.kind !== 'truth') {
      throw new FilterMistake('This is a value, not a condition: compare it with something, as in Maj < 20.', node.at);
    }
    const mask = found.values;
    for (let row = 0; row < mask.length; row += 1) if (mask[row] === UNKNOWN) mask[row] = NO;
    return { ok: true, mask };
  } catch (thrown) {
    if (thrown instanceof FilterMistake) return { ok: false, problem: thrown.problem };
    throw thrown;
  }
}

/** Names of the columns that an expression uses, as it writes them; none where it cannot be read. */
export function columnsIn(text: string): readonly string[] {
  const names = new Set<string>();
  const visit = (node: FilterNode): void => {
    if (node.kind === 'column') names.add(node.name);
    else if (node.kind === 'call') node.arguments.forEach(visit);
    else if (node.kind === 'not' || node.kind === 'negative') visit(node.of);
    else if (node.kind === 'binary') [node.left, node.right].forEach(visit);
  };
  try {
    visit(parseFilter(text));
  } catch (thrown) {
    if (!(thrown instanceof FilterMistake)) throw thrown;
  }
  return [...names];
}

function evaluate(node: FilterNode, columns: FilterColumns): Values {
  switch (node.kind) {
    case 'number':
      return { kind: 'number', values: [node.value], isConstant: true };
    case 'text':
      return { kind: 'text', codes: [0], words: [node.value], isConstant: true };
    case 'column':
      return columnValues(node.name, node.at, columns);
    case 'negative': {
      const { values, isConstant } = numbersOf(evaluate(node.of, columns), node.of.at);
      return { kind: 'number', values: Float64Array.from(values, (value) => -value), isConstant };
    }
    case 'not': {
      const { values } = truthOf(evaluate(node.of, columns), node.of.at);
      return { kind: 'truth', values: values.map((truth) => (truth === UNKNOWN ? UNKNOWN : 1 - truth)) };
    }
    case 'call':
      return call(node, columns);
    case 'binary': {
      const left = evaluate(node.left, columns);
      const right = evaluate(node.right, columns);
      const { operator } = node;
      if (operator === '&&' || operator === '||') {
        return joined(operator, truthOf(left, node.left.at).values, truthOf(right, node.right.at).values);
      }
      if (isComparison(operator)) return compared(operator, left, right, node.at, columns.rowCount);
      const [first, second] = [numbersOf(left, node.left.at), numbersOf(right, node.right.at)];
      return calculated(ARITHMETIC[operator], [first, second], columns.rowCount);
    }
  }
}

const isComparison = (operator: string): operator is Comparison => COMPARISONS.includes(operator as Comparison);

const ARITHMETIC: Readonly<Record<'+' | '-' | '*' | '/', (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

function columnValues(name: string, at: number, columns: FilterColumns): Values {
  const column = columns.find(name);
  if (column === undefined) throw new FilterMistake(absentColumn(name, columns.names), at);
  return { ...column, isConstant: false };
}

function absentColumn(name: string, names: readonly string[]): string {
  const near = names.map((other) => [other, editDistance(name.toLowerCase(), other.toLowerCase())] as const);
  const [best] = near.sort((a, b) => a[1] - b[1]);
  const isNear = best !== undefined && best[1] <= Math.max(1, Math.floor(name.length / 3));
  return `There is no column “${name}”.${isNear ? ` Is it “${best[0]}”?` : ''}`;
}

/** Letters to change, add or take away to make one word of the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

type Numbers = Extract<Values, { kind: 'number' }>;
type Texts = Extract<Values, { kind: 'text' }>;
type Truth = Extract<Values, { kind: 'truth' }>;

const NOUNS = { number: 'a number', text: 'a text', truth: 'a condition' } as const;

function numbersOf(values: Values, at: number): Numbers {
  if (values.kind !== 'number')
    throw new FilterMistake(`A number is needed here, and this is ${NOUNS[values.kind]}.`, at);
  return values;
}

function textsOf(values: Values, at: number): Texts {
  if (values.kind !== 'text') throw new FilterMistake(`A text is needed here, and this is ${NOUNS[values.kind]}.`, at);
  return values;
}

function truthOf(values: Values, at: number): Truth {
  if (values.kind === 'truth') return values;
  throw new FilterMistake(`A condition is needed here, as in Maj < 20, and this is ${NOUNS[values.kind]}.`, at);
}

/** Kleene's logic: false and unknown is false, true or unknown is true. */
function joined(operator: '&&' | '||', left: Uint8Array, right: Uint8Array): Truth {
  const decisive = operator === '&&' ? NO : YES;
  const values = new Uint8Array(left.length);
  for (let row = 0; row < values.length; row += 1) {
    const [a, b] = [left[row]!, right[row]!];
    values[row] = a === decisive || b === decisive ? decisive : a === UNKNOWN || b === UNKNOWN ? UNKNOWN : 1 - decisive;
  }
  return { kind: 'truth', values };
}

function calculated(
  calculate: (a: number, b: number) => number,
  [first, second]: readonly [Numbers, Numbers],
  rowCount: number,
): Numbers {
  const isConstant = first.isConstant && second.isConstant;
  const values = new Float64Array(isConstant ? 1 : rowCount);
  const [firstStep, secondStep] = [Number(!first.isConstant), Number(!second.isConstant)];
  for (let row = 0; row < values.length; row += 1) {
    values[row] = calculate(first.values[row * firstStep]!, second.values[row * secondStep]!);
  }
  return { kind: 'number', values, isConstant };
}

function compared(operator: Comparison, left: Values, right: Values, at: number, rowCount: number): Truth {
  if (left.kind === 'truth' || right.kind === 'truth' || left.kind !== right.kind) {
    throw new FilterMistake(`${capital(NOUNS[left.kind])} cannot be compared with ${NOUNS[right.kind]}.`, at);
  }
  const [a, b] = left.kind === 'text' ? ranked(left, right as Texts) : [left, right as Numbers];
  const values = new Uint8Array(rowCount);
  const [firstStep, secondStep] = [Number(!a.isConstant), Number(!b.isConstant)];
  // What ≤ and ≥ and == have in common: which of less, equal and greater make it true.
  const ifLess = operator === '<' || operator === '<=' || operator === '!=' ? YES : NO;
  const ifEqual = operator === '<=' || operator === '>=' || operator === '==' ? YES : NO;
  const ifGreater = operator === '>' || operator === '>=' || operator === '!=' ? YES : NO;
  for (let row = 0; row < rowCount; row += 1) {
    const [first, second] = [a.values[row * firstStep]!, b.values[row * secondStep]!];
    values[row] = first < second ? ifLess : first > second ? ifGreater : first === second ? ifEqual : UNKNOWN;
  }
  return { kind: 'truth', values };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Two texts as numbers of one order, so that they compare as numbers; '' is missing, as in the file. */
function ranked(left: Texts, right: Texts): readonly [Numbers, Numbers] {
  const words = [...new Set([...left.words, ...right.words])].sort();
  const rankOf = new Map(words.map((word, rank) => [word, rank]));
  const numbers = ({ codes, words: own, isConstant }: Texts): Numbers => {
    const ranks = own.map((word) => (word === '' ? Number.NaN : rankOf.get(word)!));
    const values = new Float64Array(codes.length);
    for (let row = 0; row < values.length; row += 1) values[row] = ranks[codes[row]!]!;
    return { kind: 'number', values, isConstant };
  };
  return [numbers(left), numbers(right)];
}

const OF_ONE_NUMBER: Readonly<Record<string, (value: number) => number>> = {
  abs: Math.abs,
  sqrt: Math.sqrt,
  log10: Math.log10,
  log: Math.log,
  exp: Math.exp,
};
const OF_TWO_NUMBERS: Readonly<Record<string, (a: number, b: number) => number>> = {
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
};
const OF_TEXTS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  contains: (text, part) => text.includes(part),
  startsWith: (text, part) => text.startsWith(part),
};

function call({ name, arguments: given, at }: Extract<FilterNode, { kind: 'call' }>, columns: FilterColumns): Values {
  const wants = (count: number): readonly Values[] => {
    if (given.length !== count) {
      throw new FilterMistake(
        `${name} takes ${count === 1 ? 'one value' : `${count} values`}, and has ${given.length}.`,
        at,
      );
    }
    return given.map((argument) => evaluate(argument, columns));
  };
  if (Object.hasOwn(OF_ONE_NUMBER, name)) {
    const { values, isConstant } = numbersOf(wants(1)[0]!, given[0]!.at);
    return { kind: 'number', values: Float64Array.from(values, OF_ONE_NUMBER[name]!), isConstant };
  }
  if (Object.hasOwn(OF_TWO_NUMBERS, name)) {
    const [first, second] = wants(2).map((values, index) => numbersOf(values, given[index]!.at));
    return calculated(OF_TWO_NUMBERS[name]!, [first!, second!], columns.rowCount);
  }
  if (Object.hasOwn(OF_TEXTS, name)) {
    const [texts, part] = wants(2).map((values, index) => textsOf(values, given[index]!.at));
    if (!part!.isConstant) throw new FilterMistake(`The second value of ${name} is a text in quotes.`, given[1]!.at);
    const sought = part!.words[0]!.toLowerCase();
    const fits = texts!.words.map((word) =>
      word === '' ? UNKNOWN : Number(OF_TEXTS[name]!(word.toLowerCase(), sought)),
    );
    return { kind: 'truth', values: perRow(texts!, fits, columns.rowCount) };
  }
  if (name === 'missing') {
    const [values] = wants(1);
    if (values!.kind === 'text') {
      return {
        kind: 'truth',
        values: perRow(
          values!,
          values!.words.map((word) => Number(word === '')),
          columns.rowCount,
        ),
      };
    }
    const numbers = numbersOf(values!, given[0]!.at);
    const step = Number(!numbers.isConstant);
    return {
      kind: 'truth',
      values: Uint8Array.from({ length: columns.rowCount }, (_, row) =>
        Number(Number.isNaN(numbers.values[row * step])),
      ),
    };
  }
  const known = [...Object.keys(OF_ONE_NUMBER), ...Object.keys(OF_TWO_NUMBERS), ...Object.keys(OF_TEXTS), 'missing'];
  throw new FilterMistake(`There is no function “${name}”. There are ${known.join(', ')}.`, at);
}

function perRow({ codes, isConstant }: Texts, byWord: readonly number[], rowCount: number): Uint8Array {
  const values = new Uint8Array(rowCount);
  const step = Number(!isConstant);
  for (let row = 0; row < rowCount; row += 1) values[row] = byWord[codes[row * step]!]!;
  return values;
}
