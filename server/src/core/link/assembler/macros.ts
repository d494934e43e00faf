/** A macro of the assembler: `.macro name first, second=1, rest:vararg`. */
export interface AssemblerMacro<Line> {
  readonly parameters: readonly { readonly name: string; readonly value: string; readonly takesRest: boolean }[];
  readonly body: readonly Line[];
}

/** The name and parameters of a macro from what stands behind `.macro`. */
export function readMacroHead(text: string): { name: string; parameters: AssemblerMacro<never>['parameters'] } {
  const [, name = '', rest = ''] = /^\s*([^\s,(]+)[\s,]*(.*)$/s.exec(text) ?? [];
  const parameters = rest.split(/[\s,]+/).flatMap((word) => {
    const [, parameter, kind, value = ''] = /^([\w.$]+)(?::(\w+))?(?:=(.*))?$/.exec(word) ?? [];
    return parameter === undefined ? [] : [{ name: parameter, value, takesRest: kind === 'vararg' }];
  });
  return { name, parameters };
}

/** What each parameter of a macro stands for in a call with these operands. */
export function bindArguments(parameters: AssemblerMacro<never>['parameters'], operands: string): Map<string, string> {
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  const given = splitOperands(operands, parameters.length);
  let position = 0;
  for (let i = 0; i < given.length; i++) {
    const [, named = '', value = ''] = /^([\w.$]+)\s*=\s*(.*)$/s.exec(given[i] as string) ?? [];
    if (values.has(named)) {
      values.set(named, unquoted(value));
      continue;
    }
    const parameter = parameters[position++];
    if (parameter === undefined) break;
    const rest = parameter.takesRest ? given.slice(i).join(', ') : (given[i] as string);
    if (rest !== '') values.set(parameter.name, parameter.takesRest ? rest : unquoted(rest));
    if (parameter.takesRest) break;
  }
  return values;
}

/** Operands at commas outside of brackets and strings; at blanks, if there are not as many as wanted. */
export function splitOperands(text: string, wanted = 0): string[] {
  const parts = split(text, (c) => c === ',');
  return parts.length < wanted && parts.length === 1 ? split(text, (c) => c === ' ' || c === '\t') : parts;
}

function split(text: string, isSeparator: (c: string) => boolean): string[] {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let part = '';
  for (const c of text.trim()) {
    if (c === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (c === '(' || c === '[')) depth++;
    else if (!isQuoted && (c === ')' || c === ']')) depth--;
    if (isQuoted || depth > 0 || !isSeparator(c)) part += c;
    else {
      parts.push(part.trim());
      part = '';
    }
  }
  if (part.trim() !== '' || parts.length > 0) parts.push(part.trim());
  return parts;
}

function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1) : text;
}

/** A line of a macro's body with values in the place of `\name`. */
export function substitute(text: string, values: ReadonlyMap<string, string>): string {
  return text
    .replace(/\\([A-Za-z_$][\w$]*|@)/g, (all, name: string) => (name === '@' ? '0' : (values.get(name) ?? all)))
    .replaceAll('\\()', '');
}
