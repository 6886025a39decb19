import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandList } from '../../src/cli/commands.js';
import { withChoices } from '../../src/cli/loaded-choices.js';
import { requireRunOf, tasks } from '../../src/cli/tasks.js';
import { startRun } from '../../src/training/start-run.node.js';
import { heapsAboutPlane, planeTrainee } from '../training/support/plane.js';

const loaded = await Promise.all(tasks.map((load) => load()));
const commandOf = (...path: string[]) => commandList.commands.find(({ spec }) => spec.path.join() === path.join());

describe.each(loaded)('the task $name', ({ name, command, networks, examples }) => {
  it('has a command that trains and one that reports', async () => {
    expect(command).toBe(`${name} train`);
    expect(commandOf(name, 'report')).toBeDefined();
    const { commands } = await withChoices(commandList, [name, 'train']);
    const train = commands.find(({ spec }) => spec.path.join() === `${name},train`);
    const choices = Object.values(train?.spec.options ?? {}).map((option) => 'choices' in option && option.choices);
    expect(choices).toContainEqual([...networks]);
  });

  it('takes the configurations that it teaches for its own, and no other task does', () => {
    for (const schema of Object.values(examples)) {
      const config = schema.parse({});
      expect(loaded.filter((task) => task.config.safeParse(config).success).map((task) => task.name)).toEqual([name]);
    }
  });
});

describe('a run of another task', () => {
  let folder = '';
  const sets = { train: heapsAboutPlane(9, 1), valid: heapsAboutPlane(5, 2), test: heapsAboutPlane(5, 3) };
  const plane = { ...planeTrainee({ here: sets }), name: 'plane', networks: ['plane'], examples: {} };
  const known = [...tasks, async () => plane];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clofnet-'));
    const config = plane.config.parse({ training: { epochs: 1, batch: 3 } });
    await startRun(plane, config, { folder: join(folder, 'run'), workers: 1 });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is told from those of all tasks in the list, a new one too', async () => {
    const others = 'is a run of another kind; use the command plane report, or use the command plane train with resume';
    await expect(requireRunOf('newton', join(folder, 'run'), known)).rejects.toThrow(others);
    await requireRunOf('plane', join(folder, 'run'), known);
    // What no task knows, and what is no run, is for the command to refuse.
    await requireRunOf('newton', join(folder, 'run'));
    await requireRunOf('newton', folder);
  });
});
