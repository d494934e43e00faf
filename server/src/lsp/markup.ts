/** Markdown of the features for a client that does not show any. */
export function plainText(markdown: string): string {
  return markdown.replaceAll('**', '').replaceAll('`', '');
}
