/** Inputs and outputs that a training graph has beside those of an inference graph. */
export const TARGETS_INPUT = 'targets';
export const LOSS_OUTPUT = 'loss';

/** Name of the output that holds the gradient of the loss by a parameter. */
export const gradientOutput = (parameter: string): string => `gradient.${parameter}`;

/** Name of the output that holds what the batch says of a running average. */
export const batchStatistic = (runningAverage: string): string => `batch.${runningAverage}`;

const ONES_PREFIX = 'ones.';
/** Name of the input of ones over which a device's graph draws the dropout of that seed. */
export const onesInput = (seed: number): string => `${ONES_PREFIX}${seed}`;
export const isOnesInput = (name: string): boolean => name.startsWith(ONES_PREFIX);
