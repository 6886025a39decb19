import type { WebDevice } from 'clofnet/web';
import type { EngineClient } from '../engine/client.js';
import { choice, element, messageOf } from './dom.js';

const NAMES: Readonly<Record<WebDevice, string>> = { wasm: 'WebAssembly', webgpu: 'WebGPU' };

/** Shows what computes, and changes it. */
export function deviceMenu(engine: EngineClient, onChange: () => void): HTMLElement {
  const status = element('span', { class: 'status', role: 'status' }, ['loading the engine …']);
  let current: WebDevice = 'wasm';
  const use = async (device: WebDevice): Promise<void> => {
    status.textContent = `loading ${NAMES[device]} …`;
    try {
      const { threads, version } = await engine.useDevice(device);
      current = device;
      status.textContent = `${threads} ${threads === 1 ? 'thread' : 'threads'} · ONNX Runtime ${version}`;
      onChange();
    } catch (error) {
      status.textContent = messageOf(error);
      menu.value = current;
    }
  };
  const menu = choice(NAMES, 'wasm', (device) => void use(device), { 'aria-label': 'Device' });
  void use('wasm');
  return element('div', {}, [menu, status]);
}
