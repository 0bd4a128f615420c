#!/usr/bin/env node
import { watchOutput } from './cli/output.ts';
import { version } from './cli/version.ts';

watchOutput();
const argv = process.argv.slice(2);
const asksVersion = argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V');
const exitCode = asksVersion ? say(`${version()}\n`) : await (await import('./cli/program.ts')).main(argv);
// Libraries leave timers behind that would hold the process for seconds; what was written is let out first.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
);
process.exit(exitCode);

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}
