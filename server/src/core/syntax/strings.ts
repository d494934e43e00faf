const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
};

/** The characters that a string literal stands for; a missing closing quote does not matter. */
export function unescaped(literal: string): string {
  const open = literal.search(/["']/);
  const quote = literal.charAt(open);
  const isClosed = literal.length > open + 1 && literal.endsWith(quote);
  const inner = literal.slice(open + 1, isClosed ? -1 : undefined);
  if (!inner.includes('\\')) return inner;
  return inner.replace(
    /\\(?:([0-7]{1,3})|x([0-9a-fA-F]+)|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (_, octal?: string, hex?: string, short?: string, long?: string, character?: string) => {
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      const digits = hex?.slice(-4) ?? short ?? long;
      if (digits === undefined) return simple[character ?? ''] ?? character ?? '';
      const code = Number.parseInt(digits, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    },
  );
}
