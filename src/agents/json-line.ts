/** The value of a line of JSON; undefined for a line that is none. */
export function jsonLine(line: string): unknown {
  if (line === '') return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // Programs print other lines too; those are in the log.
  }
}
