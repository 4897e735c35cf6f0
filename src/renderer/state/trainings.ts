import { useQuery } from '@tanstack/react-query';
import { useEngine } from '../api/engine-context.tsx';

/** Under this key the window keeps the trainings of the project; the engine's events keep it in step. */
export const TRAININGS_QUERY = ['trainings'] as const;

/** The project's trainings. @param isWanted false where there is no project, or nothing to show them in */
export function useTrainings(isWanted = true) {
  const engine = useEngine();
  return useQuery({ queryKey: TRAININGS_QUERY, queryFn: () => engine.training.list(), enabled: isWanted });
}
