import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** A plain file server. */
export interface FileServer {
  /** The page's address, a slash at its end. */
  readonly address: string;
  /** The bytes that it has sent. */
  sent(): number;
  close(): Promise<void>;
}

/**
 * Serves the built page from a sub-folder, as any static host might.
 * @param isolated whether with the headers that give a page threads
 */
export async function servePage(
  isolated: boolean,
  folder = fileURLToPath(new URL('../../../dist-playground', import.meta.url)),
): Promise<FileServer> {
  const base = '/some/where/';
  let sent = 0;
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const name = path === base ? 'index.html' : normalize(path.slice(base.length));
    readFile(join(folder, name)).then(
      (content) => {
        sent += content.byteLength;
        response.writeHead(200, {
          'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
          ...(isolated ? ISOLATION : {}),
        });
        response.end(content);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}${base}`,
    sent: () => sent,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  };
}
