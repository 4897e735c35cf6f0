import type { ProviderName } from '../../contract/device-schemas.ts';
import { PROVIDER_LABELS } from '../../contract/device-schemas.ts';
import type { OpenTrainingSession } from './training-session.ts';

/** What computes the steps of a training until it fails. */
export type TrainingDevice = OnnxruntimeDevice | TensorFlowDevice;

/** A provider of onnxruntime; any other than the CPU has to be trusted first. */
export interface OnnxruntimeDevice {
  readonly provider: ProviderName;
  /** Graphics adapter and driver, for the card. */
  readonly adapter: string;
}

/** The optional TensorFlow, compared with the CPU already. */
export interface TensorFlowDevice {
  readonly provider: 'tensorflow';
  /** What TensorFlow computes on, for the card. */
  readonly adapter: string;
  readonly open: OpenTrainingSession;
}

/** For the card and the log: "WebGPU (NVIDIA H100)". */
export function deviceLabel({ provider, adapter }: TrainingDevice): string {
  return `${provider === 'tensorflow' ? 'TensorFlow' : PROVIDER_LABELS[provider]} (${adapter})`;
}
