/** Each string once, sorted; throws where the argument is no literal. */
export function shownStrings(folder: string): string[];
