/** What the log says of an error that is our own defect. */
export function defectFields(error: unknown): { readonly error: string; readonly stack?: string | undefined } {
  return { error: String(error), stack: error instanceof Error ? error.stack : undefined };
}
