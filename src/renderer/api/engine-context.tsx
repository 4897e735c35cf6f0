import { createContext, useContext } from 'react';
import type { EngineClient } from './connection.ts';

const EngineContext = createContext<EngineClient | undefined>(undefined);

export const EngineProvider = EngineContext.Provider;

/** The typed calls of the engine. Throws outside the provider: that is a mistake in the program. */
export function useEngine(): EngineClient {
  const client = useContext(EngineContext);
  if (client === undefined) throw new Error('useEngine needs an EngineProvider above it.');
  return client;
}
