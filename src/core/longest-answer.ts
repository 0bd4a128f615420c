/** The most characters an answer may have; a longer one is malformed. */
export const LONGEST_ANSWER = 16 * 1024 * 1024;

/** Stands for an answer that was too long to be kept. */
export const OVERLONG = 'The answer is longer than 16 MB.';

/** An answer as it is, or what stands for one that is too long. */
export function bounded(answer: string): string {
  return answer.length > LONGEST_ANSWER ? OVERLONG : answer;
}
