import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import type { Redact } from '../lib/redact.ts';

/** The longest piece that is looked at as one; a line that is longer is looked at in pieces. */
const LONGEST = 4 * 1024 * 1024;

/** Takes the secrets out of a log, line by line, once nobody writes to it any more. Where there are none, it stays as it is. */
export async function redactLog(path: string, redact: Redact): Promise<void> {
  if (!(await holdsSecrets(path, redact))) return;
  const draft = `${path}.redacted`;
  await rm(draft, { force: true });
  const file = await open(draft, 'wx', 0o600);
  try {
    await eachLine(path, (line) => write(file, redact(line)));
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

async function holdsSecrets(path: string, redact: Redact): Promise<boolean> {
  let found = false;
  await eachLine(path, (line) => {
    found ||= redact(line) !== line;
  });
  return found;
}

async function write(file: FileHandle, text: string): Promise<void> {
  await file.writeFile(text);
}

/** Lines with their ends, as many at a time as came with a piece of the file. */
async function eachLine(path: string, take: (lines: string) => void | Promise<void>): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let kept: string[] = [];
  let length = 0;
  for await (const chunk of createReadStream(path)) {
    const text = decoder.write(chunk as Buffer); // no encoding was set
    length += text.length;
    const end = length > LONGEST ? text.length : text.lastIndexOf('\n') + 1;
    if (end > 0) {
      await take([...kept, text.slice(0, end)].join(''));
      kept = [];
      length = text.length - end;
    }
    kept.push(text.slice(end));
  }
  const rest = kept.join('') + decoder.end();
  if (rest !== '') await take(rest);
}
