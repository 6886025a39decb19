import { describe, expect, it } from 'vitest';
import { oneAtATime } from '../../src/runtime/one-at-a-time.js';
import type { Executable, Runtime } from '../../src/runtime/runtime.js';
import { compile, input, neg } from '../../src/tensor/index.js';

const program = compile({ y: neg(input('x', ['n'])) });
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A runtime that notes what it does, and whether it was asked for something while it did something else. */
function fragile() {
  const log: string[] = [];
  let isBusy = false;
  const alone = async <Result>(what: string, result: () => Result): Promise<Result> => {
    if (isBusy) log.push(`${what} came too early`);
    isBusy = true;
    await tick();
    isBusy = false;
    log.push(what);
    return result();
  };
  const executable = (name: string): Executable => ({
    run: ({ x }) =>
      alone(`run ${name} ${x[0]}`, () => {
        if (Number(x[0]) < 0) throw new Error(`${name} fails`);
        return { y: Float32Array.of(-Number(x[0])) };
      }),
    close: () => alone(`close ${name}`, () => undefined),
  });
  let opened = 0;
  const runtime: Runtime = {
    device: 'webgpu',
    version: '0',
    open: () => alone('open', () => executable(String(++opened))),
  };
  return { runtime, log };
}

describe('a runtime that does one thing at a time', () => {
  it('opens, runs and closes programs in the order of asking', async () => {
    const { runtime, log } = fragile();
    const guarded = oneAtATime(runtime);
    expect(guarded).toMatchObject({ device: 'webgpu', version: '0' });
    const [first, second] = await Promise.all([guarded.open(program), guarded.open(program)]);
    const feeds = (x: number) => ({ x: Float32Array.of(x) });
    const [a, b] = await Promise.all([
      first.run(feeds(1), { n: 1 }),
      second.run(feeds(2), { n: 1 }),
      first.close(),
      second.run(feeds(3), { n: 1 }),
    ]);
    expect([a.y[0], b.y[0]]).toEqual([-1, -2]);
    expect(log).toEqual(['open', 'open', 'run 1 1', 'run 2 2', 'close 1', 'run 2 3']);
  });

  it('goes on after a failure, which goes to who asked', async () => {
    const { runtime, log } = fragile();
    const executable = await oneAtATime(runtime).open(program);
    const failing = executable.run({ x: Float32Array.of(-1) }, { n: 1 });
    const next = executable.run({ x: Float32Array.of(5) }, { n: 1 });
    await expect(failing).rejects.toThrow('1 fails');
    expect((await next).y[0]).toBe(-5);
    expect(log).toEqual(['open', 'run 1 -1', 'run 1 5']);
  });
});
