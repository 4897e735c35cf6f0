import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { separation } from '../../../src/core/sky/separation.ts';
import { degrees } from '../../../src/core/units/quantities.ts';
import { loadCatalogue } from '../../../src/services/catalogue-files/load-catalogue.ts';
import { loadLabels } from '../../../src/services/catalogue-files/load-labels.ts';
import { DEMO_TARGET, ensureDemoField } from '../../../src/services/simulation/demo-field.ts';

const cache = mkdtempSync(join(tmpdir(), 'lobate-demo-'));
afterAll(() => rmSync(cache, { recursive: true }));

test('stopped on the way, the demo field leaves nothing that would be taken for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lobate-demo-'));
  const abort = new AbortController();
  const stopped = ensureDemoField(folder, (fraction) => fraction > 0.2 && abort.abort(), abort.signal);
  await expect(stopped).rejects.toMatchObject({ error: { kind: 'cancelled' } });
  expect(readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.fits'))).toEqual([]);
  rmSync(folder, { recursive: true });
}, 120_000);

test('the demo field opens on a double whose two lobes and core are rows of one source, and is made only once', async () => {
  const fractions: number[] = [];
  const files = await ensureDemoField(cache, (fraction) => fractions.push(fraction));
  expect(fractions.at(-1)).toBe(1);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));

  const { catalogue } = await loadCatalogue({ catalogue: files.catalogue, gaussians: files.gaussians });
  const labels = await loadLabels(files.components, catalogue.name, undefined);
  const target = { ra: degrees(DEMO_TARGET.raDeg), dec: degrees(DEMO_TARGET.decDeg) };
  const near = catalogue.name.flatMap((_, row) => {
    const position = { ra: degrees(catalogue.raDeg[row]!), dec: degrees(catalogue.decDeg[row]!) };
    return separation(target, position) < 70 ? [row] : [];
  });
  expect(near).toHaveLength(3);
  expect(near.map((row) => labels.labelClass[row])).toEqual(['MC', 'MC', 'MC']);
  expect(new Set(near.map((row) => labels.physicalSource[row])).size).toBe(1);

  const written = statSync(files.mosaic).mtimeMs;
  expect(await ensureDemoField(cache, () => undefined)).toEqual(files);
  expect(statSync(files.mosaic).mtimeMs).toBe(written);
}, 120_000);
