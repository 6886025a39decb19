import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/common/errors.js';
import { byteStream } from '../../src/files/byte-stream.node.js';
import { textLines } from '../../src/files/text-lines.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A file with these bytes. */
async function fileOf(name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

async function collect(path: string, onRead?: (bytes: Uint8Array) => void): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of byteStream(path, { onRead })) parts.push(part);
  return Buffer.concat(parts);
}

describe('byteStream', () => {
  // Not compressible, and more than one piece.
  const content = Buffer.from(Uint32Array.from({ length: 100_000 }, (_, i) => Math.imul(i, 2654435761)).buffer);

  it('gives what a file holds, plain or gzip, whatever its name', async () => {
    expect((await collect(await fileOf('plain.gz', content))).equals(content)).toBe(true);
    expect((await collect(await fileOf('packed', gzipSync(content)))).equals(content)).toBe(true);
    const twice = Buffer.concat([gzipSync('a'), gzipSync('b')]);
    expect(String(await collect(await fileOf('twice', twice)))).toBe('ab');
    expect((await collect(await fileOf('empty', ''))).length).toBe(0);
  });

  it('tells of every byte on the disk', async () => {
    const packed = gzipSync(content);
    let bytes = 0;
    await collect(await fileOf('counted', packed), (part) => {
      bytes += part.length;
    });
    expect(bytes).toBe(packed.length);
  });

  it('may be left before the end', async () => {
    for (const bytes of [content, gzipSync(content)]) {
      for await (const part of byteStream(await fileOf('left', bytes))) {
        expect(part.length).toBeGreaterThan(0);
        break;
      }
    }
  });

  it('refuses what is missing, a folder, and damaged gzip', async () => {
    const packed = gzipSync(content);
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 1000, 1100);
    await expect(collect(join(folder, 'none'))).rejects.toThrow(/none: no such file/);
    await expect(collect(folder)).rejects.toThrow(/it is a folder/);
    await expect(collect(await fileOf('short', packed.subarray(0, -20)))).rejects.toThrow('the gzip file is cut short');
    const broken = collect(await fileOf('broken', damaged));
    await expect(broken).rejects.toThrow(UserError);
    await expect(broken).rejects.toThrow('broken: damaged gzip file');
  });
});

describe('textLines', () => {
  async function linesOf(parts: readonly Uint8Array[], options = {}) {
    async function* chunks() {
      yield* parts;
    }
    const lines: string[] = [];
    for await (const { number, text } of textLines(chunks(), 'f.txt', options)) lines.push(`${number} ${text}`);
    return lines;
  }
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('gives the same lines wherever the pieces end', async () => {
    const whole = bytes('eins\r\nzwei – ü\n\nfünf');
    const lines = ['1 eins', '2 zwei – ü', '3 ', '4 fünf'];
    expect(await linesOf([whole])).toEqual(lines);
    expect(await linesOf(Array.from(whole, (byte) => Uint8Array.of(byte)))).toEqual(lines);
  });

  it('takes no line from what follows the last end', async () => {
    expect(await linesOf([bytes('a\nb\n')])).toEqual(['1 a', '2 b']);
    expect(await linesOf([])).toEqual([]);
  });

  it('refuses a line that would fill the memory', async () => {
    const parts = Array.from({ length: 10 }, () => bytes('abcdefghij'));
    await expect(linesOf([bytes('a\n'), ...parts], { longest: 50 })).rejects.toThrow(
      'f.txt:2: the line has more than 50 letters',
    );
    expect(await linesOf(parts, { longest: 100 })).toHaveLength(1);
  });
});
