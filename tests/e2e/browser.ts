import { existsSync } from 'node:fs';
import { env } from 'node:process';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser that the tests drive, or undefined where there is none. */
export const chromiumPath: string | undefined = [env['LOBATE_CHROMIUM'], ...CANDIDATES].find(
  (path) => path !== undefined && existsSync(path),
);

/** Software WebGL, no sandbox (containers), and nothing that talks to the outside on its own. */
const LAUNCH_ARGUMENTS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  // Without a graphics chip the page is painted by the CPU, as Chromium does by itself where it is not told to use WebGL.
  '--disable-gpu-rasterization',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('no Chromium');
  return chromium.launch({ executablePath: chromiumPath, args: LAUNCH_ARGUMENTS, headless: true });
}
