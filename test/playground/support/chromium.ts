import { existsSync } from 'node:fs';

/** Where Debian and others put Chromium; `CLOFNET_CHROMIUM` names another one. */
const places = [
  process.env.CLOFNET_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that pages are tested in; none on a machine that has none, where these tests are skipped. */
export const chromiumPath = places.find((path) => path !== undefined && existsSync(path));

if (chromiumPath === undefined && process.env.CLOFNET_NEEDS_CHROMIUM === '1')
  throw new Error('no Chromium is installed: apt-get install chromium');

/** No display, a software renderer for WebGL, and no talk with the browser's maker. */
export const chromiumArguments = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
