/**
 * Words for a commit message that do nothing there: servers skip their checks, close tickets and send mail at words in a
 * commit, and these were written by a model, or are the name of somebody's file.
 */
export function inert(text: string): string {
  return text
    .replace(/\[([^[\]]*(?:skip|no)[^[\]]*)\]/gi, '($1)') // [skip ci], [no ci], [ci skip]
    .replace(/\*{3}/g, '* * *') // ***NO_CI***
    .replace(/([#@])(?=[\w-])/g, '$1 ') // closes #1, #close, @somebody
    .replace(/\b(GH)-(?=\d)/gi, '$1 ') // closes GH-1
    .replace(/:\/\/(?=\S)/g, ':// '); // closes https://…/issues/1
}
