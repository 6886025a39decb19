import type { Color } from 'three';
import { LineMaterial } from 'three/addons/lines/LineMaterial.js';
import { LineSegments2 } from 'three/addons/lines/LineSegments2.js';
import { LineSegmentsGeometry } from 'three/addons/lines/LineSegmentsGeometry.js';

/** Pieces of the trail of each body, and the snapshots that a piece spans. */
const PIECES = 48;
const SNAPSHOTS_PER_PIECE = 3;

/** The way that every body has come of late, fading towards its old end. */
export class Trails {
  readonly lines: LineSegments2;
  readonly #bodies: number;
  readonly #points: Float32Array;
  readonly #at: (snapshot: number, body: number) => readonly number[];

  /** @param at where a body is at a snapshot, which may lie between two */
  constructor(bodies: number, at: (snapshot: number, body: number) => readonly number[]) {
    this.#bodies = bodies;
    this.#at = at;
    this.#points = new Float32Array(bodies * PIECES * 6);
    const geometry = new LineSegmentsGeometry();
    geometry.setPositions(this.#points);
    this.lines = new LineSegments2(geometry, new LineMaterial({ linewidth: 3, vertexColors: true }));
    this.lines.frustumCulled = false;
  }

  /** @param ground the colour that the old end fades into */
  colour(ofBody: (body: number) => Color, ground: Color): void {
    const colours: number[] = [];
    for (let body = 0; body < this.#bodies; body++) {
      for (let piece = 0; piece < PIECES; piece++) {
        for (const end of [piece, piece + 1]) {
          colours.push(
            ...ofBody(body)
              .clone()
              .lerp(ground, (end / PIECES) ** 1.5)
              .toArray(),
          );
        }
      }
    }
    this.lines.geometry.setColors(colours);
  }

  /** Ends the trails at a snapshot. */
  moveTo(snapshot: number): void {
    let at = 0;
    for (let body = 0; body < this.#bodies; body++) {
      let newer = this.#at(snapshot, body);
      for (let piece = 1; piece <= PIECES; piece++) {
        const older = this.#at(Math.max(0, snapshot - piece * SNAPSHOTS_PER_PIECE), body);
        this.#points.set(newer, at);
        this.#points.set(older, at + 3);
        newer = older;
        at += 6;
      }
    }
    this.lines.geometry.getAttribute('instanceStart').needsUpdate = true;
  }

  dispose(): void {
    this.lines.geometry.dispose();
    this.lines.material.dispose();
  }
}
