import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findLayerViolations, unknownFolders } from '../../scripts/check-layers.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the checker itself', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lobate-layers-'));
    const write = (path: string, text: string): void => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    };
    write('src/core/sky/position.ts', "import type { Table } from '../table/table.ts';\nexport type P = Table;\n");
    write(
      'src/core/table/table.ts',
      "import { open } from '../../services/door/open.ts';\nexport type Table = typeof open;\n",
    );
    write('src/services/door/open.ts', "import { readFileSync } from 'node:fs';\nexport const open = readFileSync;\n");
    write('src/core/units/read.ts', "import { sep } from 'node:path';\nexport const separator = sep;\n");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a type import against the order of core, an import upwards, and Node inside core are all found', async () => {
    const rules = (await findLayerViolations('src', folder)).map(({ rule, from }) => `${rule} ${from}`);
    expect(rules).toContain('core-sky-order src/core/sky/position.ts');
    expect(rules).toContain('core-imports src/core/table/table.ts');
    expect(rules).toContain('core-is-pure src/core/units/read.ts');
  });
});

test('no source file imports what its layer may not', async () => {
  expect(await findLayerViolations('src', root)).toEqual([]);
});

test('every folder of src and of core has its place in the table', () => {
  expect(unknownFolders(join(root, 'src'))).toEqual([]);
});
