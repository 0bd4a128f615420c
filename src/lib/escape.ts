import { clean, oneLine } from './text.ts';

/** Text as it stands in HTML or XML, between tags or in a quoted attribute. What XML 1.0 cannot hold at all is left out. */
export function markupText(text: string): string {
  return clean(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** The message of a GitHub workflow command. */
export function workflowMessage(text: string): string {
  return clean(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** A property of a GitHub workflow command, which commas and colons would end. */
export function workflowProperty(text: string): string {
  return workflowMessage(oneLine(text)).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
