// node --import ./scripts/typescript.js FILE.ts: runs TypeScript in the checkout. Unlike --import tsx, which on
// Node 20 leaves worker threads out, this one is inherited by them.
import { register } from 'tsx/esm/api';

register();
