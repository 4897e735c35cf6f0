/** Under this key the window keeps what the engine says of devices: they are tested during a run's start. */
export const DEVICE_QUERY = ['device'] as const;
