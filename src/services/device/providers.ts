import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { arch, platform } from 'node:process';
import { listSupportedBackends } from 'onnxruntime-node';
import type { ProviderName } from '../../contract/device-schemas.ts';

/** In the order in which `auto` tries them: a vendor's own before the portable one, the CPU last. */
const BY_PREFERENCE: readonly ProviderName[] = ['cuda', 'coreml', 'dml', 'webgpu', 'cpu'];

/**
 * Providers that this machine's onnxruntime could load, best first, the CPU last. That a provider is present does not
 * say that there is a device for it, nor that its numbers are right: see `device-test.ts`.
 */
export function presentProviders(): readonly ProviderName[] {
  const known = new Map(listSupportedBackends().map(({ name, bundled }) => [name, bundled]));
  return BY_PREFERENCE.filter((provider) => {
    const isBundled = known.get(provider);
    return isBundled === true || (isBundled === false && hasLibraryOf(provider));
  });
}

/** What the package does not bring (CUDA) is installed beside its own library. */
function hasLibraryOf(provider: ProviderName): boolean {
  const dist = dirname(createRequire(import.meta.url).resolve('onnxruntime-node'));
  const name =
    platform === 'win32' ? `onnxruntime_providers_${provider}.dll` : `libonnxruntime_providers_${provider}.so`;
  return existsSync(join(dist, '..', 'bin', 'napi-v6', platform, arch, name));
}
