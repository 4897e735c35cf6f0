import { contract } from './contract.ts';

export const deviceRouter = contract.device.router({
  report: contract.device.report.handler(({ context }) => context.devices.report()),
  choose: contract.device.choose.handler(async ({ context, input }) => {
    context.devices.checkPresent(input.choice);
    await context.deviceSetting.write(input.choice);
    context.devices.choice = input.choice;
    return context.devices.report();
  }),
});
