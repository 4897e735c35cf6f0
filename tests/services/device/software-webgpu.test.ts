import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { env } from 'node:process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { recipeOf } from '../../../src/core/network/presets.ts';
import { testDevice } from '../../../src/engine/devices/device-trust.ts';
import { forkedWorkers } from '../../../src/engine/workers/worker-link.ts';

/**
 * WebGPU without a graphics card: Debian's Chromium brings a software renderer with its Vulkan loader. Where it is absent
 * the tests skip; with `LOBATE_SOFTWARE_WEBGPU_REQUIRED=1` (continuous integration) that is a failure.
 */
const CHROMIUM = '/usr/lib/chromium';
const DRIVER = join(CHROMIUM, 'vk_swiftshader_icd.json');

function hasSoftwareWebgpu(): boolean {
  if (existsSync(DRIVER)) return true;
  if (env['LOBATE_SOFTWARE_WEBGPU_REQUIRED'] === '1') throw new Error(`${DRIVER} is missing although it is required`);
  console.warn(`skipped: no software WebGPU at ${DRIVER} (Debian package chromium)`);
  return false;
}

const startWorker = forkedWorkers(resolve(import.meta.dirname, '..', '..', '..', 'src', 'worker', 'index.ts'));
const training = { kind: 'training', recipe: recipeOf('compact') } as const;
const probe = { kind: 'inference', modelFolder: undefined } as const;
/** A software renderer on a busy machine. */
const LIMIT_MS = 240_000;

describe.skipIf(!hasSoftwareWebgpu())('WebGPU on the software renderer of Chromium', () => {
  beforeEach(() => {
    vi.stubEnv('VK_ICD_FILENAMES', DRIVER);
    vi.stubEnv('LD_LIBRARY_PATH', CHROMIUM);
  });
  afterEach(() => void vi.unstubAllEnvs());

  test(
    'computes the probabilities of a small network as the CPU does, within 1e-4, and its driver is named',
    async () => {
      const verdict = await testDevice(startWorker, 'webgpu', probe, { limitMs: LIMIT_MS });
      expect(verdict.sentence).toContain('WebGPU agrees with the CPU');
      expect(verdict).toMatchObject({ isTrusted: true, adapter: 'Vulkan driver libvk_swiftshader.so' });
    },
    LIMIT_MS,
  );

  test(
    'a training step of a small network, dropout included, has the gradients that the CPU gives, within 1e-4',
    async () => {
      const verdict = await testDevice(startWorker, 'webgpu', training, { limitMs: LIMIT_MS });
      expect(verdict.sentence).toContain('WebGPU agrees with the CPU');
      expect(verdict.isTrusted).toBe(true);
    },
    LIMIT_MS,
  );
});

test(
  'a machine whose Vulkan driver cannot be loaded has no trusted WebGPU, and the process goes on',
  async () => {
    vi.stubEnv('VK_ICD_FILENAMES', '/nowhere/driver.json');
    const verdict = await testDevice(startWorker, 'webgpu', probe, { limitMs: LIMIT_MS });
    vi.unstubAllEnvs();
    expect(verdict).toMatchObject({ provider: 'webgpu', isTrusted: false, speedOverCpu: null });
    expect(verdict.sentence).toMatch(/^WebGPU is not used: /);
  },
  LIMIT_MS,
);
