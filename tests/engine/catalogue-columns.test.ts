import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackColumns } from '../../src/contract/packed-columns.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

let running: TestEngine;
let client: Client;
let cookie: string;

beforeAll(async () => {
  running = await startTestEngine();
  client = await running.connect();
  cookie = await running.signIn();
});
afterAll(() => running.close());

const column = async (name: string) => {
  const { status, body } = await running.get(`/data/column/${name}`, { Cookie: cookie });
  return { status, ...unpackColumns(new Uint8Array(body).buffer) };
};

describe('the columns of the catalogue', () => {
  test('are refused while no field is open', async () => {
    await expect(client.table.columns()).rejects.toMatchObject({ data: { kind: 'project-none-open' } });
  });

  test('are those of the file in its order, with their units', async () => {
    await client.project.open({ mosaics: [...running.files.mosaics], catalogue: running.files.catalogue });
    const columns = await client.table.columns();
    expect(columns.map(({ name }) => name).slice(0, 4)).toEqual(['Source_Name', 'RA', 'DEC', 'Maj']);
    expect(columns.find(({ name }) => name === 'Total_flux')).toMatchObject({ kind: 'number', unit: 'mJy' });
    expect(columns.find(({ name }) => name === 'S_Code')).toMatchObject({ kind: 'text', unit: '' });
  });

  test('come one at a time, numbers with NaN where a value is missing', async () => {
    const { status, arrays } = await column('Total_flux');
    expect(status).toBe(200);
    const numbers = arrays.get('numbers')!;
    expect(numbers).toHaveLength(12);
    expect([numbers[6], numbers[7]]).toEqual([7, Number.NaN]);
    expect((await column('S_Code')).values['texts']).toEqual(
      Array.from({ length: 12 }, (_, row) => (row % 2 === 0 ? 'S' : 'M')),
    );
  });

  test('one that is not there is refused by name, and no path is read from it', async () => {
    const { status, body } = await running.get('/data/column/..%2f..%2fsecret.txt', { Cookie: cookie });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.toString()).not.toContain('outside the window');
  });

  test('are nobody’s without a session', async () => {
    expect((await running.get('/data/column/Maj')).status).toBe(401);
  });
});
