import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeError } from '../../../src/core/result/describe-error.ts';
import type { Column } from '../../../src/core/table/table.ts';
import { findColumn } from '../../../src/core/table/table.ts';
import { parseEcsvTable } from '../../../src/services/table-files/ecsv-table.ts';
import { readTableFile } from '../../../src/services/table-files/read-table-file.ts';
import { parseVotable } from '../../../src/services/table-files/votable-table.ts';
import { errorOf, rejectionOf } from '../../expect-failure.ts';

const fixture = (name: string): string => resolve(import.meta.dirname, '..', '..', 'fixtures', 'tables', name);

interface ExpectedColumn {
  readonly unit: string | null;
  readonly description: string | null;
  readonly ucd: string | null;
  readonly values: readonly unknown[];
}

const expected = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as Readonly<Record<string, ExpectedColumn>>;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-tables-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The values of a column as the fixture spells them: row by row, null where missing, texts where JSON has no number. */
function spelled({ data, repeat, isMissing }: Column): unknown[] {
  const one = (at: number): unknown => {
    const value = data[at];
    if (isMissing?.[at] === 1 || value === undefined) return null;
    if (typeof value === 'bigint') return String(value);
    if (typeof value === 'number' && !Number.isFinite(value)) {
      return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
    }
    return value;
  };
  const rows = data.length / repeat;
  return Array.from({ length: rows }, (_, row) =>
    repeat === 1 ? one(row) : Array.from({ length: repeat }, (__, k) => one(row * repeat + k)),
  );
}

/** A missing float is NaN in a table; an empty text may be either. */
const comparable = (value: unknown): unknown => (value === null || value === 'nan' || value === '' ? null : value);
const comparableCell = (cell: unknown): unknown => (Array.isArray(cell) ? cell.map(comparable) : comparable(cell));

describe('every format gives the table that astropy wrote, value by value', () => {
  test.each([
    ['tabledata.vot', { hasUnits: true, hasUcds: true }],
    ['binary.vot', { hasUnits: true, hasUcds: true }],
    ['binary2.vot', { hasUnits: true, hasUcds: true }],
    ['table.ecsv', { hasUnits: true, hasUcds: true }],
    ['comma.ecsv', { hasUnits: true, hasUcds: true }],
    ['table.tsv', { hasUnits: false, hasUcds: false }],
    ['snappy.parquet', { hasUnits: true, hasUcds: true }],
    ['zstd.parquet', { hasUnits: false, hasUcds: false }],
    ['gzip.parquet', { hasUnits: false, hasUcds: false }],
  ])('%s', async (name, { hasUnits, hasUcds }) => {
    const table = await readTableFile(fixture(name));
    const wanted = Object.entries(expected).filter(([column]) => !(name.endsWith('.tsv') && column === 'Triple'));
    expect(table.columns.map((column) => column.name)).toEqual(wanted.map(([column]) => column));
    for (const [column, { unit, description, ucd, values }] of wanted) {
      const found = findColumn(table, column)!;
      const cells = spelled(found).map(comparableCell);
      expect(cells, column).toEqual(values.map(comparableCell));
      if (hasUnits) expect([found.unit ?? null, found.description ?? null]).toEqual([unit, description]);
      if (hasUcds) expect(found.ucd ?? null).toBe(ucd);
    }
  });
});

const votable = (fields: string, data: string, before = ''): Uint8Array =>
  new TextEncoder().encode(
    `<?xml version="1.0"?>${before}<VOTABLE><RESOURCE><TABLE>${fields}<DATA>${data}</DATA></TABLE></RESOURCE></VOTABLE>`,
  );
const base64 = (...bytes: number[]): string =>
  `<STREAM encoding="base64">${Buffer.from(bytes).toString('base64')}</STREAM>`;

describe('a VOTable that cannot be read is refused in one sentence', () => {
  const int = '<FIELD name="n" datatype="int"/>';
  test.each([
    ['XML that breaks off', votable(int, '').subarray(0, 60), 'it is not well-formed XML'],
    [
      'an entity of its own',
      votable(int, '<TABLEDATA><TR><TD>&a;</TD></TR></TABLEDATA>', '<!DOCTYPE VOTABLE [<!ENTITY a "1">]>'),
      'entity',
    ],
    ['other XML', new TextEncoder().encode('<html></html>'), 'is not a VOTable'],
    ['no table', new TextEncoder().encode('<VOTABLE></VOTABLE>'), 'it has no TABLE with columns'],
    [
      'a text for a number',
      votable(int, '<TABLEDATA><TR><TD>x</TD></TR></TABLEDATA>'),
      'n is "x" in row 1, which is no int',
    ],
    [
      'a short row',
      votable(int + int, '<TABLEDATA><TR><TD>1</TD></TR></TABLEDATA>'),
      'row 1 has 1 cells, there are 2 FIELDs',
    ],
    ['a long row', votable(int, '<TABLEDATA><TR><TD>1</TD><TD>1</TD></TR></TABLEDATA>'), 'row 1 has more cells than'],
    [
      'rows in another file',
      votable(int, '<BINARY><STREAM href="file:///etc/passwd"/></BINARY>'),
      'it keeps its rows in another file',
    ],
    [
      'rows cut short',
      votable(int, `<BINARY>${base64(0, 0, 0, 1, 0)}</BINARY>`),
      'its binary rows are cut short in row 2',
    ],
    [
      'a negative length',
      votable('<FIELD name="n" datatype="char" arraysize="*"/>', `<BINARY>${base64(255, 255, 255, 255)}</BINARY>`),
      'cut short in row 1',
    ],
    ['an unknown type', votable('<FIELD name="n" datatype="quad"/>', ''), 'its FIELD n has the datatype "quad"'],
    ['FITS inside', votable(int, '<FITS/>'), 'it keeps its rows as FITS inside XML'],
  ])('%s', (_, bytes, sentence) => {
    expect(describeError(errorOf(() => parseVotable(bytes, 'x.vot')))).toContain(sentence);
  });

  test('a billion laughs are not laughed', () => {
    const entities = Array.from({ length: 9 }, (_, k) => `<!ENTITY l${k + 1} "${`&l${k};`.repeat(10)}">`).join('');
    const bytes = votable(
      int,
      '<TABLEDATA><TR><TD>&l9;</TD></TR></TABLEDATA>',
      `<!DOCTYPE v [<!ENTITY l0 "lol">${entities}]>`,
    );
    expect(describeError(errorOf(() => parseVotable(bytes, 'x.vot')))).toContain('not well-formed XML');
  });
});

test('a VOTable says "missing" by an empty cell, by VALUES null and by a flag', () => {
  const field = '<FIELD name="n" datatype="short"><VALUES null="-1"/></FIELD>';
  const byText = parseVotable(
    votable(field, '<TABLEDATA><TR><TD/></TR><TR><TD>-1</TD></TR><TR><TD>7</TD></TR></TABLEDATA>'),
    'x',
  );
  expect(spelled(byText.columns[0]!)).toEqual([null, null, 7]);
  const binary = parseVotable(votable(field, `<BINARY>${base64(255, 255, 0, 7)}</BINARY>`), 'x');
  expect(spelled(binary.columns[0]!)).toEqual([null, 7]);
  const flagged = parseVotable(votable(field, `<BINARY2>${base64(0x80, 0, 9, 0, 0, 7)}</BINARY2>`), 'x');
  expect(spelled(flagged.columns[0]!)).toEqual([null, 7]);
});

test('arrays of unlike lengths are filled up and keep their lengths', () => {
  const field = '<FIELD name="v" datatype="float" arraysize="*"/>';
  const { columns } = parseVotable(
    votable(field, '<TABLEDATA><TR><TD>1 2</TD></TR><TR><TD/></TR><TR><TD>3</TD></TR></TABLEDATA>'),
    'x',
  );
  expect(columns[0]).toMatchObject({ repeat: 2, lengths: Int32Array.of(2, 0, 1) });
  expect([...(columns[0]!.data as Float32Array)]).toEqual([1, 2, Number.NaN, Number.NaN, 3, Number.NaN]);
});

test('the frame of the positions is that of the COOSYS that they name', () => {
  const before = '<FIELD name="RA" datatype="double" ref="old"/>';
  const text = new TextDecoder().decode(votable(before, '<TABLEDATA/>'));
  const withFrames = text.replace(
    '<RESOURCE>',
    '<RESOURCE><COOSYS ID="new" system="ICRS"/><COOSYS ID="old" system="eq_FK4" equinox="B1950"/>',
  );
  expect(parseVotable(new TextEncoder().encode(withFrames), 'x').skyFrame).toBe('FK4 B1950');
});

test('whatever bytes stand in a VOTable, it is read or refused', () => {
  const whole = readFileSync(fixture('binary2.vot'));
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, byte, length) => {
      const bytes = Uint8Array.from(whole.subarray(0, Math.max(length, whole.length - 100)));
      if (at < bytes.length) bytes[at] = byte;
      try {
        parseVotable(bytes, 'x.vot');
      } catch (thrown) {
        errorOf(() => {
          throw thrown;
        });
      }
    }),
    { numRuns: 300, seed: 1 },
  );
});

describe('an ECSV file that cannot be read is refused in one sentence', () => {
  const header = '# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: int32}\n# - {name: b, datatype: float64}\n';
  test.each([
    ['no columns', '# %ECSV 1.0\n# ---\n# meta: {}\na b\n', 'its ECSV header names no columns'],
    ['broken YAML', '# %ECSV 1.0\n# ---\n# datatype: [\na b\n', 'its ECSV header is no YAML'],
    ['other names', `${header}a c\n1 2\n`, 'does not agree with its header'],
    ['a short row', `${header}a b\n1\n`, 'row 1 has 1 cells, the header has 2'],
    ['a text for a number', `${header}a b\n1 x\n`, 'b is "x" in row 1, which is no float64'],
  ])('%s', (_, text, sentence) => {
    expect(describeError(errorOf(() => parseEcsvTable(text, 'x.ecsv')))).toContain(sentence);
  });
});

test('a unit that astropy wrote as an object is its text', () => {
  const text =
    '# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, unit: !astropy.units.Unit {unit: deg}, datatype: float64}\na\n1.5\n';
  expect(parseEcsvTable(text, 'x').columns[0]).toEqual({
    name: 'a',
    unit: 'deg',
    repeat: 1,
    data: Float64Array.of(1.5),
  });
});

test('a Parquet file that is cut short is refused in one sentence', async () => {
  const path = join(folder, 'cut.parquet');
  writeFileSync(path, readFileSync(fixture('snappy.parquet')).subarray(0, 4000));
  expect(describeError(await rejectionOf(() => readTableFile(path)))).toContain('cut.parquet: cannot be read');
});

test('the format follows from the content where the name says nothing or something else', async () => {
  for (const [from, to] of [
    ['binary2.vot', 'a.dat'],
    ['table.ecsv', 'b.csv'],
    ['zstd.parquet', 'c.fits'],
  ] as const) {
    writeFileSync(join(folder, to), readFileSync(fixture(from)));
    expect((await readTableFile(join(folder, to))).rowCount).toBe(12);
  }
});

test.each([
  ['long.csv', 'a,b\n1,2\n', 2 ** 29, '512 MiB'],
  ['long.vot', '<?xml version="1.0"?>\n<VOTABLE version="1.3">', 2 ** 31, '2048 MiB'],
])('%s, longer than a text can be, is refused with what to do', async (name, start, sizeBytes, limit) => {
  const path = join(folder, name);
  writeFileSync(path, start);
  // Sparse: nothing of it takes room on the disk.
  truncateSync(path, sizeBytes);
  expect(describeError(await rejectionOf(() => readTableFile(path)))).toBe(
    `${path}: cannot be read (it is larger than ${limit}, too long for a table in text; convert it to FITS or Parquet).`,
  );
});
