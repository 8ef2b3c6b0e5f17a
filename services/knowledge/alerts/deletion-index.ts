const PREFIX = 8;
const FIRST_SIZE = 1 << 16;
const EMPTY = -1;
const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/**
 * Symmetric deletion: every form is filed under the beginning of its spelling with up to two letters
 * left out, so that a misspelt word meets it under some key, whether there are a hundred forms or a
 * hundred thousand. Keys are hashes in one table; who asks has to compare the spellings anyway.
 */
export class DeletionIndex {
  private keys = new Int32Array(FIRST_SIZE);
  private heads = new Int32Array(FIRST_SIZE).fill(EMPTY);
  private used = 0;
  private forms = new Int32Array(FIRST_SIZE);
  private nexts = new Int32Array(FIRST_SIZE);
  private entries = 0;

  add(form: number, spelling: string, most: number): void {
    forEachDeletion(spelling, most, (key) => {
      const slot = this.slotOf(key);
      if (this.entries === this.forms.length) {
        this.forms = grown(this.forms);
        this.nexts = grown(this.nexts);
      }
      const head = this.heads[slot] ?? EMPTY;
      // The same letter twice in a row leaves the same key twice.
      if (head !== EMPTY && this.forms[head] === form) return;
      this.forms[this.entries] = form;
      this.nexts[this.entries] = head;
      this.keys[slot] = key;
      this.heads[slot] = this.entries++;
      if (head === EMPTY && ++this.used * 2 > this.heads.length) this.enlarge();
    });
  }

  /** Calls `found` with every form that may be this word with some letters wrong, some more than once. */
  forEach(spelling: string, most: number, found: (form: number) => void): void {
    forEachDeletion(spelling, most, (key) => {
      const head = this.heads[this.slotOf(key)] ?? EMPTY;
      for (let entry = head; entry !== EMPTY; entry = this.nexts[entry] ?? EMPTY) {
        found(this.forms[entry] ?? 0);
      }
    });
  }

  /** The same where it is known which letters are wrong: `sign` stands in their place. */
  forEachWithout(spelling: string, sign: string, found: (form: number) => void): void {
    const known = spelling.slice(0, PREFIX).replaceAll(sign, '');
    const head = this.heads[this.slotOf(hashWithout(known, known.length, -1, -1))] ?? EMPTY;
    for (let entry = head; entry !== EMPTY; entry = this.nexts[entry] ?? EMPTY) {
      found(this.forms[entry] ?? 0);
    }
  }

  /** Where the key is or would be. */
  private slotOf(key: number): number {
    const mask = this.heads.length - 1;
    let slot = (key ^ (key >>> 15)) & mask;
    while (this.heads[slot] !== EMPTY && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private enlarge(): void {
    const { keys, heads } = this;
    this.keys = new Int32Array(keys.length * 2);
    this.heads = new Int32Array(heads.length * 2).fill(EMPTY);
    for (let old = 0; old < heads.length; old++) {
      const head = heads[old] ?? EMPTY;
      if (head === EMPTY) continue;
      const slot = this.slotOf(keys[old] ?? 0);
      this.keys[slot] = keys[old] ?? 0;
      this.heads[slot] = head;
    }
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** The hash of the beginning of the word, whole and with up to `most` letters left out. */
function forEachDeletion(word: string, most: number, visit: (key: number) => void): void {
  const length = Math.min(PREFIX, word.length);
  visit(hashWithout(word, length, -1, -1));
  if (most === 0) return;
  for (let one = 0; one < length; one++) {
    visit(hashWithout(word, length, one, -1));
    if (most === 1) continue;
    for (let two = one + 1; two < length; two++) visit(hashWithout(word, length, one, two));
  }
}

function hashWithout(word: string, length: number, one: number, two: number): number {
  let hash = OFFSET;
  for (let index = 0; index < length; index++) {
    if (index === one || index === two) continue;
    hash = Math.imul(hash ^ word.charCodeAt(index), PRIME);
  }
  return hash | 0;
}
