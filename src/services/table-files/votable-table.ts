import { SaxesParser } from 'saxes';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table, TableEntry } from '../../core/table/table.ts';
import { columnBuilder } from './column-builder.ts';
import type { VotableColumn } from './votable-cells.ts';
import { pushTextCell, readBinaryRows } from './votable-cells.ts';
import type { VotableField } from './votable-fields.ts';
import { DATATYPES, votableField } from './votable-fields.ts';

/** Bytes given to the XML parser at once: the text that is held beside the file stays small. */
const CHUNK_BYTES = 1 << 20;

/**
 * The first TABLE with columns of a VOTable 1.0 to 1.5 document, in any of its serialisations TABLEDATA, BINARY and
 * BINARY2. Names, units, UCDs and descriptions come with the columns; arrays of unlike lengths are filled up.
 *
 * Entities other than XML's own five are refused, not expanded, and nothing that the document points to is opened.
 * @param path for messages
 * @throws DomainFailure file-unreadable, file-kind-unknown
 */
export function parseVotable(bytes: Uint8Array, path: string): Table {
  const reader = new VotableReader(path);
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => reader.open(localName(name), attributes));
  parser.on('closetag', ({ name }) => reader.close(localName(name)));
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  parser.on('error', (error) => {
    throw unreadable(path, `it is not well-formed XML: ${error.message}`);
  });
  const decoder = new TextDecoder(encodingOf(bytes, path));
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    parser.write(decoder.decode(bytes.subarray(start, start + CHUNK_BYTES), { stream: true }));
  }
  parser.write(decoder.decode()).close();
  return reader.finish();
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const unreadable = (path: string, why: string): DomainFailure =>
  new DomainFailure({ kind: 'file-unreadable', path, why });

/** By the byte order mark, else what the XML declaration says, else UTF-8. */
function encodingOf(bytes: Uint8Array, path: string): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const name = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw unreadable(path, `its text is in the encoding "${name}", which Lobate does not read`);
  }
}

/** Follows the elements of a document; everything outside the first table with columns is passed over. */
class VotableReader {
  readonly #path: string;
  readonly #frames = new Map<string, string>();
  #fields: VotableField[] = [];
  #columns: readonly VotableColumn[] = [];
  #tableName: string | undefined;
  #entries: TableEntry[] = [];
  #isInTable = false;
  #isDone = false;
  #serialisation: 'TABLEDATA' | 'BINARY' | 'BINARY2' | undefined;
  #rowCount = 0;
  #cell = 0;
  /** Text of the element that is open, where it is wanted. */
  #text: string[] | undefined;
  #isInField = false;
  readonly #base64 = new Base64Decoder();
  #sawVotable = false;

  constructor(path: string) {
    this.#path = path;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'VOTABLE') this.#sawVotable = true;
    if (name === 'COOSYS' && attributes['ID'] !== undefined) {
      this.#frames.set(attributes['ID'], frameOf(attributes));
    }
    if (this.#isDone) return;
    if (name === 'TABLE') {
      this.#isInTable = true;
      this.#fields = [];
      this.#tableName = attributes['name'];
      this.#entries = [];
      return;
    }
    if (!this.#isInTable) return;
    switch (name) {
      case 'FIELD':
        this.#addField(attributes);
        break;
      case 'PARAM':
        this.#entries.push({ name: attributes['name'] ?? '', value: attributes['value'] ?? '' });
        break;
      case 'DESCRIPTION':
        if (this.#isInField) this.#text = [];
        break;
      case 'VALUES':
        if (this.#isInField) this.#changeField({ nullText: attributes['null'] });
        break;
      case 'TABLEDATA':
      case 'BINARY':
      case 'BINARY2':
        this.#begin(name);
        break;
      case 'FITS':
        throw unreadable(this.#path, 'it keeps its rows as FITS inside XML; save it as FITS or as plain VOTable');
      case 'STREAM':
        this.#openStream(attributes);
        break;
      case 'TR':
        this.#cell = 0;
        break;
      case 'TD':
        this.#text = [];
        if (attributes['encoding'] !== undefined) throw unreadable(this.#path, 'it has encoded TD cells');
        break;
    }
  }

  text(text: string): void {
    if (this.#text !== undefined) this.#text.push(text);
    else if (this.#serialisation === 'BINARY' || this.#serialisation === 'BINARY2') this.#base64.add(text);
  }

  close(name: string): void {
    if (this.#isDone || !this.#isInTable) return;
    switch (name) {
      case 'FIELD':
        this.#isInField = false;
        break;
      case 'DESCRIPTION':
        if (this.#isInField) this.#changeField({ description: this.#takeText().replace(/\s+/g, ' ').trim() });
        break;
      case 'TD':
        this.#closeCell();
        break;
      case 'TR':
        this.#closeRow();
        break;
      case 'BINARY':
      case 'BINARY2':
        this.#rowCount = readBinaryRows(this.#base64.finish(), this.#columns, name === 'BINARY2', this.#path);
        this.#serialisation = undefined;
        break;
      case 'TABLEDATA':
        this.#serialisation = undefined;
        break;
      case 'TABLE':
        this.#isInTable = false;
        this.#isDone = this.#fields.length > 0;
        break;
    }
  }

  finish(): Table {
    if (!this.#sawVotable)
      throw new DomainFailure({ kind: 'file-kind-unknown', path: this.#path, wanted: 'a VOTable' });
    if (!this.#isDone) throw unreadable(this.#path, 'it has no TABLE with columns');
    if (this.#columns.length === 0) this.#columns = this.#startColumns();
    const frames = this.#fields.flatMap(({ ref }) => (ref === undefined ? [] : (this.#frames.get(ref) ?? [])));
    const frame = frames[0] ?? (this.#frames.size === 1 ? [...this.#frames.values()][0] : undefined);
    return {
      rowCount: this.#rowCount,
      columns: this.#columns.map(({ field, builder }) => builder.finish(field, this.#path)),
      ...(this.#tableName === undefined ? {} : { name: this.#tableName }),
      ...(frame === undefined ? {} : { skyFrame: frame }),
      ...(this.#entries.length === 0 ? {} : { entries: this.#entries }),
    };
  }

  #addField(attributes: Readonly<Record<string, string>>): void {
    const field = votableField(attributes);
    if (typeof field === 'string') {
      throw unreadable(this.#path, `its FIELD ${attributes['name'] ?? ''} has the ${field}`);
    }
    this.#fields.push(field);
    this.#isInField = true;
  }

  #changeField(change: Partial<VotableField>): void {
    const field = this.#fields.pop();
    if (field !== undefined) this.#fields.push({ ...field, ...change });
  }

  #begin(serialisation: 'TABLEDATA' | 'BINARY' | 'BINARY2'): void {
    this.#serialisation = serialisation;
    this.#columns = this.#startColumns();
  }

  #startColumns(): readonly VotableColumn[] {
    return this.#fields.map((field) => {
      const { type, numbersPerItem } = DATATYPES[field.datatype];
      const hasArrays = type !== 'text' && (field.isArray || numbersPerItem > 1);
      return { field, builder: columnBuilder(type, hasArrays) };
    });
  }

  #openStream(attributes: Readonly<Record<string, string>>): void {
    if (attributes['href'] !== undefined) {
      throw unreadable(this.#path, `it keeps its rows in another file (${attributes['href'].slice(0, 80)})`);
    }
    const encoding = attributes['encoding'] ?? 'none';
    if (encoding !== 'base64') throw unreadable(this.#path, `its rows are encoded as "${encoding}", not as base64`);
  }

  #takeText(): string {
    const text = (this.#text ?? []).join('');
    this.#text = undefined;
    return text;
  }

  #closeCell(): void {
    const column = this.#columns[this.#cell++];
    const text = this.#takeText();
    if (column === undefined) {
      const why = `row ${this.#rowCount + 1} has more cells than there are FIELDs`;
      throw unreadable(this.#path, why);
    }
    pushTextCell(column, text, this.#rowCount + 1, this.#path);
  }

  #closeRow(): void {
    this.#rowCount++;
    if (this.#cell === this.#columns.length) return;
    const why = `row ${this.#rowCount} has ${this.#cell} cells, there are ${this.#columns.length} FIELDs`;
    throw unreadable(this.#path, why);
  }
}

/** `FK4 B1950` and the like, in capitals and without the `eq_` of VOTable 1.1. */
function frameOf(attributes: Readonly<Record<string, string>>): string {
  const system = (attributes['system'] ?? '').replace(/^(?:eq|ecl)_/i, '').toUpperCase();
  const equinox = attributes['equinox'] ?? '';
  return [system, equinox].filter((part) => part !== '').join(' ');
}

/** Decodes base64 as it comes, in pieces of any length. */
class Base64Decoder {
  readonly #pieces: Uint8Array[] = [];
  #rest = '';

  add(text: string): void {
    const letters = this.#rest + text.replace(/\s+/g, '');
    const whole = letters.length - (letters.length % 4);
    this.#pieces.push(Buffer.from(letters.slice(0, whole), 'base64'));
    this.#rest = letters.slice(whole);
  }

  finish(): Uint8Array {
    if (this.#rest !== '') this.#pieces.push(Buffer.from(this.#rest, 'base64'));
    return Buffer.concat(this.#pieces);
  }
}
