import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { differenceOf } from '../../../src/services/device/device-test.ts';
import {
  adapterText,
  linuxAdapters,
  macAdapters,
  windowsAdapters,
} from '../../../src/services/device/graphics-adapter.ts';

describe('the graphics adapters of a machine are named as the system names them', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'lobate-adapter-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('on Linux: vendor, PCI device and kernel driver of each card, and not of its outputs', async () => {
    for (const name of ['card1', 'card1-HDMI-A-1', 'renderD128'])
      mkdirSync(join(folder, name, 'device'), { recursive: true });
    writeFileSync(join(folder, 'card1', 'device', 'vendor'), '0x8086\n');
    writeFileSync(join(folder, 'card1', 'device', 'device'), '0x46a6\n');
    writeFileSync(join(folder, 'card1', 'device', 'uevent'), 'DRIVER=i915\nPCI_CLASS=30000\n');
    expect(await linuxAdapters(folder)).toEqual(['Intel 0x46a6, driver i915']);
  });

  test('on macOS: the model', () => {
    expect(macAdapters('{"SPDisplaysDataType":[{"_name":"kHW_AppleM1Item","sppci_model":"Apple M1"}]}')).toEqual([
      'Apple M1',
    ]);
  });

  test('on Windows: name and driver version, of one controller or of several', () => {
    const one = '{"Name":"Intel(R) Iris(R) Xe","DriverVersion":"31.0.101.5186"}';
    expect(windowsAdapters(one)).toEqual(['Intel(R) Iris(R) Xe, driver 31.0.101.5186']);
    expect(windowsAdapters(`[${one},{"Name":"Other","DriverVersion":null}]`)[1]).toBe('Other, driver unknown');
  });

  test('and the processor by its model', async () => {
    expect(await adapterText('cpu')).not.toBe('');
  });
});

describe('the difference between two devices', () => {
  const of = (a: number[], b: number[], comparison: 'absolute' | 'relative'): number =>
    differenceOf(Float32Array.from(a), Float32Array.from(b), comparison);

  test('is the largest one, or its share of the largest value', () => {
    expect(of([1, 4], [1.5, 4.25], 'absolute')).toBe(0.5);
    expect(of([1, 4], [1.5, 4.25], 'relative')).toBe(0.125);
  });

  test('is infinite where a number is missing or not finite', () => {
    expect(of([1], [], 'absolute')).toBe(Infinity);
    expect(of([1, 2], [1, Number.NaN], 'absolute')).toBe(Infinity);
    expect(of([0], [1], 'relative')).toBe(Infinity);
  });
});
