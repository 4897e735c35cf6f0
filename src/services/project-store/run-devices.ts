import type { RunDevice } from '../../contract/device-schemas.ts';
import { providerName } from '../../contract/device-schemas.ts';
import type { Sqlite } from './sqlite-file.ts';

interface DeviceRow {
  readonly from_batch: number;
  readonly provider: string;
  readonly adapter: string;
  readonly why: string | null;
}

/** What computed a run, in the order of its batches; empty where it is older than this record. */
export function readRunDevices(sqlite: Sqlite, runId: number): readonly RunDevice[] {
  const rows = sqlite
    .prepare('SELECT from_batch, provider, adapter, why FROM run_devices WHERE run = ? ORDER BY from_batch')
    .all(runId) as DeviceRow[];
  return rows.map(({ from_batch, provider, adapter, why }) => ({
    fromBatch: from_batch,
    provider: providerName.parse(provider),
    adapter,
    why,
  }));
}

/** Writes down what computes from a batch on; going on with the same device is no new part. */
export function recordRunDevice(sqlite: Sqlite, runId: number, device: RunDevice): void {
  const before = readRunDevices(sqlite, runId).findLast(({ fromBatch }) => fromBatch < device.fromBatch);
  if (before?.provider === device.provider && before.adapter === device.adapter) return;
  sqlite
    .prepare('INSERT OR REPLACE INTO run_devices (run, from_batch, provider, adapter, why) VALUES (?, ?, ?, ?, ?)')
    .run(runId, device.fromBatch, device.provider, device.adapter, device.why);
}

export function forgetRunDevices(sqlite: Sqlite, runId: number): void {
  sqlite.prepare('DELETE FROM run_devices WHERE run = ?').run(runId);
}
