// Loaded before the program with `node --import`: a clock that goes an hour back each time it is read (CLOCK=back), or stands
// still (CLOCK=still). Timers and durations are the machine's own.
const began = Date.UTC(2026, 5, 1);
let read = 0;
const now = () => began - (process.env.CLOCK === 'back' ? 3_600_000 * read++ : 0);
const Real = Date;

globalThis.Date = class extends Real {
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }

  static now = now;
};
