/**
 * Pairs neighbours in a graph so that as few nodes as possible stay single: Edmonds' blossom algorithm (1965), one
 * breadth-first search for an augmenting path from each single node.
 *
 * @param neighbours the neighbours of each node
 * @param start pairs to begin with: nodes that have a partner keep one, though not always the same
 * @returns the partner of each node, or −1
 */
export function maximumMatching(neighbours: readonly (readonly number[])[], start?: Int32Array): Int32Array {
  const mate = start?.slice() ?? new Int32Array(neighbours.length).fill(-1);
  for (const [node, around] of neighbours.entries()) {
    if (mate[node] >= 0) continue;
    const free = around.find((other) => mate[other] < 0);
    if (free !== undefined) [mate[node], mate[free]] = [free, node];
  }
  for (const root of mate.keys()) {
    if (mate[root] < 0 && neighbours[root].length > 0) new Search(neighbours, mate).augment(root);
  }
  return mate;
}

/** The search tree of one root. Nodes of a blossom share a base. */
class Search {
  readonly #neighbours: readonly (readonly number[])[];
  readonly #mate: Int32Array;
  /** The node from which an odd node was reached, or −1. */
  readonly #parent: Int32Array;
  readonly #base: Int32Array;
  readonly #isEven: Uint8Array;
  readonly #queue: number[] = [];

  constructor(neighbours: readonly (readonly number[])[], mate: Int32Array) {
    this.#neighbours = neighbours;
    this.#mate = mate;
    this.#parent = new Int32Array(mate.length).fill(-1);
    this.#base = Int32Array.from(mate.keys());
    this.#isEven = new Uint8Array(mate.length);
  }

  /** Changes the matching along an augmenting path from the root, if there is one. */
  augment(root: number): void {
    this.#reach(root);
    for (let at = 0; at < this.#queue.length; at++) {
      const node = this.#queue[at];
      for (const other of this.#neighbours[node]) {
        if (this.#base[node] === this.#base[other] || this.#mate[node] === other) continue;
        const partner = this.#mate[other];
        if (other === root || (partner >= 0 && this.#parent[partner] >= 0)) this.#contract(node, other);
        else if (this.#parent[other] < 0) {
          this.#parent[other] = node;
          if (partner < 0) {
            this.#flip(other);
            return;
          }
          this.#reach(partner);
        }
      }
    }
  }

  #reach(node: number): void {
    this.#isEven[node] = 1;
    this.#queue.push(node);
  }

  #flip(end: number): void {
    for (let node = end; node >= 0; ) {
      const before = this.#parent[node];
      const next = this.#mate[before];
      this.#mate[node] = before;
      this.#mate[before] = node;
      node = next;
    }
  }

  /** Two even nodes have met: the odd cycle through them becomes one node. */
  #contract(a: number, b: number): void {
    const base = this.#commonBase(a, b);
    const inside = new Set<number>();
    this.#markPath(a, base, b, inside);
    this.#markPath(b, base, a, inside);
    for (const node of this.#base.keys()) {
      if (!inside.has(this.#base[node])) continue;
      this.#base[node] = base;
      if (this.#isEven[node] === 0) this.#reach(node);
    }
  }

  #commonBase(a: number, b: number): number {
    const seen = new Set<number>();
    for (let node = this.#base[a]; ; node = this.#base[this.#parent[this.#mate[node]]]) {
      seen.add(node);
      if (this.#mate[node] < 0) break;
    }
    let node = this.#base[b];
    while (!seen.has(node)) node = this.#base[this.#parent[this.#mate[node]]];
    return node;
  }

  #markPath(from: number, base: number, child: number, inside: Set<number>): void {
    let [node, below] = [from, child];
    while (this.#base[node] !== base) {
      const mate = this.#mate[node];
      inside.add(this.#base[node]).add(this.#base[mate]);
      this.#parent[node] = below;
      below = mate;
      node = this.#parent[mate];
    }
  }
}
