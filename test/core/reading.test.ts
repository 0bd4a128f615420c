import {
  assert,
  constantFrom,
  integer,
  property,
  record,
  string,
  array,
  anything,
  oneof,
  constant,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayApprove } from '../../src/core/rungs.ts';
import { readReview } from '../../src/core/reading.ts';
import { APPROVAL, fenced, FINDING, REVIEW } from './answers.ts';

const NOT_ASKED_FOR = { problem: 'The answer is not the JSON object that was asked for.' };
const PROVES_NOTHING = {
  problem: 'The answer raises nothing, and it is not one plain JSON object, so it cannot count as a review.',
};
const SEVERAL = { problem: 'The answer holds several different objects of the kind that was asked for.' };

const json = JSON.stringify;

describe('an answer that is one JSON object', () => {
  it('is read whole', () => {
    expect(readReview(json(REVIEW))).toEqual({
      rung: 'json',
      verdict: 'needs-attention',
      summary: 'One defect.',
      findings: [
        {
          severity: 'high',
          title: 'The retry has no bound',
          body: 'When the server is gone, step 2 never ends.',
          file: 'docs/plans/foo.md',
          lines: { start: 6, end: 7 },
          quote: 'retry until it works',
          confidence: 0.8,
          recommendation: 'Bound it.',
          instance: '',
          heading: '',
          kind: 'other',
          materialization: 1,
          materialization_reason: '',
          cause: '',
          fix_kind: 'guard',
          coerced: [],
        },
      ],
      next_steps: ['Fix it.'],
    });
  });

  it.each([
    ['as it is', json(APPROVAL)],
    ['laid out over lines', json(APPROVAL, null, 2)],
    ['with space around it', `\n\n  ${json(APPROVAL)}\r\n`],
    ['behind a byte order mark', `\ufeff${json(APPROVAL)}`],
    ['with keys nobody asked for', json({ ...APPROVAL, risk: 'low' })],
    ['without the summary and the next steps', '{"verdict":"approve","findings":[]}'],
  ])('approves %s', (_, text) => {
    expect(readReview(text)).toMatchObject({ rung: 'json', verdict: 'approve', findings: [] });
  });

  it('takes a summary and next steps of other kinds for missing', () => {
    const text = json({ ...APPROVAL, summary: 7, next_steps: ['one', 2, null] });

    expect(readReview(text)).toMatchObject({ summary: '', next_steps: ['one'] });
  });

  it.each([
    [{ ...APPROVAL, verdict: 'Approve' }, 'The "verdict" is neither "approve" nor "needs-attention".'],
    [{ ...APPROVAL, verdict: true }, 'The "verdict" is neither "approve" nor "needs-attention".'],
    [{ findings: [] }, 'The "verdict" is neither "approve" nor "needs-attention".'],
    [{ verdict: 'approve' }, 'The "findings" are not an array.'],
    [{ verdict: 'approve', findings: null }, 'The "findings" are not an array.'],
    [{ verdict: 'approve', findings: {} }, 'The "findings" are not an array.'],
    [{ error: { message: 'rate limited' } }, 'The "verdict" is neither "approve" nor "needs-attention".'],
    [{ type: 'review', review: REVIEW }, 'The "verdict" is neither "approve" nor "needs-attention".'],
    [[FINDING], 'The answer is not the JSON object that was asked for.'],
    [[REVIEW], 'The answer is not the JSON object that was asked for.'],
    [[], 'The answer is not the JSON object that was asked for.'],
    [null, 'The answer is not the JSON object that was asked for.'],
    [json(REVIEW), 'The answer is not the JSON object that was asked for.'],
  ])('is malformed in another frame: %j', (value, problem) => {
    expect(readReview(json(value))).toEqual({ problem });
  });
});

describe('an answer that is one fence', () => {
  it.each([
    ['json', fenced(APPROVAL)],
    ['JSON in capitals', fenced(APPROVAL, 'JSON')],
    ['no language', fenced(APPROVAL, '')],
    ['four backticks', `\`${fenced(APPROVAL)}\``],
    ['tildes', `~~~json\n${json(APPROVAL)}\n~~~\n`],
    ['Windows line ends', fenced(APPROVAL).replaceAll('\n', '\r\n')],
    ['space around it', `\n\n${fenced(APPROVAL)}\n\n\n`],
  ])('may approve: %s', (_, text) => {
    expect(readReview(text)).toMatchObject({ rung: 'fence', verdict: 'approve', findings: [] });
  });

  it('holds findings as the plain object does', () => {
    expect(readReview(fenced(REVIEW))).toMatchObject({ rung: 'fence', findings: [{ title: FINDING.title }] });
  });

  it('is held to the same frame', () => {
    expect(readReview(fenced([FINDING]))).toEqual({
      problem: 'The answer is not the JSON object that was asked for.',
    });
  });

  it('is read from fences inside of its strings too', () => {
    const text = fenced({ ...REVIEW, summary: 'Use ```sh\nmake\n``` there.' });

    expect(readReview(text)).toMatchObject({ rung: 'fence' });
  });
});

describe('an object cut out of other text', () => {
  it.each([
    ['with a sentence before it', `Here is my review:\n\n${json(REVIEW)}`],
    ['with a sentence after it', `${json(REVIEW)}\n\nLet me know.`],
    ['in a fence among prose', `I read the plan.\n\n${fenced(REVIEW)}\n\nThat is all.`],
    ['in a fence that is not closed', `\`\`\`json\n${json(REVIEW)}`],
    ['behind braces that are no JSON', `The template {{plan}} and {name} are unused.\n${json(REVIEW)}`],
    ['behind another object', `{"thought":"hm"}\n${json(REVIEW)}`],
    ['twice the same', `${json(REVIEW)}\n${json(REVIEW, null, 2)}`],
    ['behind a wrong bracket', `see {a] there\n${json(REVIEW)}`],
  ])('raises its findings: %s', (_, text) => {
    expect(readReview(text)).toMatchObject({ rung: 'cut', findings: [{ title: FINDING.title }] });
  });

  it.each([
    ['with a sentence before it', `Looks good!\n${json(APPROVAL)}`],
    ['with a sentence after it', `${json(APPROVAL)}\nGreat plan.`],
    ['in a fence among prose', `Done.\n${fenced(APPROVAL)}`],
    ['in the first of two fences', `${fenced(APPROVAL)}\n\`\`\`\nnotes\n\`\`\``],
    [
      'that asks for attention and says nothing',
      `Well: ${json({ ...APPROVAL, verdict: 'needs-attention' })}`,
    ],
    ['with one brace too many', `${json(APPROVAL)}}`],
  ])('never approves: %s', (_, text) => {
    expect(readReview(text)).toEqual(PROVES_NOTHING);
  });

  it('is malformed when there are several different ones', () => {
    expect(readReview(`First: ${json(REVIEW)}\nNo: ${json(APPROVAL)}`)).toEqual(SEVERAL);
    expect(readReview(`${json(APPROVAL)}\n${json(REVIEW)}`)).toEqual(SEVERAL);
  });

  it("is malformed when a transcript echoes the prompt's own examples beside it", () => {
    const example = {
      ...REVIEW,
      summary: '…',
      findings: [{ ...FINDING, title: '…', body: '…', quote: '…' }],
    };
    const transcript = [
      'user',
      'Answer with one JSON object:',
      json(example),
      'codex',
      json(REVIEW),
      'tokens used',
    ];

    expect(readReview(transcript.join('\n'))).toEqual(SEVERAL);
  });

  it('is not looked for inside of other JSON', () => {
    const events = [
      { type: 'thread.started' },
      { type: 'item.completed', item: { type: 'agent_message', text: json(REVIEW) } },
      { type: 'result', structured_output: REVIEW },
      { type: 'turn.completed', usage: { input_tokens: 9 } },
    ];

    expect(readReview(events.map((event) => json(event)).join('\n'))).toEqual(NOT_ASKED_FOR);
  });
});

describe('an object that had to be repaired', () => {
  const text = json(REVIEW);

  it.each([
    [
      'raw line ends in a string',
      text.replace('step 2', 'step\n2').replace('One defect.', 'One\r\n\tdefect.'),
    ],
    ['a trailing comma in the object', text.replace(/\}$/, ',}')],
    ['a trailing comma in an array', text.replace(']', ',]')],
    ['single quotes', text.replaceAll('"', "'")],
    ['unquoted keys', text.replace('"verdict"', 'verdict')],
    ['a comment', text.replace('{', '{ // my review\n')],
    ['quotes inside of a string', text.replace('the server', 'the "new" server')],
    ['True, as Python says it', text.replace('0.8', '0.8, "sure": True')],
    ['a fence around it', fenced(REVIEW).replace(/\n\}/, ',\n}')],
  ])('raises its findings: %s', (_, broken) => {
    expect(readReview(broken)).toMatchObject({
      rung: 'repaired',
      verdict: 'needs-attention',
      findings: [{ severity: 'high' }],
    });
  });

  it('keeps the words of a string that had raw line ends', () => {
    expect(readReview(text.replace('step 2', 'step\n2'))).toMatchObject({
      findings: [{ body: 'When the server is gone, step\n2 never ends.' }],
    });
  });

  it('never approves', () => {
    expect(readReview(json(APPROVAL).replace(/\}$/, ',}'))).toEqual(PROVES_NOTHING);
    expect(readReview(json(APPROVAL).replace('Nothing', 'No\nthing'))).toEqual(PROVES_NOTHING);
  });
});

describe('an answer without a review in it', () => {
  it.each(['', ' ', '\n\n\t\n', '\ufeff'])('is malformed when it is empty: %j', (text) => {
    expect(readReview(text)).toEqual({ problem: 'The answer is empty.' });
  });

  it.each([
    ['prose', 'The plan looks solid. I have no findings.'],
    ['a verdict in prose', 'VERDICT: approve'],
    ['a refusal', "I'm sorry, but I can't help with reviewing this file."],
    ['a question back', 'Before I begin: shall I read the whole repository? Reply OK.'],
    [
      'a prose review with severities',
      'Issues found:\n\n**Severity: Major**\n**Location:** step 2\nNever ends.',
    ],
    [
      'another list of findings',
      'FINDINGS:\nmajor|It never ends|docs/plans/foo.md:6\nEND FINDINGS\nVERDICT: REQUEST CHANGES',
    ],
    ['a tag', '<verdict>SHIP</verdict>'],
    ['an error of the transport', 'stream error: 429 Too Many Requests; retrying 1/5 in 200ms'],
    ['an error object', '{"error": {"type": "overloaded_error"}} and then nothing'],
    ['JSON within marks, of another shape', '<<<START>>>\n{"decision":"APPLY","fixes":[]},\n<<<END>>>'],
    ['braces', '{}'.repeat(1000)],
    ['brackets that never close', '{['.repeat(1000)],
  ])('is malformed: %s', (_, text) => {
    expect(readReview(text)).toHaveProperty('problem');
  });

  it('is malformed when it is longer than 16 MB', () => {
    expect(readReview(json(APPROVAL) + ' '.repeat(16 * 1024 * 1024))).toEqual({
      problem: 'The answer is longer than 16 MB.',
    });
  });
});

describe('an answer that was cut off', () => {
  it('is malformed wherever it was cut', () => {
    const texts = [
      json(REVIEW),
      json({ ...REVIEW, findings: [FINDING, FINDING] }, null, 2),
      fenced(REVIEW).slice(0, -4),
    ];
    for (const text of texts) {
      for (let length = 0; length < text.length; length += 1) {
        expect(readReview(text.slice(0, length))).toHaveProperty('problem');
      }
    }
  });

  it('is malformed behind prose as well', () => {
    expect(readReview(`My review: ${json(REVIEW).slice(0, -30)}`)).toEqual(NOT_ASKED_FOR);
  });
});

const noise = oneof(
  string({ unit: 'binary' }),
  constantFrom('```', '```json\n', '\n', '{', '}', '[', ']', '"', '\\', ',', json(FINDING)),
);

describe('any answer', () => {
  it('is read as a review or as unreadable, and only a plain one may approve', () => {
    assert(
      property(array(oneof(noise, constant(json(REVIEW)), constant(json(APPROVAL)))), (parts) => {
        const reading = readReview(parts.join(''));

        const isClean = !('problem' in reading) && reading.findings.length === 0;
        expect(isClean && !mayApprove(reading.rung)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every finding of a review, whatever they look like', () => {
    const verdict = constantFrom('approve', 'needs-attention');
    assert(
      property(record({ verdict, findings: array(anything()) }), (review) => {
        const reading = readReview(json(review));

        expect('problem' in reading ? reading : reading.findings.length).toBe(review.findings.length);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no finding when text is put around a review', () => {
    assert(
      property(noise, noise, integer({ min: 1, max: 3 }), (before, rest, count) => {
        const text = json({ ...REVIEW, findings: Array.from({ length: count }, () => FINDING) });

        const reading = readReview(`${before}\n${text}\n${rest}`);

        expect('problem' in reading ? count : reading.findings.length).toBe(count);
      }),
      { numRuns: 500 },
    );
  });

  it('is read to its end, however it is broken: a scan for every brace would not come back', () => {
    const broken = [
      '{'.repeat(100_000) + ']',
      '{"a":['.repeat(50_000),
      '```\n' + ' '.repeat(200_000) + 'x',
      '\n```'.repeat(50_000),
    ];

    expect(broken.map((text) => 'problem' in readReview(text))).toEqual([true, true, true, true]);
  });
});

describe('a rung that may approve', () => {
  it.each([
    ['json', true],
    ['fence', true],
    ['cut', false],
    ['repaired', false],
    ['prose', false],
  ] as const)('%s: %s', (rung, may) => expect(mayApprove(rung)).toBe(may));
});
