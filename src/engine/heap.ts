/** One value waiting in a heap; made by `insert`, handed back to `move` and `remove`. */
export interface HeapNode<Value> {
  readonly value: Value;
  readonly due: number;
}

interface Slot<Value> extends HeapNode<Value> {
  due: number;
  /** Order of insertion: values due at the same time come out in it. */
  turn: number;
  /** Place in the heap; -1 when out of it. */
  index: number;
}

/** Values ordered by due time; every change costs O(log n). */
export class Heap<Value> {
  readonly #slots: Slot<Value>[] = [];
  #turns = 0;

  get size(): number {
    return this.#slots.length;
  }

  /** The value due first, without taking it. */
  peek(): HeapNode<Value> | undefined {
    return this.#slots[0];
  }

  insert(value: Value, due: number): HeapNode<Value> {
    const slot: Slot<Value> = { value, due, turn: this.#turns++, index: this.#slots.length };
    this.#slots.push(slot);
    this.#rise(slot);
    return slot;
  }

  /** Gives a node another due time; a node that is out of the heap comes in again. */
  move(node: HeapNode<Value>, due: number): void {
    const slot = node as Slot<Value>;
    slot.due = due;
    slot.turn = this.#turns++;
    if (slot.index < 0) {
      slot.index = this.#slots.length;
      this.#slots.push(slot);
    }
    this.#rise(slot);
    this.#sink(slot);
  }

  /** Takes a node out; does nothing when it is out. */
  remove(node: HeapNode<Value>): void {
    const slot = node as Slot<Value>;
    if (slot.index < 0) return;
    const last = this.#slots.pop();
    if (last && last !== slot) {
      this.#put(last, slot.index);
      this.#rise(last);
      this.#sink(last);
    }
    slot.index = -1;
  }

  #rise(slot: Slot<Value>): void {
    for (;;) {
      const above = this.#slots[(slot.index - 1) >> 1];
      if (slot.index === 0 || !above || !isBefore(slot, above)) return;
      this.#swap(slot, above);
    }
  }

  #sink(slot: Slot<Value>): void {
    for (;;) {
      const left = this.#slots[2 * slot.index + 1];
      const right = this.#slots[2 * slot.index + 2];
      const first = left && right && isBefore(right, left) ? right : left;
      if (!first || !isBefore(first, slot)) return;
      this.#swap(slot, first);
    }
  }

  #swap(one: Slot<Value>, other: Slot<Value>): void {
    const index = one.index;
    this.#put(one, other.index);
    this.#put(other, index);
  }

  #put(slot: Slot<Value>, index: number): void {
    slot.index = index;
    this.#slots[index] = slot;
  }
}

function isBefore<Value>(one: Slot<Value>, other: Slot<Value>): boolean {
  return one.due === other.due ? one.turn < other.turn : one.due < other.due;
}
