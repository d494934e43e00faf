/** Text as inline code that no backtick, line end or length of it can break out of. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').slice(0, 200);
  return flat.includes('`') ? `\`\` ${flat.replace(/`{2,}/g, '`')} \`\`` : `\`${flat}\``;
}

/** `1 symbol`, `3 symbols`. */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
