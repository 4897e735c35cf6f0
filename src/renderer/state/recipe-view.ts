import { create } from 'zustand';
import { useView } from './view.ts';

/** A recipe by where it is: of the run on screen, of an installed model, or a preset of the program. */
export type RecipeChoice =
  | { readonly kind: 'run' }
  | { readonly kind: 'model'; readonly modelId: string }
  | { readonly kind: 'preset'; readonly name: string };

interface RecipeViewState {
  /** The recipe that the dialog shows first; the one in use where undefined. */
  readonly choice: RecipeChoice | undefined;
  /** Opens the dialog on that recipe. */
  readonly show: (choice?: RecipeChoice) => void;
}

export const useRecipeView = create<RecipeViewState>()((set) => ({
  choice: undefined,
  show: (choice) => {
    set({ choice });
    useView.getState().set({ dialog: 'recipe' });
  },
}));
