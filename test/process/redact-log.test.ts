import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { redactor } from '../../src/lib/redact.ts';
import { redactLog } from '../../src/process/redact-log.ts';
import { freshDir } from './programs.ts';

const redact = redactor({ DEPLOY_TOKEN: 'hush-hush' });

it('takes the secrets out of a log, also where pieces of the file meet, and keeps it private', async () => {
  const path = join(freshDir(), 'agent.log');
  const line = `${'x'.repeat(65_530)}hush-hush ${'é'.repeat(100)}\n`;
  writeFileSync(path, line.repeat(5), { mode: 0o600 });

  await redactLog(path, redact);

  expect(readFileSync(path, 'utf8')).toBe(line.replace('hush-hush', '[redacted]').repeat(5));
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

it('takes the secrets out of a line of many megabytes, and out of what follows it', async () => {
  const path = join(freshDir(), 'agent.log');
  const log = `${'x'.repeat(3_000_000)} hush-hush ${'y'.repeat(3_000_000)}\nhush-hush\nz hush-hush`;
  writeFileSync(path, log);

  await redactLog(path, redact);

  expect(readFileSync(path, 'utf8')).toBe(log.replaceAll('hush-hush', '[redacted]'));
});

it('leaves a log without secrets byte for byte as it is', async () => {
  const path = join(freshDir(), 'agent.log');
  const bytes = Buffer.from('a\r\n\xff\xfe no line end', 'latin1');
  writeFileSync(path, bytes);
  const { ino } = statSync(path);

  await redactLog(path, redact);

  expect([readFileSync(path), statSync(path).ino]).toEqual([bytes, ino]);
});
