/** An undirected graph whose nodes and edges have colours, as neighbour lists. */
export interface ColouredGraph {
  /** One a node; symmetries keep them. */
  readonly colours: Int32Array;
  readonly neighbours: readonly (readonly number[])[];
  /** The colour of the edge to each neighbour, in the order of `neighbours`. */
  readonly edgeColours: readonly (readonly number[])[];
}

/** Symmetries of a graph: node k goes to `permutation[k]`. */
export interface Symmetries {
  /** All of them, the identity first; or, where they are too many, the identity and a generating set. */
  readonly permutations: readonly Int32Array[];
  /** Whether `permutations` are all there are. */
  readonly complete: boolean;
}

/** What a search walks through: nodes in an order in which each touches an earlier one, if it can. */
interface Walk {
  readonly graph: ColouredGraph;
  readonly order: readonly number[];
  /** For each place in the order, the node before it that it touches, or −1. */
  readonly anchors: readonly number[];
}

/**
 * Every permutation of the nodes that keeps colours and edges, by colour refinement (Weisfeiler and Leman 1968) and
 * backtracking. If there are more than `limit`, a strong generating set instead (Sims 1970): for each node of the
 * walk one symmetry to each of its possible places that leaves the nodes before it where they are. Every symmetry is
 * a product of these.
 */
export function graphSymmetries(graph: ColouredGraph, limit: number): Symmetries {
  const walk = plan({ ...graph, colours: refineColours(graph) });
  const identity = Int32Array.from(graph.colours.keys());
  const permutations = [identity];
  let isComplete = true;
  search(walk, new Int32Array(identity.length).fill(-1), 0, (found) => {
    if (found.every((to, from) => to === from)) return true;
    isComplete = permutations.length < limit;
    if (isComplete) permutations.push(found.slice());
    return isComplete;
  });
  if (isComplete) return { permutations, complete: true };
  return { permutations: [identity, ...generators(walk)], complete: false };
}

/** Splits colours by those of the neighbours until nothing splits any more. */
export function refineColours({ colours, neighbours, edgeColours }: ColouredGraph): Int32Array {
  let current = rank(Array.from(colours, String));
  for (;;) {
    const keys = neighbours.map((around, node) => {
      const seen = around.map((other, k) => `${edgeColours[node][k]}.${current.colours[other]}`);
      return `${current.colours[node]}:${seen.sort().join(' ')}`;
    });
    const next = rank(keys);
    if (next.count === current.count) return next.colours;
    current = next;
  }
}

function rank(keys: readonly string[]): { colours: Int32Array; count: number } {
  const numbers = new Map([...new Set(keys)].sort().map((key, k) => [key, k]));
  return { colours: Int32Array.from(keys, (key) => numbers.get(key) ?? 0), count: numbers.size };
}

/** Depth first from a node of the rarest colour, so that wrong choices show early. */
function plan(graph: ColouredGraph): Walk {
  const { colours, neighbours } = graph;
  const sizes = new Map<number, number>();
  for (const colour of colours) sizes.set(colour, (sizes.get(colour) ?? 0) + 1);
  const rarity = (node: number): number => sizes.get(colours[node]) ?? 0;
  const byRarity = Array.from(colours.keys()).sort((a, b) => rarity(a) - rarity(b) || a - b);
  const order: number[] = [];
  const anchors: number[] = [];
  const seen = new Set<number>();
  const visit = (node: number, anchor: number): void => {
    if (seen.has(node)) return;
    seen.add(node);
    order.push(node);
    anchors.push(anchor);
    for (const next of neighbours[node].toSorted((a, b) => rarity(a) - rarity(b) || a - b)) visit(next, node);
  };
  for (const node of byRarity) visit(node, -1);
  return { graph, order, anchors };
}

/**
 * Completes a mapping whose first `from` nodes of the walk have their places.
 * @param images −1 where a node has no place; left as it was
 * @param emit takes each complete mapping (to be copied) and says whether to go on
 */
function search(walk: Walk, images: Int32Array, from: number, emit: (found: Int32Array) => boolean): void {
  const { graph, order, anchors } = walk;
  const used = new Uint8Array(order.length);
  for (const image of images) if (image >= 0) used[image] = 1;
  const extend = (at: number): boolean => {
    if (at === order.length) return emit(images);
    const node = order[at];
    for (const place of anchors[at] < 0 ? order : graph.neighbours[images[anchors[at]]]) {
      if (used[place] === 1 || !fits(graph, images, node, place)) continue;
      images[node] = place;
      used[place] = 1;
      const goOn = extend(at + 1);
      images[node] = -1;
      used[place] = 0;
      if (!goOn) return false;
    }
    return true;
  };
  extend(from);
}

/** Whether a node can go to a place, beside the nodes that have theirs. */
function fits({ colours, neighbours, edgeColours }: ColouredGraph, images: Int32Array, node: number, place: number) {
  if (colours[node] !== colours[place]) return false;
  return neighbours[node].every((other, k) => {
    if (images[other] < 0) return true;
    const edge = neighbours[place].indexOf(images[other]);
    return edge >= 0 && edgeColours[place][edge] === edgeColours[node][k];
  });
}

function generators(walk: Walk): Int32Array[] {
  const { graph, order, anchors } = walk;
  const found: Int32Array[] = [];
  const images = new Int32Array(order.length).fill(-1);
  for (const [at, node] of order.entries()) {
    const places = anchors[at] < 0 ? order : graph.neighbours[anchors[at]];
    for (const place of places) {
      if (place === node || images[place] >= 0 || !fits(graph, images, node, place)) continue;
      const start = images.slice();
      start[node] = place;
      search(walk, start, at + 1, (complete) => {
        found.push(complete.slice());
        return false;
      });
    }
    images[node] = node;
  }
  return found;
}
