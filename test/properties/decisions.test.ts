import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  option,
  property,
  record,
  string,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QUESTIONS, type QuestionName } from '../../src/core/question-names.ts';
import { slugOf } from '../../src/store/run-directory.ts';
import { policyUser } from '../../src/ui/user.ts';
import { SETTINGS } from '../bench/convergence/settings.ts';
import { numbers } from './numbers.ts';

const NAMES = Object.keys(QUESTIONS) as QuestionName[]; // the keys of a literal

const QUESTION = constantFrom(...NAMES).chain((name) =>
  record({
    name: constantFrom(name),
    about: array(string(), { maxLength: 3 }),
    why: string(),
    options: constantFrom<readonly string[]>(QUESTIONS[name], QUESTIONS[name].slice(0, 1)),
    attempt: integer({ min: 0, max: 5 }),
  }).map((question) => ({ ...question, fallback: QUESTIONS[name][0] })),
);

describe('a run that nobody attends', () => {
  it('has an answer at once to every question, whatever its flags say, and one that was among the options', async () => {
    const given = option(constantFrom(...Object.values(QUESTIONS).flat(), '', 'yes'));
    await assert(
      asyncProperty(QUESTION, given, async (question, flag) => {
        const policies = { ...SETTINGS.policies, [question.name]: flag };
        const answer = await Promise.race([
          policyUser(policies).ask(question, new AbortController().signal),
          Promise.resolve().then(() => Promise.resolve('it waits')),
        ]);

        expect(answer).toMatchObject({ flag: `--on-${question.name.replaceAll('_', '-')}` });
        expect(question.options).toContain(typeof answer === 'string' ? answer : answer.answer);
      }),
      numbers(2000),
    );
  });
});

describe('the name of a run', () => {
  it('is one part of a path, of 80 bytes at most, whatever the plan is called', () => {
    assert(
      property(string({ unit: 'binary', minLength: 1, maxLength: 120 }), (name) => {
        const slug = slugOf(`/repo/${name.replaceAll('/', '')}.md`);

        expect(slug).not.toMatch(/[/\\\p{Cc}]/u);
        expect(['', '.', '..']).not.toContain(slug.trim());
        expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(80);
      }),
      numbers(2000),
    );
  });
});
