import { markupText } from '../../lib/escape.ts';
import { reveal } from '../../lib/text.ts';

/** Text that is markup already; everything else is escaped where it is put into markup. */
export type Markup = { readonly markup: string };

type Child = string | number | Markup | null | false | readonly Child[];

/** Markup with what stands in its blanks escaped, unless that is markup itself. There is no other way into a page. */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Markup {
  return {
    markup: parts
      .map(
        (part, index) =>
          part.replace(/\n\s+/g, '\n') + (index < children.length ? put(children[index] ?? null) : ''),
      )
      .join(''),
  };
}

function put(child: Child): string {
  if (child === null || child === false) return '';
  if (typeof child === 'number') return String(child);
  if (typeof child === 'string') return markupText(reveal(child)); // nothing in it is markup, acts or hides
  return 'markup' in child ? child.markup : child.map(put).join('');
}

/** Text of a model: its code spans are set as code, its lines stay lines, and nothing else of it is markup. */
export function prose(text: string): Markup {
  const parts = text.split(/`([^`\n]+)`/); // every second part is what stood between two backticks
  return html`<span class="w"
    >${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}</span
  >`;
}

/** The same, where there is something to say. */
export function paragraph(text: string, name: string): Markup | null {
  return text.trim() === '' ? null : html`<p class="${name}" dir="auto">${prose(text)}</p>`;
}

/** Text to be read as it was written, every space of it. */
export function verbatim(text: string): Markup {
  return html`<span class="v" dir="auto">${text}</span>`;
}
