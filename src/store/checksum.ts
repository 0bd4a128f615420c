import { crc32 } from 'node:zlib';

const SUM_LENGTH = ',"sum":"00000000"}'.length;
const SUM = /,"sum":"([0-9a-f]{8})"\}$/;

/** A line with the CRC-32 of all the journal before it and of itself so far, and the CRC-32 of all of that. */
export function summed(json: string, before: number): { readonly line: Buffer; readonly sum: number } {
  const body = json.slice(0, -1);
  const own = crc32(body, before).toString(16).padStart(8, '0');
  const line = Buffer.from(`${body},"sum":"${own}"}\n`);
  return { line, sum: crc32(line, before) };
}

/** The checksum of all up to the end of a line, and whether the line has it; `false` where it has another one. */
export function sumAfter(
  line: Buffer,
  before: number,
): { readonly sum: number; readonly isSummed: boolean } | false {
  const body = Math.max(0, line.length - 1 - SUM_LENGTH);
  const sum = crc32(line.subarray(0, body), before);
  const own = SUM.exec(line.toString('latin1', body, line.length - 1))?.[1];
  if (own !== undefined && Number.parseInt(own, 16) !== sum) return false;
  return { sum: crc32(line.subarray(body), sum), isSummed: own !== undefined }; // older versions wrote none
}
