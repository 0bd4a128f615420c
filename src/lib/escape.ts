import { clean, oneLine } from './text.ts';

/** Text as it stands in HTML or XML, between tags or in a quoted attribute. What XML 1.0 cannot hold at all is left out. */
export function markupText(text: string): string {
  return clean(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Text on one line of markdown that makes no link, no heading, no list, no tag, no mention and no reference. Backslashes
 * cover what markdown reads; entities cover what servers look for in the text itself.
 */
export function markdownText(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()|~!$^]/g, String.raw`\$&`)
    .replace(/#/g, '&#35;') // before what makes more of them
    .replace(/@/g, '&#64;')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\b(www|GH)([.-])/gi, (_, word: string, mark: string) => `${word}&#${mark.charCodeAt(0)};`)
    .replace(/^([-+=]|\d+(?=[.)]))/, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`));
}

/** The message of a GitHub workflow command. */
export function workflowMessage(text: string): string {
  return clean(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** A property of a GitHub workflow command, which commas and colons would end. */
export function workflowProperty(text: string): string {
  return workflowMessage(oneLine(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
