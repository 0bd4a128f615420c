import type { FactOf } from '../core/fact.ts';
import type { Policies } from '../core/settings.ts';
import type { Question } from '../core/step.ts';
import type { CommonFlags } from './flags.ts';
import type { Place } from './place.ts';
import { openUser } from './screen.ts';
import { isUnattended } from './unattended.ts';
import type { World } from './world.ts';

type Asking = { readonly place: Place; readonly policies: Policies; readonly flags: CommonFlags };

/** Puts a question that stands before a run; the answer is recorded once the run has a journal. */
export async function decide(
  question: Question,
  { place, policies, flags }: Asking,
  world: World,
): Promise<FactOf<'decision'>> {
  const user = await openUser(policies, isUnattended(place.resolution, world), flags, world);
  const answer = await user.ask(question, world.signals.signal);
  return {
    type: 'decision',
    round: 0,
    question: question.name,
    about: [...question.about],
    options: [...question.options],
    ...answer,
  };
}
