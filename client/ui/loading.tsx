/** A page that is being fetched: quiet lines where the words will be. */
export function Loading({ label }: { readonly label: string }) {
  return (
    <main class="loading" aria-busy="true" tabIndex={-1}>
      <span class="sr" role="status">
        {label}
      </span>
      <i />
      <i />
      <i />
      <i />
    </main>
  )
}
