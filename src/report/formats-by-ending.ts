/** The forms a report comes in, by the name that `--format` takes. */
export const FORMATS = ['text', 'markdown', 'html', 'json', 'sarif', 'junit', 'github'] as const;

export type Format = (typeof FORMATS)[number];

/** What a file's ending says of what is to stand in it. */
const ENDINGS: Readonly<Record<string, Format>> = {
  txt: 'text',
  md: 'markdown',
  html: 'html',
  json: 'json',
  sarif: 'sarif',
  xml: 'junit',
};

export const REPORT_ENDINGS: readonly string[] = Object.keys(ENDINGS).map((ending) => `.${ending}`);

/** The format of a report by its file's ending; undefined where it is none that is known. */
export function formatOf(file: string): Format | undefined {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
}
