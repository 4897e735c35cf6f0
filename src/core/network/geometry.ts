import type { CutoutGeometry } from '../cutout/cutout-recipe.ts';
import type { Recipe } from './recipe.ts';

/** The recipe with its cutouts made by another geometry; the recipe itself where none is asked for. */
export function withGeometry(recipe: Recipe, geometry: CutoutGeometry | undefined): Recipe {
  if (geometry === undefined || geometry === recipe.cutout.geometry) return recipe;
  return { ...recipe, cutout: { ...recipe.cutout, geometry } };
}
