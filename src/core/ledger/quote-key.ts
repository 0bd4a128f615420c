import { remembered } from '../../lib/remembered.ts';

/** A quote with fewer letters and digits, such as `}`, stands everywhere, and is the same as no other. */
const TELLING = 3;

/**
 * What of a quote stays when its text is wrapped anew, set as another list, or marked otherwise: content, never position.
 * Empty where there is too little of it to say anything.
 */
export const keyOf = remembered((quote) => {
  const key = quote
    .normalize('NFC')
    .replace(/^[ \t]*\d+[ \t]?\|[ \t]?/gm, '') // the line numbers that the prompt shows
    .replace(/^[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|#{1,6}[ \t]+|>[ \t]?)+/gm, '')
    .replace(/[*_`~|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\p{P}\s]+$/u, '')
    .trim();
  return (key.match(/[\p{L}\p{N}]/gu) ?? []).length >= TELLING ? key : '';
}, 5000);
