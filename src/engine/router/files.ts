import { imageChoicesOf } from '../../services/fits-files/image-choices.ts';
import { listFolder } from '../files/file-browser.ts';
import { windowFence } from './allowed-paths.ts';
import { contract } from './contract.ts';

export const filesRouter = contract.files.router({
  list: contract.files.list.handler(async ({ context, input }) => listFolder(await windowFence(context), input.path)),
  images: contract.files.images.handler(async ({ context, input }) =>
    imageChoicesOf(await context.fence.resolve(input.path)),
  ),
});
