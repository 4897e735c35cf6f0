import { implement } from '@orpc/server';
import { api } from '../../../src/contract/api.ts';
import type { DeviceChoice, DeviceReport } from '../../../src/contract/device-schemas.ts';

/** A machine whose graphics were tested and are not trusted: the commonest one. */
export function fakeDevice() {
  const os = implement(api);
  const report = (choice: DeviceChoice): DeviceReport => ({
    choice,
    present: ['webgpu', 'cpu'],
    verdicts: [
      {
        provider: 'webgpu',
        isTrusted: false,
        sentence: 'WebGPU is not used: there is no graphics adapter.',
        adapter: null,
        speedOverCpu: null,
      },
    ],
  });
  return {
    report: os.device.report.handler(() => report('auto')),
    choose: os.device.choose.handler(({ input }) => report(input.choice)),
  };
}
