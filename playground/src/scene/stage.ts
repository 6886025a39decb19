import { AmbientLight, Color, DirectionalLight, Group, PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';

/** The one WebGL canvas of the page: parts put it into their own place and their things into its scene. */
export class Stage {
  readonly camera = new PerspectiveCamera(40, 1, 0.01, 2000);
  readonly controls: OrbitControls;
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #content = new Group();
  readonly #resize: ResizeObserver;
  #onFrame: ((seconds: number) => void) | undefined;
  #isFirst = true;
  #running = 0;
  #last = 0;

  constructor() {
    this.#renderer = new WebGLRenderer({ antialias: true, alpha: true, preserveDrawingBuffer: true });
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    const sun = new DirectionalLight(new Color('white'), 2.2);
    sun.position.set(1, 2, 3);
    this.camera.add(sun);
    this.#scene.add(new AmbientLight(new Color('white'), 1.2), this.camera, this.#content);
    this.controls = new OrbitControls(this.camera, this.#renderer.domElement);
    this.controls.enableDamping = false;
    this.controls.addEventListener('change', () => this.render());
    this.#resize = new ResizeObserver(() => this.#fit());
  }

  get canvas(): HTMLCanvasElement {
    return this.#renderer.domElement;
  }

  /** Moves the canvas into an element, which it fills, and shows these things alone. */
  mount(place: HTMLElement, content: Group, label: string): void {
    this.canvas.setAttribute('aria-label', label);
    this.canvas.setAttribute('role', 'img');
    if (this.canvas.parentElement !== place) place.append(this.canvas);
    this.#resize.disconnect();
    this.#resize.observe(place);
    this.#content.clear();
    this.#content.add(content);
    this.#fit();
  }

  /** Looks at a point from so far away that a ball of this radius around it fits. */
  look(radius: number, centre = new Vector3()): void {
    const distance = (1.15 * radius) / Math.sin((this.camera.fov * Math.PI) / 360) / Math.min(1, this.camera.aspect);
    const direction = this.camera.position.clone().sub(this.controls.target);
    if (direction.lengthSq() < 1e-9) direction.set(0.5, 0.35, 1);
    this.camera.position.copy(centre).add(direction.setLength(distance));
    this.controls.target.copy(centre);
    this.controls.update();
    this.render();
  }

  /** Calls back before every frame with the seconds since the last one, until {@link stop}. */
  animate(onFrame: (seconds: number) => void): void {
    this.stop();
    this.#onFrame = onFrame;
    this.#last = performance.now();
    this.#running = requestAnimationFrame(this.#step);
  }

  stop(): void {
    cancelAnimationFrame(this.#running);
    this.#onFrame = undefined;
  }

  /** Draws the scene as it is now. */
  render(): void {
    this.#renderer.render(this.#scene, this.camera);
    if (this.#isFirst && this.#content.children.some(({ children }) => children.length > 0)) {
      performance.mark('first-picture');
      this.#isFirst = false;
    }
  }

  /** A picture of something else, by the same canvas, seen from where the camera is. */
  picture(content: Group, width: number, height: number): HTMLCanvasElement {
    const shown = [...this.#content.children];
    this.#content.clear();
    this.#content.add(content);
    const target = document.createElement('canvas');
    target.width = width;
    target.height = height;
    this.#setSize(width, height, false);
    this.render();
    target.getContext('2d')?.drawImage(this.canvas, 0, 0, width, height);
    this.#content.clear();
    this.#content.add(...shown);
    this.#fit();
    return target;
  }

  readonly #step = (now: number): void => {
    this.#running = requestAnimationFrame(this.#step);
    const seconds = Math.min(0.1, (now - this.#last) / 1000);
    this.#last = now;
    this.#onFrame?.(seconds);
    this.render();
  };

  #fit(): void {
    const place = this.canvas.parentElement;
    if (!place || place.clientWidth === 0) return;
    this.#setSize(place.clientWidth, place.clientHeight, true);
    this.render();
  }

  #setSize(width: number, height: number, isShown: boolean): void {
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    this.#renderer.setSize(width, height, isShown);
  }
}
