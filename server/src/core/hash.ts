/** Two 32-bit FNV-1a hashes with different starts: tells texts apart that nobody made to collide. */
export class Hash {
  #a = 0x811c9dc5;
  #b = 0x01234567;

  text(value: string): void {
    let a = this.#a;
    let b = this.#b;
    for (let i = 0; i < value.length; i++) {
      const c = value.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x5bd1e995) ^ (b >>> 13);
    }
    this.#a = a;
    this.#b = b;
    this.number(-1);
  }

  number(value: number): void {
    this.#a = Math.imul(this.#a ^ value, 0x01000193);
    this.#b = Math.imul(this.#b ^ value, 0x5bd1e995) ^ (this.#b >>> 13);
  }

  result(): string {
    return (this.#a >>> 0).toString(36) + (this.#b >>> 0).toString(36);
  }
}
