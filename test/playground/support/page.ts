import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, describe, expect } from 'vitest';
import { chromiumArguments, chromiumPath } from './chromium.js';
import { type FileServer, servePage } from './server.js';

export interface PageOptions {
  /** In pixels; default 1280, a desktop. A phone has 390. */
  readonly width?: number;
  /** Default 800. */
  readonly height?: number;
  /** Whether the page is isolated from other origins, which gives it threads. Default true. */
  readonly isolated?: boolean;
  /** `#molecules?smiles=CCO` */
  readonly hash?: string;
  readonly dark?: boolean;
  /** The folder that is served; default that of the built page. */
  readonly folder?: string;
  /** Further arguments of the browser's, such as for WebGPU. */
  readonly browser?: readonly string[];
}

/** A page in a browser of its own. */
export interface OpenPage {
  readonly page: Page;
  readonly server: FileServer;
  /** Closes it. @throws where there was an error on the console, a request that failed, or one to another host */
  close(): Promise<void>;
}

/** Tests that need a browser: skipped where none is installed. */
export const describeInBrowser = describe.skipIf(chromiumPath === undefined);

const browsers = new Map<string, Promise<Browser>>();

function browserWith(extra: readonly string[]): Promise<Browser> {
  const key = extra.join(' ');
  const known = browsers.get(key);
  if (known) return known;
  const launched = chromium.launch({ executablePath: chromiumPath, args: [...chromiumArguments, ...extra] });
  browsers.set(key, launched);
  return launched;
}

afterAll(async () => {
  for (const browser of browsers.values()) await (await browser).close();
  browsers.clear();
});

/** Whatever must not happen on a page. */
function listen(context: BrowserContext, address: string): string[] {
  const wrong: string[] = [];
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) wrong.push(`console ${message.type()}: ${message.text()}`);
  });
  context.on('weberror', (error) => wrong.push(`error: ${error.error().message}`));
  context.on('requestfailed', (request) => wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  context.on('response', (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`);
  });
  context.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith('data:') && !url.startsWith('blob:'))
      wrong.push(`asked for ${url}`);
  });
  return wrong;
}

/** Opens the built page as a static host in a sub-folder serves it. */
export async function openPage(options: PageOptions = {}): Promise<OpenPage> {
  const { width = 1280, height = 800, isolated = true, hash = '', dark = false } = options;
  const server = await servePage(isolated, options.folder);
  const context = await (await browserWith(options.browser ?? [])).newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: width < 600,
    acceptDownloads: true,
  });
  const wrong = listen(context, server.address);
  const page = await context.newPage();
  await page.goto(server.address + hash);
  return {
    page,
    server,
    close: async () => {
      await context.close();
      await server.close();
      expect(wrong).toEqual([]);
    },
  };
}

/** How wide the page is with what one would have to scroll to. */
export const widthOf = (page: Page): Promise<number> => page.evaluate('document.documentElement.scrollWidth');
