import { useQuery } from '@tanstack/react-query';
import { useEngine } from './engine-context.tsx';

/** Whether this window may ask other machines. It does not change while the window is there: a change loads it anew. */
export function useOnline(): boolean {
  const engine = useEngine();
  const { data } = useQuery({ queryKey: ['online'], queryFn: () => engine.online.state(), staleTime: Infinity });
  return data?.isOn === true;
}
