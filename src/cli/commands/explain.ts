import type { Command } from 'commander';
import type { Explanation, SimilarSources } from '../../contract/explanation-schemas.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { explainSource } from '../../services/explanation/explain-source.ts';
import { openExplainedField } from '../../services/explanation/explained-field.ts';
import { hiddenValuesOf, similarTo } from '../../services/explanation/similar-sources.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { wholeNumber } from '../arguments.ts';
import type { FieldArguments } from '../field-options.ts';
import { addFieldOptions, fieldFilesOf } from '../field-options.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';

interface ExplainArguments extends FieldArguments {
  readonly model?: string;
  readonly source: string;
  readonly similar: number;
  readonly json: boolean;
}

/** Features listed before one asks for all with --json. */
const FIRST_LISTED = 8;

export function registerExplain(program: Command, io: CommandIo): void {
  const command = program
    .command('explain')
    .description('why a model gives a source its P(MC): parts and patches covered, features, orientations');
  addFieldOptions(command)
    .option('--model <id>', 'a model of `lobate models`, or its folder')
    .requiredOption('--source <name>', 'Source_Name, or the row as #12, counted from 0')
    .option(
      '--similar <n>',
      'also the n sources nearest in the last hidden layer; the whole field is scored',
      wholeNumber,
      0,
    )
    .option('--json', 'print every number as JSON', false)
    .action(async (options: ExplainArguments) => explain(options, io));
}

async function explain(options: ExplainArguments, io: CommandIo): Promise<void> {
  const model = await loadModel(options.model, modelFolders());
  const explained = await openExplainedField(await fieldFilesOf(options), model.folder);
  try {
    const { name } = explained.field.catalogue;
    const row = rowOf(options.source, name);
    const why = await explainSource(explained, row);
    const similar =
      options.similar === 0 ? undefined : similarTo(await hiddenValuesOf(explained), name, row, options.similar);
    if (options.json) io.json({ name: name[row], ...why, ...(similar === undefined ? {} : { similar }) });
    else for (const line of linesOf(name[row]!, why, similar, model.description.isTrained)) io.out(line);
  } finally {
    await explained.close();
  }
}

/** @throws DomainFailure `argument-invalid` where no row is called so */
function rowOf(source: string, names: readonly string[]): number {
  const row = /^#\d+$/.test(source) ? Number(source.slice(1)) : names.indexOf(source);
  if (row >= 0 && row < names.length) return row;
  const why = `the catalogue has no source "${source}"; give a Source_Name, or a row from #0 to #${names.length - 1}`;
  throw new DomainFailure({ kind: 'argument-invalid', name: '--source', why });
}

function* linesOf(
  name: string,
  { probability, parts, occlusion, features, permutations, orientations, modelId, seconds }: Explanation,
  similar: SimilarSources | undefined,
  isTrained: boolean,
): Generator<string> {
  yield `${name}: P(MC) ${probability.toFixed(3)} by ${modelId}${isTrained ? '' : ' (UNTRAINED)'}; ${seconds.toFixed(1)} s`;
  for (const { name: part, probability: covered, how } of parts) {
    yield `  ${part.padEnd(14)} ${covered === null ? 'this network has no such part' : `${covered.toFixed(3)}  ${how}`}`;
  }
  if (orientations !== null) {
    yield `  8 exact flips and turns: ${rangeOf(orientations.exact)}`;
    yield `  ${orientations.random.length} random orientations: ${rangeOf(orientations.random)}`;
  }
  if (occlusion !== null) {
    const { patchPix, values } = occlusion;
    yield `  a patch of ${patchPix} × ${patchPix} px set to 0 takes ${signed(Math.min(...values))} to ${signed(Math.max(...values))} off`;
  }
  const strongest = [...features].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)).slice(0, FIRST_LISTED);
  if (strongest.length > 0) yield `  effect of a feature, against its value in ${permutations} other sources:`;
  for (const { name: feature, effect } of strongest) yield `    ${feature.padEnd(20)} ${signed(effect)}`;
  if (similar !== undefined) yield `  nearest in the last hidden layer, of ${similar.compared}:`;
  for (const { name: other, distance, probability: theirs } of similar?.sources ?? []) {
    yield `    ${other}  P(MC) ${theirs.toFixed(3)}, ${distance.toFixed(2)} away`;
  }
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

const rangeOf = (values: readonly number[]): string =>
  `${Math.min(...values).toFixed(3)} to ${Math.max(...values).toFixed(3)}`;
