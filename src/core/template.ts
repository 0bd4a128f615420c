const BLANK = /\{\{([a-z_]+)\}\}/g;

/**
 * Fills the `{{blanks}}` of a template, each from the values, none twice: what was filled in is never looked at again.
 * Throws when a blank has no value; that is a mistake in the template.
 */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(BLANK, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`The template has a blank that nothing fills: ${name}.`);
    return value;
  });
}

/** The names of a template's blanks. */
export function blanks(template: string): Set<string> {
  return new Set([...template.matchAll(BLANK)].map(([, name = '']) => name));
}
