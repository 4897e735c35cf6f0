import type { DeviceChoice, DeviceReport, DeviceVerdict, ProviderName } from '../../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../../contract/device-schemas.ts';
import type { DeviceWork } from '../../contract/device-test.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { distrusted } from './device-trust.ts';

/** What a run is given to compute with. */
export interface SelectedDevice {
  readonly provider: ProviderName;
  /** Graphics adapter and driver, or the processor's name. */
  readonly adapter: string;
  /** Why it is not the one that was asked for; null where it is. */
  readonly why: string | null;
}

export interface DevicesOptions {
  /** Providers that onnxruntime could load here, best first, the CPU among them. */
  readonly present: readonly ProviderName[];
  test(provider: ProviderName, work: DeviceWork, signal: AbortSignal | undefined): Promise<DeviceVerdict>;
  adapterText(provider: ProviderName): Promise<string>;
  /** Sentences that the user should read: a device that was asked for and is not used. */
  onNotice?(sentence: string): void;
  /** Told before a provider is tested, which can take seconds, and when the test is over. */
  onTesting?(provider: ProviderName, isOver: boolean): void;
}

/** Which of this machine's devices computes: the user's choice, and what was found out about each in this session. */
export class Devices {
  readonly #options: DevicesOptions;
  /** By provider and work: what infers one model well may fail on another. */
  readonly #verdicts = new Map<string, DeviceVerdict>();
  choice: DeviceChoice;

  constructor(options: DevicesOptions, choice: DeviceChoice = 'auto') {
    this.#options = options;
    this.choice = choice;
  }

  report(): DeviceReport {
    // Of several models the latest test counts, but a failure stays said.
    const latest = new Map<ProviderName, DeviceVerdict>();
    for (const verdict of this.#verdicts.values()) {
      if (latest.get(verdict.provider)?.isTrusted !== false) latest.set(verdict.provider, verdict);
    }
    return { choice: this.choice, present: [...this.#options.present], verdicts: [...latest.values()] };
  }

  /** @throws DomainFailure `argument-invalid` where this machine's onnxruntime has no such provider */
  checkPresent(choice: DeviceChoice): void {
    const { present } = this.#options;
    if (choice === 'auto' || present.includes(choice)) return;
    const why = `this machine has no ${PROVIDER_LABELS[choice]}; there is auto, ${present.join(', ')}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: 'device', why });
  }

  /** The device for a piece of work, testing it first where this session has not. The CPU needs no test. */
  async select(work: DeviceWork, signal?: AbortSignal): Promise<SelectedDevice> {
    const { choice } = this;
    if (choice !== 'auto') {
      if (choice === 'cpu') return this.#selected(undefined, null);
      const verdict = await this.#verdictOn(choice, work, signal);
      if (!verdict.isTrusted) this.#options.onNotice?.(`${verdict.sentence} The CPU is used instead.`);
      return this.#selected(verdict, verdict.sentence);
    }
    for (const provider of this.#options.present) {
      if (provider === 'cpu') continue;
      const verdict = await this.#verdictOn(provider, work, signal);
      if (verdict.isTrusted && (verdict.speedOverCpu ?? 0) > 1) return this.#selected(verdict, null);
    }
    return this.#selected(undefined, null);
  }

  /** A device that failed after its test is not used again in this session: the CPU goes on. */
  async replace({ provider }: SelectedDevice, work: DeviceWork, why: string): Promise<SelectedDevice> {
    const verdict = distrusted(provider, why);
    this.#verdicts.set(keyOf(provider, work), verdict);
    const whence = work.kind === 'inference' ? ' from the last stored batch' : '';
    this.#options.onNotice?.(`${verdict.sentence} The CPU goes on${whence}.`);
    return this.#selected(undefined, verdict.sentence);
  }

  async #selected(verdict: DeviceVerdict | undefined, whyNot: string | null): Promise<SelectedDevice> {
    if (verdict?.isTrusted === true) return { provider: verdict.provider, adapter: verdict.adapter ?? '', why: null };
    return { provider: 'cpu', adapter: await this.#options.adapterText('cpu'), why: whyNot };
  }

  async #verdictOn(provider: ProviderName, work: DeviceWork, signal: AbortSignal | undefined): Promise<DeviceVerdict> {
    const key = keyOf(provider, work);
    const known = this.#verdicts.get(key);
    if (known !== undefined) return known;
    this.#options.onTesting?.(provider, false);
    try {
      const verdict = await this.#options.test(provider, work, signal);
      if (signal?.aborted !== true) this.#verdicts.set(key, verdict);
      return verdict;
    } finally {
      this.#options.onTesting?.(provider, true);
    }
  }
}

const keyOf = (provider: ProviderName, work: DeviceWork): string => JSON.stringify([provider, work]);
