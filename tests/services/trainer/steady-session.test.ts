import { expect, test } from 'vitest';
import { parametersOver } from '../../../src/core/network/parameters.ts';
import { probeNetwork } from '../../../src/core/network/probe-network.ts';
import { initialParameters } from '../../../src/core/network/parameters.ts';
import { DomainFailure } from '../../../src/core/result/failure.ts';
import { openSteadySession } from '../../../src/services/trainer/steady-session.ts';
import { drawnRows } from '../../../src/services/trainer/training-exercise.ts';
import { openTrainingSession } from '../../../src/services/trainer/training-session.ts';

const network = probeNetwork(0.25);
const batch = drawnRows(network, 4);
const device = { provider: 'webgpu', adapter: 'a graphics card' } as const;
const lost = new DomainFailure({ kind: 'device-failed', device: 'WebGPU', why: 'device lost' });
const options = { rowCount: 4, hasDropout: true, dropoutSeed: 3, blockSizeOnCpu: () => Promise.resolve(undefined) };

/** A device whose steps fail with `thrown`; the CPU is the real one. */
const failingWith =
  (thrown: Error): typeof openTrainingSession =>
  (...parameters) =>
    parameters[3].provider === 'cpu'
      ? openTrainingSession(...parameters)
      : Promise.resolve({ computeGradients: () => Promise.reject(thrown), close: () => Promise.resolve() });

test('a step that the device does not finish is done by the CPU, with the gradients that the CPU alone gives', async () => {
  const parameters = initialParameters(network, 1);
  const [steady, alone] = [parametersOver(network), parametersOver(network)];
  const heard: string[] = [];
  const session = await openSteadySession(
    network,
    parameters,
    steady,
    { ...options, device, onDeviceFailed: (why) => heard.push(why) },
    failingWith(lost),
  );
  const { loss } = await session.computeGradients(batch);
  await session.computeGradients(batch);
  await session.close();
  const cpu = await openTrainingSession(network, parameters, alone, { ...options, provider: 'cpu' });
  expect(loss).toBe((await cpu.computeGradients(batch)).loss);
  await cpu.computeGradients(batch);
  await cpu.close();
  expect(steady.flat).toEqual(alone.flat);
  expect(heard).toEqual(['device lost']);
});

test('a failure that is not of the device is not hidden by the CPU', async () => {
  const wrong = new RangeError('5 rows for a graph of 4');
  const session = await openSteadySession(
    network,
    initialParameters(network, 1),
    parametersOver(network),
    { ...options, device, onDeviceFailed: () => expect.unreachable() },
    failingWith(wrong),
  );
  await expect(session.computeGradients(batch)).rejects.toBe(wrong);
});
