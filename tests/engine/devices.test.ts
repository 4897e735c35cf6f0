import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DeviceVerdict, ProviderName } from '../../src/contract/device-schemas.ts';
import type { DeviceFindings } from '../../src/contract/device-test.ts';
import type { FromWorker } from '../../src/contract/worker-messages.ts';
import { createDeviceSetting } from '../../src/engine/devices/device-setting.ts';
import { testDevice, verdictOf } from '../../src/engine/devices/device-trust.ts';
import { Devices } from '../../src/engine/devices/devices.ts';
import type { StartWorker } from '../../src/engine/workers/worker-link.ts';

const WORK = { kind: 'inference', modelFolder: undefined } as const;

const FINDINGS: DeviceFindings = {
  adapter: 'a card, driver 1',
  largestDifference: 3e-6,
  tolerance: 1e-4,
  millisecondsPerRow: 0.5,
  cpuMillisecondsPerRow: 2,
};

/** A worker that answers a test as it is told: with messages, with its death, or not at all. */
function workerThat(behaves: (tell: (message: FromWorker) => void, die: (why: string) => void) => void): {
  readonly start: StartWorker;
  readonly killed: () => number;
} {
  let killed = 0;
  const start: StartWorker = () => {
    let tell: (message: FromWorker) => void = () => undefined;
    let die: (why: string) => void = () => undefined;
    return {
      send: () =>
        behaves(
          (message) => tell(message),
          (why) => die(why),
        ),
      onMessage: (listener) => (tell = listener),
      onExit: (listener) => (die = listener),
      kill: () => killed++,
    };
  };
  return { start, killed: () => killed };
}

describe('a device is not trusted', () => {
  test('whose driver aborts the process of its test', async () => {
    const { start } = workerThat((_, die) => die('signal SIGABRT'));
    const verdict = await testDevice(start, 'webgpu', WORK);
    expect(verdict).toMatchObject({ isTrusted: false, speedOverCpu: null });
    expect(verdict.sentence).toBe('WebGPU is not used: its test ended the process (signal SIGABRT).');
  });

  test('that hangs: its process is killed', async () => {
    const { start, killed } = workerThat(() => undefined);
    const verdict = await testDevice(start, 'cuda', WORK, { limitMs: 1 });
    expect(verdict.sentence).toContain('did not end in 0.001 s');
    expect(killed()).toBe(1);
  });

  test('that is not there, with the reason of the driver', async () => {
    const { start } = workerThat((tell) =>
      tell({
        kind: 'job-failed',
        jobId: 0,
        error: { kind: 'device-failed', device: 'WebGPU', why: 'No supported adapters' },
        message: '',
      }),
    );
    expect((await testDevice(start, 'webgpu', WORK)).sentence).toBe('WebGPU is not used: No supported adapters.');
  });

  test.each([
    [2e-4, "numbers differ from the CPU's by up to 2.0e-4"],
    [Infinity, 'numbers are not finite'],
    [Number.NaN, 'numbers are not finite'],
  ])('whose largest difference to the CPU is %d', async (largestDifference, words) => {
    const { start } = workerThat((tell) =>
      tell({ kind: 'device-tested', jobId: 0, findings: { ...FINDINGS, largestDifference } }),
    );
    const verdict = await testDevice(start, 'webgpu', WORK);
    expect(verdict).toMatchObject({ isTrusted: false, adapter: FINDINGS.adapter });
    expect(verdict.sentence).toContain(words);
  });
});

test('a device that agrees is trusted, with its adapter and its speed', () => {
  expect(verdictOf('webgpu', FINDINGS)).toEqual({
    provider: 'webgpu',
    isTrusted: true,
    sentence: 'WebGPU agrees with the CPU within 3.0e-6 and is 4.0 times as fast as the CPU (a card, driver 1).',
    adapter: 'a card, driver 1',
    speedOverCpu: 4,
  });
});

describe('the device of a run', () => {
  const verdicts = (found: Partial<Record<ProviderName, Partial<DeviceFindings>>>) => {
    const tested: ProviderName[] = [];
    const notices: string[] = [];
    const devices = new Devices({
      present: ['cuda', 'webgpu', 'cpu'],
      test: (provider): Promise<DeviceVerdict> => {
        tested.push(provider);
        return Promise.resolve(verdictOf(provider, { ...FINDINGS, ...found[provider] }));
      },
      adapterText: () => Promise.resolve('a processor'),
      onNotice: (sentence) => notices.push(sentence),
    });
    return { devices, tested, notices };
  };

  test('chosen automatically is the first that is trusted and faster than the CPU', async () => {
    const { devices, tested, notices } = verdicts({ cuda: { largestDifference: 1 } });
    expect(await devices.select(WORK)).toMatchObject({ provider: 'webgpu', adapter: FINDINGS.adapter, why: null });
    expect(tested).toEqual(['cuda', 'webgpu']);
    expect(notices).toEqual([]);
  });

  test('chosen automatically is the CPU where the others are right but slow, as a software renderer is', async () => {
    const { devices } = verdicts({ cuda: { millisecondsPerRow: 40 }, webgpu: { millisecondsPerRow: 40 } });
    expect(await devices.select(WORK)).toEqual({ provider: 'cpu', adapter: 'a processor', why: null });
  });

  test('that was asked for is used although it is slow', async () => {
    const { devices } = verdicts({ webgpu: { millisecondsPerRow: 40 } });
    devices.choice = 'webgpu';
    expect(await devices.select(WORK)).toMatchObject({ provider: 'webgpu' });
  });

  test('that was asked for and is not trusted is the CPU, and it is said why', async () => {
    const { devices, notices } = verdicts({ webgpu: { largestDifference: 1 } });
    devices.choice = 'webgpu';
    const selected = await devices.select(WORK);
    expect(selected.provider).toBe('cpu');
    expect(selected.why).toContain('differ');
    expect(notices).toEqual([expect.stringContaining('The CPU is used instead.')]);
  });

  test('needs no test where it is the CPU', async () => {
    const { devices, tested } = verdicts({});
    devices.choice = 'cpu';
    expect(await devices.select(WORK)).toMatchObject({ provider: 'cpu' });
    expect(tested).toEqual([]);
  });

  test('is tested once for each model, and not again after it failed in a run', async () => {
    const { devices, tested } = verdicts({});
    devices.choice = 'webgpu';
    const first = await devices.select(WORK);
    await devices.select(WORK);
    await devices.select({ ...WORK, modelFolder: '/models/other' });
    expect(tested).toEqual(['webgpu', 'webgpu']);
    expect(await devices.replace(first, WORK, 'device lost')).toMatchObject({ provider: 'cpu' });
    expect(await devices.select(WORK)).toMatchObject({ provider: 'cpu' });
    expect(devices.report().verdicts).toMatchObject([{ provider: 'webgpu', isTrusted: false }]);
  });

  test('cannot be one that this machine does not have', () => {
    const { devices } = verdicts({});
    expect(() => devices.checkPresent('coreml')).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ kind: 'argument-invalid' }) as unknown }),
    );
  });
});

test('the chosen device outlives the program, and a broken setting is the automatic choice', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lobate-device-'));
  try {
    const setting = createDeviceSetting(folder);
    expect(await setting.read()).toBe('auto');
    await setting.write('webgpu');
    expect(await createDeviceSetting(folder).read()).toBe('webgpu');
    writeFileSync(join(folder, 'device.json'), '{"device":"toaster"}');
    expect(await setting.read()).toBe('auto');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
