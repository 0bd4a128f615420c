import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { redacting } from '../../src/cli/world.ts';
import { redactor } from '../../src/lib/redact.ts';

it('a stream lets no secret out, also where somebody has put a function in the place of its own', () => {
  const under = new PassThrough({ encoding: 'utf8' });
  // A terminal is more than what is written to here.
  const stream = redacting(under as unknown as NodeJS.WriteStream, redactor({ API_TOKEN: 'hush-1234' }));

  stream.write('first hush-1234\n');
  const before = stream.write.bind(stream);
  stream.write = (text) => before(`hooked ${String(text)}`);
  stream.write('second hush-1234\n');
  stream.write = before;
  stream.write(Buffer.from('bytes\n'));

  expect(under.read()).toBe('first [redacted]\nhooked second [redacted]\nbytes\n');
});
