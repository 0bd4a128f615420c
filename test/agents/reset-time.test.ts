import { describe, expect, it } from 'vitest';
import { codexFailure, saidFailure } from '../../src/agents/failures.ts';

const NOW = new Date(2026, 10, 20, 14, 0, 0);
const MINUTE = 60_000;

/** Local time of the test's day, as UTC. */
const utc = (...parts: [number, number, number, number, number]) =>
  new Date(...parts).toISOString().replace('.000Z', 'Z');

describe('a usage limit of codex', () => {
  it.each([
    [
      'You’ve hit your usage limit. Upgrade to Pro (https://chatgpt.com/explore/pro) or try again at 3:44 PM.',
      utc(2026, 10, 20, 15, 45),
    ],
    [
      'You’ve hit your usage limit. To get more access now, send a request to your admin or try again at Nov 23rd, 2026 7:14 PM.',
      utc(2026, 10, 23, 19, 15),
    ],
    ['You’ve hit your usage limit. Try again at Dec 1st, 2026 12:00 AM.', utc(2026, 11, 1, 0, 1)],
  ])('is over a minute after the local time it names: %s', (text, resets_at) => {
    const failure = codexFailure(text, NOW);

    const resets_in_ms = Date.parse(resets_at) - NOW.getTime();
    expect(failure).toEqual({ kind: 'usage-limit', message: text, resets_at, resets_in_ms });
  });

  it('is never over already, so that waiting for it takes time', () => {
    expect(codexFailure('You’ve hit your usage limit. Try again at 1:59 PM.', NOW)).toMatchObject({
      resets_in_ms: MINUTE,
    });
    expect(codexFailure(`You've hit your usage limit. Try again at 12:05 PM.`, NOW)).toMatchObject({
      resets_in_ms: MINUTE,
    });
  });

  it('has no end where none is named', () => {
    const text = 'You’ve hit your usage limit. Try again later.';

    expect(codexFailure(text, NOW)).toEqual({
      kind: 'usage-limit',
      message: text,
      resets_at: null,
      resets_in_ms: null,
    });
  });
});

describe('an answer that begins with CODEX_ERROR:', () => {
  it('is a failure of whatever kind its words name', () => {
    expect(saidFailure('\nCODEX_ERROR: Quota exceeded.', NOW)).toMatchObject({
      kind: 'quota',
      message: 'Quota exceeded.',
    });
    expect(saidFailure('CODEX_ERROR: timed out', NOW)).toMatchObject({
      kind: 'crashed',
      message: 'timed out.',
    });
    expect(saidFailure('CODEX_ERROR:', NOW)).toMatchObject({
      kind: 'crashed',
      message: 'It gave no reason.',
    });
  });

  it('is nothing else than that', () => {
    expect(saidFailure('The plan prints CODEX_ERROR: on failure.', NOW)).toBeUndefined();
  });
});
