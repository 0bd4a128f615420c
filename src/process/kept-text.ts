export type KeptText = { readonly push: (text: string) => void; readonly text: () => string };

/** Keeps a text whole; once it has more than `most` characters, nothing of it, and `orElse` stands for it. */
export function keepWhole(most: number, orElse: string): KeptText {
  let pieces: string[] = [];
  let length = 0;
  return {
    push(text) {
      length += text.length;
      if (length > most) pieces = [];
      else if (text !== '') pieces.push(text);
    },
    text: () => (length > most ? orElse : pieces.join('')),
  };
}

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
