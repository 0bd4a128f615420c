import { basename } from 'node:path';
import { z } from 'zod';

const text = z.string().optional().catch(undefined);

export const ToolInput = z.object({ file_path: text, pattern: text });

/** What a tool call does, in a few words. */
export function toolActivity(tool: string, input: z.infer<typeof ToolInput>): string {
  const file = input.file_path === undefined ? 'a file' : basename(input.file_path);
  switch (tool) {
    case 'Read':
      return `reading ${file}`;
    case 'Edit':
      return `editing ${file}`;
    case 'Grep':
    case 'Glob':
      return `searching for ${input.pattern ?? 'files'}`;
    default:
      return `using ${tool}`;
  }
}
