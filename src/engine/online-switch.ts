import { ONLINE_ORIGINS } from '../contract/online.ts';

/** Whether windows of this engine may ask other machines. It is not remembered: off at every start. */
export interface OnlineSwitch {
  readonly isOn: boolean;
  /** Of the page's policy. */
  readonly origins: readonly string[];
  set(isOn: boolean): void;
}

/** @param onChange told after it was switched */
export function createOnlineSwitch(onChange: (isOn: boolean) => void): OnlineSwitch {
  let isOn = false;
  return {
    get isOn() {
      return isOn;
    },
    get origins() {
      return isOn ? ONLINE_ORIGINS.map(({ origin }) => origin) : [];
    },
    set(next) {
      if (next === isOn) return;
      isOn = next;
      onChange(isOn);
    },
  };
}
