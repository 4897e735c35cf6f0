import { count } from '../../components/format.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';

/** The model of the run on screen, as captions name it. */
export const modelWords = ({ run }: ProjectSummary): string =>
  `${run?.isTrained === false ? 'UNTRAINED ' : ''}model ${run?.modelId ?? 'unknown'}`;

/** What must not be lost where rows are judged that a model learned from; empty where there are none. */
export const trainedOnWarning = (learnedFrom: number): string =>
  learnedFrom > 0
    ? `Includes ${count(learnedFrom)} sources that a model was trained on: these numbers flatter it.`
    : '';
