import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** One case of the PyTorch peer, at the thread count that was best for it. */
export interface PeerCase {
  readonly train: number;
  readonly forward: number;
  readonly trainThreads: number;
  readonly forwardThreads: number;
}

export interface PeerResult {
  readonly version: string;
  /** By `BODIES×BATCH`. */
  readonly cases: ReadonlyMap<string, PeerCase>;
}

interface PeerLine {
  readonly peer: string;
  readonly bodies: number;
  readonly batch: number;
  readonly threads: number;
  readonly train_ms: number;
  readonly forward_ms: number;
}

/** Where the PyTorch script is looked for. */
const PEER = process.env.CLOFNET_PEER ?? fileURLToPath(new URL('../../shared/peers/clofnet_torch.py', import.meta.url));

/** Times the same network in PyTorch; a string says why that could not be done. */
export async function timePyTorch(threads: readonly number[]): Promise<PeerResult | string> {
  if (!existsSync(PEER)) return `no PyTorch script at ${PEER} (set CLOFNET_PEER)`;
  try {
    const { stdout } = await promisify(execFile)('/usr/bin/python3', [PEER, 'bench', '--threads', threads.join(',')]);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as PeerLine);
    return { version: lines[0].peer, cases: bestOf(lines) };
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    return `PyTorch could not be run: ${reason}`;
  }
}

function bestOf(lines: readonly PeerLine[]): Map<string, PeerCase> {
  const cases = new Map<string, PeerCase>();
  for (const { bodies, batch, threads, train_ms: train, forward_ms: forward } of lines) {
    const key = `${bodies}×${batch}`;
    const old = cases.get(key) ?? { train: Infinity, forward: Infinity, trainThreads: 0, forwardThreads: 0 };
    cases.set(key, {
      ...(train < old.train ? { train, trainThreads: threads } : { train: old.train, trainThreads: old.trainThreads }),
      ...(forward < old.forward
        ? { forward, forwardThreads: threads }
        : { forward: old.forward, forwardThreads: old.forwardThreads }),
    });
  }
  return cases;
}
