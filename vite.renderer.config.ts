import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The window's bundle. Served by the engine under a strict CSP: no inline script may appear, hence no module preload polyfill. */
export default defineConfig({
  root: folder('src/renderer'),
  plugins: [react()],
  build: {
    outDir: folder('out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    // Aladin Lite with its WebAssembly is 2.4 MB and is loaded lazily, once the frame is on screen.
    chunkSizeWarningLimit: 2600,
  },
});
