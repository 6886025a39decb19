import { expect, it } from 'vitest';
import { describeInBrowser, openPage } from './support/page.js';

const MEGABYTE = 2 ** 20;

describeInBrowser('the page', () => {
  // The budgets that docs/playground.md states; a machine may be busy elsewhere for a moment.
  it('loads in less than 20 MB, the first picture in 2 s, before ONNX Runtime', { retry: 2 }, async () => {
    const { page, server, close } = await openPage();
    const first = await page.waitForFunction(() => performance.getEntriesByName('first-picture')[0]?.startTime);
    expect(await first.jsonValue()).toBeLessThan(2000);
    await page.getByTestId('device').getByText('ONNX Runtime').waitFor();
    await page.waitForLoadState('networkidle');
    expect(server.sent()).toBeGreaterThan(5 * MEGABYTE);
    expect(server.sent()).toBeLessThan(20 * MEGABYTE);
    await close();
  });

  it.each([
    ['with threads where it is isolated from other origins', true, /2 threads|[34] threads/],
    ['with one thread elsewhere', false, /1 thread /],
  ])('computes %s', async (_, isolated, status) => {
    const { page, close } = await openPage({ isolated });
    await page.getByTestId('device').getByText('ONNX Runtime').waitFor();
    expect(await page.getByTestId('device').textContent()).toMatch(status);
    await close();
  });

  it('has tabs for the keyboard, and keeps what is open in the address', async () => {
    const { page, close } = await openPage();
    await page.getByRole('tab', { name: 'Bodies' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(new URL(page.url()).hash).toMatch(/^#training/);
    expect(await page.getByRole('tab', { name: 'Train it here' }).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(new URL(page.url()).hash).toMatch(/^#molecules/);
    await page.goBack();
    expect(new URL(page.url()).hash).toMatch(/^#bodies/);
    expect(await page.getByRole('tab', { name: 'Bodies' }).getAttribute('aria-selected')).toBe('true');
    await page.goForward();
    await page.reload();
    expect(await page.getByRole('tab', { name: 'Molecules' }).getAttribute('aria-selected')).toBe('true');
    await close();
  });

  it('says in a line why a device does not work, and goes on with the one before', async () => {
    const { page, close } = await openPage();
    const device = page.getByTestId('device');
    await device.getByText('ONNX Runtime').waitFor();
    await device.getByRole('combobox').selectOption('webgpu');
    await device.getByText(/WebGPU.*; use WebAssembly$/).waitFor();
    expect(await device.getByRole('combobox').inputValue()).toBe('wasm');
    await close();
  });
});
