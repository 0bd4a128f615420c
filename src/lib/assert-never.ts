/** Marks the end of an exhaustive switch; throws when a value slipped past the types. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected case: ${JSON.stringify(value)}`);
}
