/**
 * Words for a commit message that do nothing there: servers skip their checks, close tickets and send mail at words in a
 * commit, and these were written by a model, or are the name of somebody's file.
 */
export function inert(text: string): string {
  return text
    .replace(BRACKETED, '($1)')
    .replace(/\*{3}/g, '* * *') // ***NO_CI***
    .replace(/([#@])(?=[\w-])/g, '$1 ') // closes #1, #close, @somebody
    .replace(/\b(G[HL])-(?=\d)/gi, '$1 ') // closes GH-1, GL-1
    .replace(CLOSES_BY_KEY, '$1 ')
    .replace(/:\/\/(?=\S)/g, ':// '); // closes https://…/issues/1
}

/** [skip ci], [no ci], [ci skip]; closes [issue:1], [work_item:1], [epic:1]. */
const BRACKETED = /\[([^[\]]*(?:skip|no|(?:issue|work_item|epic):)[^[\]]*)\]/gi;

/** `Closes PLAN-4`, where GitLab hands such tickets on to Jira. A key that follows another word is only named. */
const CLOSES_BY_KEY = /\b((?:[Cc]los|[Ff]ix|[Rr]esolv|[Ii]mplement)[a-z]*:? +[A-Z][A-Z\d_]+)-(?=\d)/g;
