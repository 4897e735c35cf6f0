import { z } from 'zod';

/** What can run a network: onnxruntime's execution providers by its own short names. */
export const PROVIDERS = ['cpu', 'webgpu', 'cuda', 'coreml', 'dml'] as const;
export const providerName = z.enum(PROVIDERS);
export type ProviderName = z.infer<typeof providerName>;

/** `auto` takes the first trusted provider that is faster than the CPU, else the CPU. */
export const deviceChoice = z.enum(['auto', ...PROVIDERS]);
export type DeviceChoice = z.infer<typeof deviceChoice>;

export const PROVIDER_LABELS: Readonly<Record<ProviderName, string>> = {
  cpu: 'CPU',
  webgpu: 'WebGPU',
  cuda: 'CUDA',
  coreml: 'CoreML',
  dml: 'DirectML',
};

/** What the test of a provider, in a process of its own and against the CPU, came to. */
export const deviceVerdict = z.object({
  provider: providerName,
  isTrusted: z.boolean(),
  /** Why it is trusted or not, in one sentence. */
  sentence: z.string(),
  /** Graphics adapter and driver as the system names them; null where the test did not get that far. */
  adapter: z.string().nullable(),
  /** How many rows it computes in the time in which the CPU computes one; null where it is not trusted. */
  speedOverCpu: z.number().nullable(),
});
export type DeviceVerdict = z.infer<typeof deviceVerdict>;

export const deviceReport = z.object({
  choice: deviceChoice,
  /** Providers that this machine's onnxruntime has, the CPU last. */
  present: z.array(providerName),
  /** Verdicts of this session, one per provider that was tested. */
  verdicts: z.array(deviceVerdict),
});
export type DeviceReport = z.infer<typeof deviceReport>;

/** What computed a part of a run: from a batch on, until the next part begins. */
export const runDevice = z.object({
  fromBatch: z.number().int(),
  provider: providerName,
  adapter: z.string(),
  /** Why it is not the one that was asked for; null where it is. */
  why: z.string().nullable(),
});
export type RunDevice = z.infer<typeof runDevice>;
