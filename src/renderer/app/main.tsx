import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './theme.css';
import './frame.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connectToEngine } from '../api/connection.ts';
import { EngineProvider } from '../api/engine-context.tsx';
import { keepSession } from '../api/keep-session.ts';
import { keepInStep } from '../api/sync.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { machineSettings } from '../state/machine-settings.ts';
import { keepRestingThreshold } from '../state/resting-threshold.ts';
import { App } from './App.tsx';
import { colourSchemeManager } from './colour-scheme.ts';
import { theme } from './theme.ts';

// The engine is on this machine and says itself when something changed: nothing is refetched on a whim.
const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
const connection = connectToEngine(window.location.host);
keepInStep(connection, queries);
keepSession(connection.client);
keepRestingThreshold();
void machineSettings.connect({
  load: () => connection.client.session.settings(),
  keep: (name, text) => connection.client.session.keepSetting({ name, text }),
});

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html holds no #root.');
const schemes = colourSchemeManager();
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="dark" colorSchemeManager={schemes}>
      <QueryClientProvider client={queries}>
        <EngineProvider value={connection.client}>
          <Notifications position="bottom-right" limit={4} />
          <ErrorBoundary what="The window met a fault">
            <App />
          </ErrorBoundary>
        </EngineProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
