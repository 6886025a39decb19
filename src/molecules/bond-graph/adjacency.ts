/** The way from an atom to a neighbour. */
export interface Link {
  readonly atom: number;
  readonly bond: number;
}

/** The neighbours of each atom and the bonds to them, neighbours in ascending order. */
export type Adjacency = readonly (readonly Link[])[];

/** Who is bonded to whom, by which bond. */
export function adjacencyOf(atoms: number, { begin, end }: { begin: ArrayLike<number>; end: ArrayLike<number> }) {
  const links: Link[][] = Array.from({ length: atoms }, () => []);
  for (let bond = 0; bond < begin.length; bond++) {
    links[begin[bond]].push({ atom: end[bond], bond });
    links[end[bond]].push({ atom: begin[bond], bond });
  }
  for (const list of links) list.sort((a, b) => a.atom - b.atom);
  return links satisfies Adjacency;
}

/** The number of the connected part that each atom belongs to, counted from 0 in the order of their first atoms. */
export function connectedParts(adjacency: Adjacency): Int32Array {
  const parts = new Int32Array(adjacency.length).fill(-1);
  let count = 0;
  for (const start of parts.keys()) {
    if (parts[start] >= 0) continue;
    const stack = [start];
    parts[start] = count;
    for (let atom = stack.pop(); atom !== undefined; atom = stack.pop()) {
      for (const { atom: next } of adjacency[atom]) {
        if (parts[next] >= 0) continue;
        parts[next] = count;
        stack.push(next);
      }
    }
    count++;
  }
  return parts;
}

/** Whether each bond is in a ring: whether its atoms stay connected without it (Tarjan 1974). */
export function ringBonds(adjacency: Adjacency, bonds: number): Uint8Array {
  const inRing = new Uint8Array(bonds).fill(1);
  const order = new Int32Array(adjacency.length).fill(-1);
  const lowest = new Int32Array(adjacency.length);
  let time = 0;
  for (const start of order.keys()) {
    if (order[start] >= 0) continue;
    const path = [{ atom: start, via: -1, next: 0 }];
    order[start] = lowest[start] = time++;
    for (let top = path.at(-1); top; top = path.at(-1)) {
      if (top.next === adjacency[top.atom].length) {
        path.pop();
        const below = path.at(-1);
        if (!below) continue;
        lowest[below.atom] = Math.min(lowest[below.atom], lowest[top.atom]);
        if (lowest[top.atom] > order[below.atom]) inRing[top.via] = 0;
        continue;
      }
      const { atom, bond } = adjacency[top.atom][top.next++];
      if (bond === top.via) continue;
      if (order[atom] < 0) {
        order[atom] = lowest[atom] = time++;
        path.push({ atom, via: bond, next: 0 });
      } else lowest[top.atom] = Math.min(lowest[top.atom], order[atom]);
    }
  }
  return inRing;
}
