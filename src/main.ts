#!/usr/bin/env node
import { main } from './cli/program.ts';

const exitCode = await main(process.argv.slice(2));
// Libraries leave timers behind that would hold the process for seconds; what was written is let out first.
await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))));
process.exit(exitCode);
