import { type GraphTensors, sumToReceivers } from '../graphs/index.js';
import { Embedding, Linear, MLP, type Parameter, ParameterScope } from '../nn/index.js';
import { add, concat, constant, div, gather, mul, reshape, silu, sin, slice, sqrt, sub, sum, type Tensor, where, less, cos } from '../tensor/index.js';

export interface LofnetTrial {
  readonly hidden: number;
  readonly layers: number;
  readonly cutoff: number;
  readonly basis: number;
  readonly species: number;
  readonly project: number; // channels that are scalarized on edges
  readonly variant: string;
}

interface State {
  readonly t?: Tensor; // [n, 6, F]
  readonly s: Tensor; // [n, F]
  readonly v?: Tensor; // [n, 3, F]
}

const rowsDot = (a: Tensor, b: Tensor): Tensor => sum(mul(a, b), [1]); // [n,3,F] -> [n,F]

const rowCross = (a: Tensor, b: Tensor): Tensor => {
  const at = (x: Tensor, k: number): Tensor => slice(x, 1, k, k + 1);
  const part = (i: number, j: number): Tensor => add(mul(at(a, i), at(b, j)), mul(mul(at(a, j), at(b, i)), -1));
  return concat([part(1, 2), part(2, 0), part(0, 1)], 1);
};

class Layer {
  readonly own: Linear; readonly other: Linear; readonly radial: Linear; readonly filter: Linear; readonly out: Linear;
  readonly q?: Linear; readonly k?: Linear; readonly proj?: Linear;
  readonly mix: Linear; readonly update: MLP;
  readonly o: LofnetTrial; readonly isFirst: boolean;
  constructor(scope: ParameterScope, o: LofnetTrial, isFirst: boolean) {
    this.o = o; this.isFirst = isFirst;
    const { hidden: F, basis, project: P } = o;
    this.own = new Linear(scope.child('own'), F, F);
    this.other = new Linear(scope.child('other'), F, F, { bias: false });
    this.radial = new Linear(scope.child('radial'), basis, F, { bias: false });
    const kinds = (isFirst ? 2 : 3) + (o.variant.includes('T') ? 1 : 0);
    this.filter = new Linear(scope.child('filter'), basis, kinds * F, { bias: false });
    this.out = new Linear(scope.child('out'), F, kinds * F);
    if (!isFirst) {
      this.q = new Linear(scope.child('q'), F, P, { bias: false });
      this.k = new Linear(scope.child('k'), F, P, { bias: false });
      this.proj = new Linear(scope.child('proj'), (o.variant.includes('det') ? 4 : 3) * P, F, { bias: false });
    }
    const W = o.variant.includes('wide') ? F : F;
    this.mix = new Linear(scope.child('mix'), F, 3 * W, { bias: false });
    this.update = new MLP(scope.child('update'), [(o.variant.includes('T') ? 5 : 3) * F, F, (o.variant.includes('T') ? 4 : 3) * F]);
  }
  run({ s, v }: State, g: GraphTensors, e: Edges): State {
    const F = this.o.hidden;
    let a = add(add(gather(this.own.rows(s), g.receivers), gather(this.other.rows(s), g.senders)), this.radial.rows(e.basis));
    let vj: Tensor | undefined;
    if (v && this.q && this.k && this.proj) {
      const q = gather(this.q.rows(v), g.receivers); // [E,3,P]
      const k = gather(this.k.rows(v), g.senders);
      const det = this.o.variant.includes('det') ? [sum(mul(rowCross(q, e.u), k), [1])] : [];
      const p = concat([sum(mul(q, e.u), [1]), sum(mul(k, e.u), [1]), rowsDot(q, k), ...det], 1);
      a = add(a, this.proj.rows(p));
      vj = gather(v, g.senders);
    }
    const c = mul(this.out.rows(silu(a)), this.filter.rows(e.basis)); // [E, kinds F]
    const part = (k: number): Tensor => slice(c, 1, k * F, (k + 1) * F);
    const up = (x: Tensor): Tensor => reshape(x, ['edges', 1, F]);
    const ds = sumToReceivers(part(0), g);
    let mv = mul(up(part(1)), e.u); // [E,3,F]
    if (vj) mv = add(mv, mul(up(part(2)), vj));
    const dv = sumToReceivers(mv, g);
    const hasT = this.o.variant.includes('T');
    const dt = hasT && e.uu ? sumToReceivers(mul(up(part(this.isFirst ? 2 : 3)), e.uu), g) : undefined; // [n,6,F]
    const s1 = add(s, ds);
    const v1 = v ? add(v, dv) : dv;
    const m = this.mix.rows(v1); // [n,3,3F]
    const [A, B, C] = [0, 1, 2].map((k) => slice(m, 2, k * F, (k + 1) * F));
    const dots = rowsDot(A, B);
    const lens = rowsDot(A, A);
    const more: Tensor[] = [];
    let w: Tensor | undefined;
    if (dt) {
      more.push(sum(mul(mul(dt, dt), constant([1, 2, 2, 1, 2, 1], [6, 1])), [1]));
      const T = (k: number): Tensor => slice(dt, 1, k, k + 1);
      const X = (k: number): Tensor => slice(A, 1, k, k + 1);
      const row = (a: number, b: number, c: number): Tensor => add(add(mul(T(a), X(0)), mul(T(b), X(1))), mul(T(c), X(2)));
      w = concat([row(0, 1, 2), row(1, 3, 4), row(2, 4, 5)], 1);
      more.push(rowsDot(w, B));
    }
    const h = this.update.rows(concat([s1, dots, lens, ...more], 1));
    const hp = (k: number): Tensor => slice(h, 1, k * F, (k + 1) * F);
    const nodes = (x: Tensor): Tensor => reshape(x, ['nodes', 1, F]);
    let v2 = add(v1, mul(nodes(hp(2)), C));
    if (w) v2 = add(v2, mul(nodes(hp(3)), w));
    return { s: add(add(s1, hp(0)), mul(hp(1), dots)), v: v2 };
  }
}

interface Edges { readonly u: Tensor; readonly uu?: Tensor; readonly basis: Tensor }

export class LofnetTrialNetwork {
  readonly parameters: readonly Parameter[];
  readonly embedding: Embedding;
  readonly layers: Layer[];
  readonly readout: MLP;
  readonly pre?: { a: Linear; b: Linear; r: Linear; o: Linear; f: Linear };
  readonly o: LofnetTrial;
  constructor(o: LofnetTrial) {
    this.o = o;
    const scope = new ParameterScope();
    this.embedding = new Embedding(scope.child('embedding'), o.species, o.hidden);
    this.layers = Array.from({ length: o.layers }, (_, k) => new Layer(scope.child(`layers.${k}`), o, k === 0 && !o.variant.includes('pre')));
    if (o.variant.includes('pre')) { const q = scope.child('pre'); const F = o.hidden; this.pre = { a: new Linear(q.child('a'), F, F), b: new Linear(q.child('b'), F, F, { bias: false }), r: new Linear(q.child('r'), o.basis, F, { bias: false }), o: new Linear(q.child('o'), F, F), f: new Linear(q.child('f'), o.basis, F, { bias: false }) }; }
    this.readout = new MLP(scope.child('readout'), [o.hidden, o.hidden, 1]);
    this.parameters = scope.parameters;
  }
  /** per-atom energies [nodes,1] */
  energies(species: Tensor, positions: Tensor, g: GraphTensors): Tensor {
    const r = add(gather(positions, g.senders), mul(gather(positions, g.receivers), -1)); // [E,3]
    const d = sqrt(sum(mul(r, r), [1], { keepDims: true })); // [E,1]
    const u = reshape(div(r, d), ['edges', 3, 1]);
    const U = (k: number): Tensor => slice(u, 1, k, k + 1);
    const uu = concat([sub(mul(U(0), U(0)), 1 / 3), mul(U(0), U(1)), mul(U(0), U(2)), sub(mul(U(1), U(1)), 1 / 3), mul(U(1), U(2)), sub(mul(U(2), U(2)), 1 / 3)], 1);
    const { basis: n, cutoff } = this.o;
    const ks = constant(Array.from({ length: n }, (_, k) => ((k + 1) * Math.PI) / cutoff), [1, n]);
    const fade = where(less(d, cutoff), mul(add(cos(mul(d, Math.PI / cutoff)), 1), 0.5), 0);
    const basis = mul(sin(mul(d, ks)), div(fade, d));
    let state: State = { s: this.embedding.rows(species) };
    if (this.pre) {
      const { a, b, r: rr, o, f } = this.pre;
      const hidden = silu(add(add(gather(a.rows(state.s), g.receivers), gather(b.rows(state.s), g.senders)), rr.rows(basis)));
      const c = mul(o.rows(hidden), f.rows(basis));
      state = { s: state.s, v: sumToReceivers(mul(reshape(c, ['edges', 1, this.o.hidden]), u), g) };
    }
    for (const layer of this.layers) state = layer.run(state, g, { u, basis, uu });
    return this.readout.rows(state.s);
  }
}
