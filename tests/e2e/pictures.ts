import { resolve } from 'node:path';
import { env } from 'node:process';

/** Screenshots are for people to look at; LOBATE_SCREENSHOTS names another folder for them. */
export const pictureFolder = env['LOBATE_SCREENSHOTS'] ?? resolve(import.meta.dirname, '../../out/screenshots');
