import { characters } from './integers';

const silent =
  /^\.(?:section|pushsection|popsection|previous|type|size|globl|global|local|weak|hidden|macro|endm|purgem|file|ident|symver|option|arch|cpu|if\w*|else\w*|endif|altmacro|noaltmacro|string|ascii|asciz|cfi_\w+|align|balign|p2align|text|data|bss|code\d+|intel_syntax|att_syntax|error|warning|print|org|skip|loc)\b/;

/** The text of an assembler template's string tokens. */
export function assemblyText(strings: readonly string[]): string {
  let text = '';
  for (const s of strings) for (const code of characters(s)) text += String.fromCharCode(code);
  return text;
}

/** Names in assembler text that may be symbols: no mnemonics, operands, registers or sections. */
export function assemblySymbols(text: string): { readonly mentions: string[]; readonly defines: string[] } {
  const mentions = new Set<string>();
  const defines = new Set<string>();
  for (const statement of text.split(/[\n;]/)) {
    let rest = statement.trim();
    for (
      let label = /^([A-Za-z_.$][\w.$]*|\d+)\s*:/.exec(rest);
      label !== null;
      label = /^([A-Za-z_.$][\w.$]*|\d+)\s*:/.exec(rest)
    ) {
      if (/^[A-Za-z_]/.test(label[1] as string)) defines.add(label[1] as string);
      rest = rest.slice(label[0].length).trim();
    }
    const assignment = /^(?:\.set|\.equ)\s+([A-Za-z_]\w*)\s*,(.*)$/.exec(rest);
    if (assignment !== null) {
      defines.add(assignment[1] as string);
      rest = `.quad ${assignment[2]}`;
    }
    if (rest === '' || silent.test(rest)) continue;
    const operands = rest.replace(/^\S+/, '').replace(/"[^"]*"|%[a-zA-Z]?\[\w+\]|%%?\w+/g, ' ');
    for (const found of operands.matchAll(/(?<![\w.$@])[A-Za-z_]\w*(?![\w.])/g)) mentions.add(found[0]);
  }
  return { mentions: [...mentions], defines: [...defines] };
}
