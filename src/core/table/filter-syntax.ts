/**
 * Filter expressions: `mc_probability > 0.6 && Maj < 20`. Read by a small parser and computed column by column; nothing
 * in them is ever executed.
 *
 *     or       := and ('||' and)*
 *     and      := not ('&&' not)*
 *     not      := '!' not | compared
 *     compared := sum (('<' | '<=' | '>' | '>=' | '==' | '!=') sum)?
 *     sum      := product (('+' | '-') product)*
 *     product  := signed (('*' | '/') signed)*
 *     signed   := '-' signed | value
 *     value    := number | 'text' | column | `odd column` | function '(' or (',' or)* ')' | '(' or ')'
 */
export type FilterNode =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'column'; readonly name: string; readonly at: number }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly FilterNode[]; readonly at: number }
  | { readonly kind: 'negative'; readonly of: FilterNode; readonly at: number }
  | { readonly kind: 'not'; readonly of: FilterNode; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: FilterNode;
      readonly right: FilterNode;
      readonly at: number;
    };

export const COMPARISONS = ['<', '<=', '>', '>=', '==', '!='] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type BinaryOperator = Comparison | '&&' | '||' | '+' | '-' | '*' | '/';

/** What is wrong with an expression, for people, and where [characters from its beginning]. */
export interface FilterProblem {
  readonly sentence: string;
  readonly at: number;
}

/** Thrown by the parser and by the evaluation, never past `filterRows`. */
export class FilterMistake extends Error {
  readonly problem: FilterProblem;

  constructor(sentence: string, at: number) {
    super(sentence);
    this.problem = { sentence, at };
  }
}

interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'column' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}\p{N}_]+)*/uy],
  ['column', /`[^`]*`/y],
  ['text', /"[^"]*"|'[^']*'/y],
  ['sign', /&&|\|\||<=|>=|==|!=|[<>=!+\-*/(),]/y],
];

/** Deeper nesting than anybody writes; without a limit a hostile text could exhaust the stack. */
const DEEPEST = 100;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at += 1;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) return { kind, text: found, at };
  }
  const character = text[at]!;
  if (character === '"' || character === "'")
    throw new FilterMistake(`The text that begins with ${character} does not end.`, at);
  if (character === '&' || character === '|') {
    throw new FilterMistake(`“${character}” has to be written twice: ${character}${character}.`, at);
  }
  throw new FilterMistake(`“${character}” means nothing here.`, at);
}

/** @throws FilterMistake */
export function parseFilter(text: string): FilterNode {
  const tokens = tokensOf(text);
  let position = 0;
  let depth = 0;
  const next = (): Token => tokens[position]!;
  const take = (): Token => tokens[position++]!;
  const takeSign = (...signs: readonly string[]): Token | undefined =>
    next().kind === 'sign' && signs.includes(next().text) ? take() : undefined;

  /** Operands joined by operators of one strength, from the left. */
  const chain = (operand: () => FilterNode, ...signs: readonly BinaryOperator[]): FilterNode => {
    let left = operand();
    for (let sign = takeSign(...signs); sign !== undefined; sign = takeSign(...signs)) {
      left = { kind: 'binary', operator: sign.text as BinaryOperator, left, right: operand(), at: sign.at };
    }
    return left;
  };
  const or = (): FilterNode => {
    depth += 1;
    if (depth > DEEPEST) throw new FilterMistake('This is nested too deeply.', next().at);
    const node = chain(and, '||');
    depth -= 1;
    return node;
  };
  const and = (): FilterNode => chain(not, '&&');
  const not = (): FilterNode => prefixed('!', 'not', compared);
  const signed = (): FilterNode => prefixed('-', 'negative', value);
  const prefixed = (sign: string, kind: 'not' | 'negative', rest: () => FilterNode): FilterNode => {
    const signs: Token[] = [];
    for (let found = takeSign(sign); found !== undefined; found = takeSign(sign)) signs.push(found);
    if (signs.length > DEEPEST) throw new FilterMistake('This is nested too deeply.', signs[0]!.at);
    return signs.reduceRight<FilterNode>((of, { at }) => ({ kind, of, at }), rest());
  };
  const compared = (): FilterNode => {
    const left = sum();
    const sign = takeSign(...COMPARISONS, '=');
    if (sign === undefined) return left;
    const operator = (sign.text === '=' ? '==' : sign.text) as Comparison;
    const node: FilterNode = { kind: 'binary', operator, left, right: sum(), at: sign.at };
    const second = takeSign(...COMPARISONS, '=');
    if (second === undefined) return node;
    throw new FilterMistake('Two comparisons in a row: write a < b && b < c.', second.at);
  };
  const sum = (): FilterNode => chain(product, '+', '-');
  const product = (): FilterNode => chain(signed, '*', '/');
  const value = (): FilterNode => {
    const token = take();
    const { text: written, at } = token;
    switch (token.kind) {
      case 'number':
        return { kind: 'number', value: Number(written), at };
      case 'text':
        return { kind: 'text', value: written.slice(1, -1), at };
      case 'column':
        return { kind: 'column', name: written.slice(1, -1), at };
      case 'name':
        return takeSign('(') === undefined ? { kind: 'column', name: written, at } : call(written, at);
      case 'end':
        throw new FilterMistake('Something is missing at the end.', at);
      case 'sign':
        if (written !== '(') throw new FilterMistake(`Before “${written}” something is missing.`, at);
        return closed(or());
    }
  };
  const closed = <T>(inside: T): T => {
    if (takeSign(')') === undefined) throw new FilterMistake('A parenthesis is not closed.', next().at);
    return inside;
  };
  const call = (name: string, at: number): FilterNode => {
    const given: FilterNode[] = [];
    if (takeSign(')') !== undefined) return { kind: 'call', name, arguments: given, at };
    do given.push(or());
    while (takeSign(',') !== undefined);
    return closed({ kind: 'call', name, arguments: given, at });
  };

  const whole = or();
  const rest = next();
  if (rest.kind !== 'end') throw new FilterMistake(`“${rest.text}” does not belong here.`, rest.at);
  return whole;
}
