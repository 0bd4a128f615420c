export type KeptText = { readonly push: (text: string) => void; readonly text: () => string };

/** Keeps the first `most` characters of a text that comes in pieces. */
export function keepHead(most: number): KeptText {
  const pieces: string[] = [];
  let room = most;
  return {
    push(text) {
      if (room <= 0 || text === '') return;
      pieces.push(text.slice(0, room));
      room -= text.length;
    },
    text: () => pieces.join(''),
  };
}

/** Keeps the last `most` characters of a text that comes in pieces. */
export function keepTail(most: number): KeptText {
  let kept = '';
  return {
    push(text) {
      kept = (kept + text).slice(-most);
    },
    text: () => kept,
  };
}
