// Command: npm run bench -- NAME [--json] [--device NAME] [--peer-device cuda]. Compares with peers that are installed already; installs nothing.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { providerName } from '../src/contract/device-schemas.ts';
import { classifyBenchmark } from './classify.ts';
import { cutoutsBenchmark } from './cutouts.ts';
import { catalogueLoadBenchmark } from './catalogue-load.ts';
import { inferBenchmark } from './infer.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { MissingPeer } from './measurement.ts';
import { neighboursBenchmark } from './neighbours.ts';
import { openSurveyBenchmark } from './open-survey.ts';
import { overlayBenchmark } from './overlay.ts';
import { preprocessBenchmark } from './preprocess.ts';
import { tableBenchmark } from './table.ts';
import { thresholdBenchmark } from './threshold.ts';
import { tilesBenchmark } from './tiles.ts';
import { trainStepBenchmark } from './train-step.ts';

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  classify: classifyBenchmark,
  cutouts: cutoutsBenchmark,
  infer: inferBenchmark,
  'catalogue-load': catalogueLoadBenchmark,
  neighbours: neighboursBenchmark,
  'open-survey': openSurveyBenchmark,
  overlay: overlayBenchmark,
  preprocess: preprocessBenchmark,
  table: tableBenchmark,
  threshold: thresholdBenchmark,
  tiles: tilesBenchmark,
  'train-step': trainStepBenchmark,
};

/** @param ratio ours / peer: below 1 we are faster */
const sentenceOf = ({ name, ours, peer, peerName, unit }: Measurement, ratio: number): string =>
  `${name}: ${ours.toFixed(1)} against ${peer.toFixed(1)} ${unit} (${peerName}): ${ratio.toFixed(2)}`;

async function main(): Promise<number> {
  const { values, positionals: names } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      device: { type: 'string', default: 'cpu' },
      'peer-device': { type: 'string', default: 'cpu' },
    },
  });
  const devices = {
    ours: providerName.parse(values.device),
    peer: z.enum(['cpu', 'cuda']).parse(values['peer-device']),
  };
  const unknown = names.find((name) => !Object.hasOwn(BENCHMARKS, name));
  if (names.length === 0 || unknown !== undefined) {
    if (unknown !== undefined) console.error(`There is no benchmark "${unknown}".`);
    console.error('npm run bench -- NAME… [--json] [--device NAME] [--peer-device cuda], with NAME… of');
    for (const [name, { summary }] of Object.entries(BENCHMARKS)) console.error(`  ${name}: ${summary}`);
    return 2;
  }
  for (const name of names) {
    try {
      for await (const measurement of BENCHMARKS[name]!.measure(devices)) {
        const ratio = measurement.ours / measurement.peer;
        console.log(values.json ? JSON.stringify({ ...measurement, ratio }) : sentenceOf(measurement, ratio));
      }
    } catch (thrown) {
      if (!(thrown instanceof MissingPeer)) throw thrown;
      console.error(`${name}: ${thrown.message}`);
      return 1;
    }
  }
  return 0;
}

process.exitCode = await main();
