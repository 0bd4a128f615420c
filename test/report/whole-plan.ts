/* The plan of the whole run, and the edits that were made of it. */

/** The plan as its author wrote it. */
export const AUTHORED = `# Webhooks for order events

Owner: payments

Customers register a URL and get every event of their orders there.

## Delivery

**Load-bearing:** \`event_id\` is the key by which a receiver recognises an event it has had, and \`signature\` proves who sent it.

1. Take the next event from the queue. The queue keeps a week.
2. Sign the body with the customer's secret.
3. Send the request and wait for an answer.
4. On any answer but 2xx send it again until it is accepted.
5. Log the request and the answer.

Events of one order may be sent side by side.

## Limits

A customer may register any number of URLs.

## Rollout

Switch it on for everybody on the first of June.
`;

/** The edits, each with what it replaces. */
export const EDITS = {
  retries: {
    before: '4. On any answer but 2xx send it again until it is accepted.',
    after:
      '4. On any answer but 2xx send it again after 1, 5, 25, 125 and 600 seconds. After that the event is parked and the customer gets a mail.',
  },
  secret: {
    before: '5. Log the request and the answer.',
    after: '5. Log the request without its headers, and the status of the answer.',
  },
  timeout: {
    before: '3. Send the request and wait for an answer.',
    after: '3. Send the request and wait ten seconds for an answer; none is a failure.',
  },
  parking: {
    before: 'Events of one order may be sent side by side.',
    after:
      'Events of one order may be sent side by side.\n\nParked events are kept for thirty days. A nightly job sends them all again.',
  },
  limit: {
    before: 'A customer may register any number of URLs.',
    after: 'A customer may register ten URLs; an eleventh is refused with 409.',
  },
  jitter: {
    before: 'after 1, 5, 25, 125 and 600 seconds.',
    after: 'after 1, 5, 25, 125 and 600 seconds, each moved by up to a tenth at random.',
  },
  order: {
    before: "2. Sign the body with the customer's secret.",
    after: "2. Sign the body with the customer's secret, and put its number within the order in a header.",
  },
  unparking: {
    before: '\n\nParked events are kept for thirty days. A nightly job sends them all again.',
    after: '',
  },
} as const;

export type EditName = keyof typeof EDITS;
