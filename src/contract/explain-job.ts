import type { Recipe } from '../core/network/recipe.ts';
import type { Explanation, SimilarSources, WhatIfAnswer, WhatIfChange } from './explanation-schemas.ts';
import type { FieldFiles } from './field-files.ts';
import type { RotationRequest, RotationSpreads } from './rotation.ts';

/** A question about one source, or about several. The worker keeps field and model open for the next one. */
export interface ExplainJob {
  readonly kind: 'explain';
  readonly jobId: number;
  readonly files: FieldFiles;
  readonly modelFolder: string;
  /** Of the run whose numbers are asked about. */
  readonly recipe: Recipe;
  readonly question: ExplainQuestion;
}

export type ExplainQuestion =
  | { readonly kind: 'why'; readonly row: number }
  | { readonly kind: 'what-if'; readonly row: number; readonly change: WhatIfChange }
  | { readonly kind: 'similar'; readonly row: number; readonly count: number }
  | { readonly kind: 'rotation'; readonly request: RotationRequest };

export type ExplainAnswer =
  | { readonly kind: 'why'; readonly explanation: Explanation }
  | { readonly kind: 'what-if'; readonly answer: WhatIfAnswer }
  | { readonly kind: 'similar'; readonly similar: SimilarSources }
  | { readonly kind: 'rotation'; readonly spreads: RotationSpreads };
