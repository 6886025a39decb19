import type { Executable, Feeds, Runtime } from './runtime.js';

/** Does jobs one after the other, in the order in which they came. */
function turnstile(): <Result>(job: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const next = last.then(job);
    // What goes wrong in one job is told to who asked for it, and does not stop the others.
    last = next.catch(() => undefined);
    return next;
  };
}

/**
 * A runtime of which all programs together do one thing at a time: the build of ONNX Runtime for WebGPU breaks where a
 * call comes while another waits for the device. A program's inputs are read when its turn has come.
 */
export function oneAtATime(runtime: Runtime): Runtime {
  const inTurn = turnstile();
  const guarded = (executable: Executable): Executable => ({
    run: (feeds, sizes, into?: Feeds) => inTurn(() => executable.run(feeds, sizes, into)),
    close: () => inTurn(() => executable.close()),
  });
  return {
    ...runtime,
    open: (program, options) => inTurn(async () => guarded(await runtime.open(program, options))),
  };
}
