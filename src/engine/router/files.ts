import { imageChoicesOf } from '../../services/fits-files/image-choices.ts';
import { listFolder } from '../file-browser.ts';
import { fenceWithProject } from './allowed-paths.ts';
import { contract } from './contract.ts';

export const filesRouter = contract.files.router({
  list: contract.files.list.handler(async ({ context, input }) => {
    const fence = context.workbench.project === undefined ? context.fence : await fenceWithProject(context);
    return listFolder(fence, input.path);
  }),
  images: contract.files.images.handler(async ({ context, input }) =>
    imageChoicesOf(await context.fence.resolve(input.path)),
  ),
});
