import { SaxesParser } from 'saxes';
import type { SampMap, SampValue } from './samp-value.ts';

/** What arrives over XML-RPC: a call, the answer to one, or its refusal. */
export type XmlRpcDocument =
  | { readonly kind: 'call'; readonly method: string; readonly params: readonly SampValue[] }
  | { readonly kind: 'response'; readonly value: SampValue }
  | { readonly kind: 'fault'; readonly why: string };

/** The text is no XML-RPC, or more than we are willing to read. */
export class XmlRpcError extends Error {}

/** A selection of two million rows; deeper or larger than this is no message of an astronomer. */
const DEEPEST = 64;
const MOST_ELEMENTS = 5_000_000;

interface Element {
  readonly name: string;
  readonly children: Element[];
  text: string;
}

/**
 * Reads a document that another program sent. Entities other than XML's own five are refused, a DOCTYPE is too, and
 * nothing that it points to is opened.
 * @throws XmlRpcError
 */
export function parseXmlRpc(text: string): XmlRpcDocument {
  const root = parseTree(text);
  if (root.name === 'methodCall') {
    const method = (child(root, 'methodName')?.text ?? '').trim();
    if (method === '') throw new XmlRpcError('it calls no method');
    return { kind: 'call', method, params: paramsOf(root) };
  }
  if (root.name !== 'methodResponse') throw new XmlRpcError(`it begins with <${root.name}>`);
  const fault = child(root, 'fault');
  if (fault !== undefined) return { kind: 'fault', why: faultText(valueOf(onlyChild(fault, 'value'))) };
  // SAMP's answers without content come as an empty text, or as nothing at all.
  return { kind: 'response', value: paramsOf(root)[0] ?? '' };
}

function parseTree(text: string): Element {
  const parser = new SaxesParser();
  const document: Element = { name: '', children: [], text: '' };
  const open = [document];
  let elements = 0;
  parser.on('doctype', () => {
    throw new XmlRpcError('it has a DOCTYPE');
  });
  parser.on('error', (error) => {
    throw new XmlRpcError(`it is not well-formed: ${error.message}`);
  });
  parser.on('opentag', ({ name }) => {
    if (open.length > DEEPEST || ++elements > MOST_ELEMENTS) throw new XmlRpcError('it is too large');
    const element: Element = { name, children: [], text: '' };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const addText = (piece: string): void => {
    open.at(-1)!.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  const [root] = document.children;
  if (root === undefined) throw new XmlRpcError('it is empty');
  return root;
}

const child = (element: Element, name: string): Element | undefined =>
  element.children.find((candidate) => candidate.name === name);

function onlyChild(element: Element, name: string): Element {
  const found = child(element, name);
  if (found === undefined) throw new XmlRpcError(`<${element.name}> has no <${name}>`);
  return found;
}

const paramsOf = (root: Element): SampValue[] =>
  (child(root, 'params')?.children ?? []).map((param) => valueOf(onlyChild(param, 'value')));

/** SAMP knows texts only; the scalars of XML-RPC, which some libraries send all the same, are read as their text. */
function valueOf(value: Element): SampValue {
  const [typed] = value.children;
  if (typed === undefined) return value.text;
  switch (typed.name) {
    case 'string':
      return typed.text;
    case 'int':
    case 'i4':
    case 'i8':
    case 'double':
    case 'boolean':
      return typed.text.trim();
    case 'array':
      return onlyChild(typed, 'data').children.map(valueOf);
    case 'struct':
      return mapOf(typed);
    default:
      throw new XmlRpcError(`it holds a <${typed.name}>`);
  }
}

function mapOf(struct: Element): SampMap {
  const entries = struct.children.map((member) => {
    const name = onlyChild(member, 'name').text;
    return [name, valueOf(onlyChild(member, 'value'))] as const;
  });
  // `fromEntries` defines its own properties, so that a key `__proto__` is a key like any other.
  return Object.fromEntries(entries);
}

function faultText(value: SampValue): string {
  const text = typeof value === 'object' && !Array.isArray(value) ? (value as SampMap)['faultString'] : undefined;
  return typeof text === 'string' ? text : 'no reason was given';
}

export function callText(method: string, params: readonly SampValue[]): string {
  const body = params.map((param) => `<param>${valueText(param)}</param>`).join('');
  return `<?xml version="1.0"?>\n<methodCall><methodName>${escaped(method)}</methodName><params>${body}</params></methodCall>\n`;
}

export function responseText(value: SampValue): string {
  return `<?xml version="1.0"?>\n<methodResponse><params><param>${valueText(value)}</param></params></methodResponse>\n`;
}

export function faultResponseText(why: string): string {
  const struct =
    `<struct><member><name>faultCode</name><value><int>1</int></value></member>` +
    `<member><name>faultString</name><value><string>${escaped(why)}</string></value></member></struct>`;
  return `<?xml version="1.0"?>\n<methodResponse><fault><value>${struct}</value></fault></methodResponse>\n`;
}

function valueText(value: SampValue): string {
  if (typeof value === 'string') return `<value><string>${escaped(value)}</string></value>`;
  if (Array.isArray(value)) {
    return `<value><array><data>${(value as readonly SampValue[]).map(valueText).join('')}</data></array></value>`;
  }
  const members = Object.entries(value).map(
    ([name, inner]) => `<member><name>${escaped(name)}</name>${valueText(inner)}</member>`,
  );
  return `<value><struct>${members.join('')}</struct></value>`;
}

/** SAMP allows ASCII only, without control characters; what else there is becomes a question mark. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\x20-\x7e]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
