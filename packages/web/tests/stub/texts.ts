/** Kinds of traces with what people ask and programs answer. */
export const kinds = [
  {
    name: 'support/answer',
    asks: [
      'Where is my order 48213? It should have come on Monday.',
      'Can I change the delivery address after paying?',
      'The zip of the jacket broke after two days. What now?',
    ],
    answers: [
      'Your order left the warehouse this morning and should reach you **tomorrow before noon**.',
      'Yes, until it is packed. Open *Orders*, choose the order, then **Change address**.',
      'I am sorry about that. You can send it back free of charge within 30 days:\n\n1. Print the label\n2. Put the jacket in any box\n3. Hand it in at a shop',
    ],
  },
  {
    name: 'rag/search',
    asks: [
      'What is the notice period for a yearly contract?',
      'Which VAT rate applies to printed books in Austria?',
      'How long do we keep call recordings?',
    ],
    answers: [
      'Three months before the end of the year, in writing (terms, section 4.2).',
      'Ten percent; see `vat.md`, line 12.',
      '90 days, then they are deleted automatically.',
    ],
  },
  {
    name: 'agent/refund',
    asks: [
      'Refund order 48213, the customer returned it.',
      'Check why the refund of 47990 failed.',
    ],
    answers: [
      'Refunded 84.90 EUR to the original card. Reference `rf_20391`.',
      'The bank refused: the card has expired. I asked the customer for another account.',
    ],
  },
  {
    name: 'classify/intent',
    asks: [
      'hello??? nobody answers the phone',
      'pls cancel my subscription',
      'invoice for march is missing',
    ],
    answers: [
      '{"intent":"complaint","confidence":0.91}',
      '{"intent":"cancel","confidence":0.98}',
      '{"intent":"invoice","confidence":0.95}',
    ],
  },
  {
    name: 'summarize/ticket',
    asks: [
      'Summarize ticket 5512 in two sentences.',
      'Summarize the thread for the shift handover.',
    ],
    answers: [
      'The customer received the wrong size twice. A third parcel is on its way and the fee was waived.',
      'Two open returns, one escalation about a damaged lamp; no reply needed before 14:00.',
    ],
  },
  { name: 'etl/daily-sales', asks: ['sales.csv'], answers: ['42 rows loaded, 0 rejected'] },
] as const;

/** Models with prices per million tokens (input, output), made up for the stub. */
export const models = [
  { name: 'gpt-5-mini', input: 0.25, output: 2 },
  { name: 'claude-haiku-4-5', input: 1, output: 5 },
  { name: 'gemini-2.5-flash', input: 0.3, output: 2.5 },
] as const;

/** People. */
export const users = [
  'ada',
  'grace',
  'linus',
  'margaret',
  'dennis',
  'barbara',
  'edsger',
  'radia',
] as const;
