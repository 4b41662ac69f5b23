/** The mark of the product. */
export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" className="shrink-0">
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M22.2 11.2a7.6 7.6 0 1 0 0 9.6"
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        className="stroke-accent-text"
      />
      <circle cx="22.6" cy="16" r="2.1" className="fill-accent-text" />
    </svg>
  );
}
