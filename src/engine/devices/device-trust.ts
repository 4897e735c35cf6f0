import type { DeviceVerdict, ProviderName } from '../../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../../contract/device-schemas.ts';
import type { DeviceFindings, DeviceWork } from '../../contract/device-test.ts';
import { describeError } from '../../core/result/describe-error.ts';
import type { DomainError } from '../../core/result/failure.ts';
import type { StartWorker } from '../workers/worker-link.ts';

/**
 * A driver that has not answered by then hangs [ms]. A software renderer takes 10 s for `compact`, a graphics card that
 * compiles its shaders for the first time a few.
 */
export const TEST_LIMIT_MS = 120_000;

/**
 * Tries a provider in a process of its own and says whether it is to be trusted. Whatever the driver does there (throw,
 * abort, hang, compute wrong numbers), this process goes on.
 * @param signal ends the test early; the verdict then is that it was not tested
 */
export function testDevice(
  startWorker: StartWorker,
  provider: ProviderName,
  work: DeviceWork,
  { limitMs = TEST_LIMIT_MS, signal }: { readonly limitMs?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<DeviceVerdict> {
  return new Promise((resolve) => {
    const worker = startWorker({ isQuiet: true });
    const end = (verdict: DeviceVerdict): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      worker.kill();
      resolve(verdict);
    };
    const distrust = (why: string): void => end(distrusted(provider, why));
    const onAbort = (): void => distrust('the test was cancelled');
    const timer = setTimeout(() => distrust(`its test did not end in ${limitMs / 1000} s`), limitMs);
    worker.onMessage((message) => {
      if (message.kind === 'device-tested') end(verdictOf(provider, message.findings));
      if (message.kind === 'job-failed') {
        distrust(message.error === undefined ? message.message : reasonOf(message.error));
      }
    });
    worker.onExit((why) => distrust(`its test ended the process (${why})`));
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.send({ kind: 'test-device', jobId: 0, provider, work });
  });
}

/** Why, in a sentence that names the device already. */
export function reasonOf(error: DomainError): string {
  const why = error.kind === 'device-failed' ? error.why : describeError(error);
  return why.replace(/\.$/, '');
}

/** A provider that is not to be used, and why. */
export function distrusted(provider: ProviderName, why: string): DeviceVerdict {
  return {
    provider,
    isTrusted: false,
    sentence: notUsed(PROVIDER_LABELS[provider], why),
    adapter: null,
    speedOverCpu: null,
  };
}

/** What is said of a device, or of another trainer, that does not compute. */
export const notUsed = (label: string, why: string): string => `${label} is not used: ${why}.`;

export function verdictOf(provider: ProviderName, findings: DeviceFindings): DeviceVerdict {
  return { provider, adapter: findings.adapter, ...judgementOf(PROVIDER_LABELS[provider], findings) };
}

/** Whether what was found of a device, or of another trainer, lets it be trusted. */
export function judgementOf(
  label: string,
  findings: DeviceFindings,
): Pick<DeviceVerdict, 'isTrusted' | 'sentence' | 'speedOverCpu'> {
  const { adapter, largestDifference, tolerance, millisecondsPerRow, cpuMillisecondsPerRow } = findings;
  const difference = largestDifference.toExponential(1);
  if (!(largestDifference <= tolerance)) {
    const what = Number.isFinite(largestDifference) ? `differ from the CPU's by up to ${difference}` : 'are not finite';
    return { isTrusted: false, sentence: notUsed(label, `its numbers ${what} (${adapter})`), speedOverCpu: null };
  }
  const speedOverCpu = cpuMillisecondsPerRow / millisecondsPerRow;
  const speed =
    speedOverCpu >= 1
      ? `${speedOverCpu.toPrecision(2)} times as fast as the CPU`
      : `${(1 / speedOverCpu).toPrecision(2)} times slower than the CPU`;
  return {
    isTrusted: true,
    sentence: `${label} agrees with the CPU within ${difference} and is ${speed} (${adapter}).`,
    speedOverCpu,
  };
}
