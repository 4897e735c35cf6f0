import type { ProjectSummary } from '../../../contract/schemas.ts';

/** The model of the run on screen, as captions name it. */
export const modelWords = ({ run }: ProjectSummary): string =>
  `${run?.isTrained === false ? 'UNTRAINED ' : ''}model ${run?.modelId ?? 'unknown'}`;
