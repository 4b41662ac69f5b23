/** The panel of everything that floats. */
export const floatClass =
  'rounded-lg bg-raised p-1 text-sm shadow-float outline-none max-h-[var(--available-height)] overflow-y-auto';
