import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { env, platform } from 'node:process';
import { promisify } from 'node:util';
import type { ProviderName } from '../../contract/device-schemas.ts';

/** The system's own tools answer in a second or two; a machine where they hang shall not hold up the test. */
const LIMIT_MS = 10_000;

/** PCI vendors of graphics adapters, as `/sys/class/drm` gives them. */
const VENDORS: Readonly<Record<string, string>> = {
  '0x10de': 'NVIDIA',
  '0x1002': 'AMD',
  '0x8086': 'Intel',
  '0x106b': 'Apple',
  '0x1af4': 'virtio',
};

/**
 * Graphics adapters of this machine with their drivers, as the system names them: onnxruntime does not tell which one it
 * took. For the CPU its own name.
 */
export async function adapterText(provider: ProviderName): Promise<string> {
  if (provider === 'cpu') return cpus()[0]?.model.trim() ?? 'a processor that the system does not name';
  const found = await adaptersOf(platform).catch(() => []);
  return found.length === 0 ? 'an adapter that the system does not name' : found.join('; ');
}

async function adaptersOf(system: NodeJS.Platform): Promise<readonly string[]> {
  switch (system) {
    case 'linux': {
      // A driver that is named by hand is the only one that Vulkan then sees.
      const named = env['VK_DRIVER_FILES'] ?? env['VK_ICD_FILENAMES'];
      return named === undefined ? linuxAdapters('/sys/class/drm') : Promise.all(named.split(':').map(vulkanDriver));
    }
    case 'darwin':
      return macAdapters(await output('system_profiler', ['SPDisplaysDataType', '-json']));
    case 'win32': {
      const query =
        'Get-CimInstance Win32_VideoController | Select-Object Name, DriverVersion | ConvertTo-Json -Compress';
      return windowsAdapters(await output('powershell', ['-NoProfile', '-Command', query]));
    }
    default:
      return [];
  }
}

async function output(command: string, parameters: readonly string[]): Promise<string> {
  return (await promisify(execFile)(command, parameters, { timeout: LIMIT_MS, windowsHide: true })).stdout;
}

/** The library that a Vulkan driver's JSON file names. */
export async function vulkanDriver(path: string): Promise<string> {
  const { ICD } = JSON.parse(await readFile(path, 'utf8')) as { readonly ICD?: { readonly library_path?: string } };
  return `Vulkan driver ${basename(ICD?.library_path ?? path)}`;
}

/** One text per graphics card under `folder`: vendor, PCI device and kernel driver. */
export async function linuxAdapters(folder: string): Promise<readonly string[]> {
  const cards = (await readdir(folder)).filter((name) => /^card\d+$/.test(name)).sort();
  const texts = cards.map(async (card) => {
    const read = (name: string): Promise<string> =>
      readFile(join(folder, card, 'device', name), 'utf8').then(
        (text) => text.trim(),
        () => '',
      );
    const [vendor, device, uevent] = await Promise.all([read('vendor'), read('device'), read('uevent')]);
    const driver = /^DRIVER=(.+)$/m.exec(uevent)?.[1] ?? 'unknown';
    return `${VENDORS[vendor] ?? vendor} ${device}, driver ${driver}`.trim();
  });
  return Promise.all(texts);
}

/** From `system_profiler SPDisplaysDataType -json`. The driver is part of macOS. */
export function macAdapters(json: string): readonly string[] {
  const { SPDisplaysDataType: found = [] } = JSON.parse(json) as {
    readonly SPDisplaysDataType?: readonly { readonly sppci_model?: string; readonly _name?: string }[];
  };
  return found.flatMap(({ sppci_model, _name }) => sppci_model ?? _name ?? []);
}

/** From PowerShell, which gives one controller bare and several as a list. */
export function windowsAdapters(json: string): readonly string[] {
  interface Controller {
    readonly Name?: string;
    readonly DriverVersion?: string;
  }
  const found = JSON.parse(json) as Controller | readonly Controller[];
  return [found]
    .flat()
    .flatMap(({ Name, DriverVersion }: Controller) =>
      Name === undefined ? [] : `${Name}, driver ${DriverVersion ?? 'unknown'}`,
    );
}
