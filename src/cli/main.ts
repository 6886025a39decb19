#!/usr/bin/env node
import { commandList } from './commands.js';
import { runCommandLine } from './run.js';
import { processStreams } from './streams.js';

process.exitCode = await runCommandLine(process.argv.slice(2), commandList, processStreams());
