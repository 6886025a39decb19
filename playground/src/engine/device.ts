import { openWebRuntime, type WebDevice, type WebRuntime } from 'clofnet/web';

/** What the page shows of the device that computes. */
export interface DeviceStatus {
  readonly device: WebDevice;
  readonly threads: number;
  /** The version of ONNX Runtime. */
  readonly version: string;
}

/** The most threads that ONNX Runtime gets: graphs this small gain nothing from more. */
const MOST_THREADS = 4;

const open = new Map<WebDevice, Promise<WebRuntime>>();

/** Opens a device once. @throws UserError if it does not work here */
export function runtimeOf(device: WebDevice, files: string): Promise<WebRuntime> {
  const known = open.get(device);
  if (known) return known;
  const threads = Math.min(MOST_THREADS, navigator.hardwareConcurrency);
  const opening = openWebRuntime({ device, files, threads });
  open.set(device, opening);
  opening.catch(() => open.delete(device));
  return opening;
}
