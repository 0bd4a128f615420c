/** The leaves that two values do not have in common, each on a line with its path: `-` what is missing, `+` what is too much. */
export function differences(wanted: object, found: object): readonly string[] {
  const [a, b] = [leaves(wanted), leaves(found)];
  return [
    ...a.filter((leaf) => !b.includes(leaf)).map((leaf) => `- ${leaf}`),
    ...b.filter((leaf) => !a.includes(leaf)).map((leaf) => `+ ${leaf}`),
  ];
}

function leaves(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${path}: ${JSON.stringify(value)}`];
  const isList = Array.isArray(value) && value.every((inner) => typeof inner === 'string');
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, isList ? path : `${path}/${key}`));
}
