/** The mark: a speech bubble made of two currents that meet. The same drawing as public/icon.svg. */
export function Logo({ size = 32 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" rx="18" fill="var(--accent)" />
      <path d="M15 27.5c0-7.5 6-13 14.5-13h5C43 14.5 49 20 49 27.5c-5.5-3.8-11-3.6-17 .1-6 3.8-11.5 4-17-.1Z" fill="var(--accent-ink)" />
      <path d="M15 34.5c5.5 3.8 11 3.6 17-.1 6-3.8 11.5-4 17 .1-.6 7-6.3 12-14.5 12H29l-8.3 5.9c-.9.6-2-.1-1.8-1.2l1-6.2c-3-2.2-4.9-5.8-4.9-10.5Z" fill="var(--accent-ink)" opacity=".62" />
    </svg>
  )
}
