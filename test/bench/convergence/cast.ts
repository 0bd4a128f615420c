import { arbitrate } from './arbiter.ts';
import { fix } from './implementer.ts';
import { review } from './reviewer.ts';
import type { Cast } from './scene.ts';
import { verify } from './verifier.ts';

/** The usual agents: able, and wrong as often as the parameters say. */
export const CAST: Cast = { reviewer: review, implementer: fix, verifier: verify, arbiter: arbitrate };
