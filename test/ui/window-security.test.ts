import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';
import { type Stub, startStub } from './window-stub';

const { describe } = requires('chromium');

describe('the security of the page in a browser', () => {
  let stub: Stub;
  let browser: Browser;
  let page: Page;
  let secret: string;
  let recoveryCodes: string[];
  const problems: string[] = [];

  const codeOfNow = () =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: stub.clock().getTime() });
  const panel = (name: string) => page.getByRole('region', { name, exact: true });
  const reported = (text: string | RegExp) =>
    page.getByRole('status', { name: 'Notices' }).getByText(text).first().waitFor();

  async function openSecurity() {
    await page.evaluate(`location.hash = '#/settings/security'`);
    await page.getByRole('heading', { level: 1, name: 'Security' }).waitFor();
    await panel('Passkeys').waitFor();
  }

  async function leave() {
    await page.evaluate(`location.hash = '#/settings'`);
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Password').waitFor();
  }

  async function logIn(code?: string) {
    await page.getByLabel('Password').fill(stub.password);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    if (code === undefined) return;
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
  }
  const isInside = () => page.getByRole('navigation').first().waitFor();

  beforeAll(async () => {
    stub = await startStub();
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|refused to/i.test(message.text())) problems.push(message.text());
    });
    // A device that keeps passkeys and knows its owner by the finger.
    const devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    // Passkeys belong to a name.
    await page.goto(stub.base.replace('127.0.0.1', 'localhost'));
    await logIn();
    await isInside();
  });
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
  });

  it('sets an authenticator app up by a picture and a code, and gives ten recovery codes', async () => {
    await openSecurity();
    await panel('Second factor')
      .getByRole('button', { name: /Set up/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' });
    await dialog.getByRole('img', { name: /QR code/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    secret = (await dialog.getByText(/^[A-Z2-7]{4}( [A-Z2-7]{4}){7}$/).innerText()).replaceAll(' ', '');
    await dialog.getByLabel('Code', { exact: true }).fill(codeOfNow());
    await dialog.getByRole('button', { name: 'Switch on' }).click();
    const codes = page.getByRole('dialog', { name: 'Your recovery codes' });
    recoveryCodes = await codes.getByRole('listitem').allInnerTexts();
    expect(recoveryCodes).toHaveLength(10);
    expect(await violations(page)).toEqual([]);
    await codes.getByRole('button', { name: 'I have kept them' }).click();
    await panel('Second factor').getByText('10 recovery codes are left').waitFor();
  });

  it('asks for a code beside the password from then on', async () => {
    await leave();
    stub.passTime(60_000);
    await logIn('000000');
    await page.getByRole('alert').filter({ hasText: 'not right' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Code', { exact: true }).fill(codeOfNow());
    await page.getByRole('button', { name: 'Log in', exact: true }).click();
    await isInside();
  });

  it('takes a recovery code in its place, once', async () => {
    await leave();
    stub.passTime(60_000);
    await logIn(recoveryCodes[0]);
    await isInside();
    await openSecurity();
    await panel('Second factor').getByText('9 recovery codes are left').waitFor();
  });

  it('makes a passkey, and opens the page by it alone', async () => {
    await openSecurity();
    await panel('Passkeys')
      .getByRole('button', { name: /New passkey/ })
      .click();
    await page.getByLabel('Name of the device').fill('This laptop');
    await page.getByRole('button', { name: 'Make it' }).click();
    await reported(/This laptop opens the page/);
    await panel('Passkeys').getByText('localhost').waitFor();
    await leave();
    await page.getByRole('button', { name: 'Log in with a passkey' }).click();
    await isInside();
  });

  it('asks once more who it is before what could lock the owner out, ten minutes after the log-in', async () => {
    await openSecurity();
    stub.passTime(11 * 60_000);
    await panel('API keys')
      .getByRole('button', { name: /New key/ })
      .click();
    await page.getByLabel('What it is for').fill('A script');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const question = page.getByRole('dialog', { name: 'Is it you?' });
    await question.waitFor();
    expect(await violations(page)).toEqual([]);
    await question.getByRole('button', { name: 'Use a passkey' }).click();
    await page
      .getByRole('dialog', { name: 'Your key' })
      .getByText(/^tonearm_/)
      .waitFor();
    await page.getByRole('button', { name: 'I have kept it' }).click();
  });

  it('lists who is logged in, and logs one of them out', async () => {
    const other = await browser.newContext();
    const elsewhere = await other.newPage();
    await elsewhere.goto(stub.link());
    await elsewhere.getByRole('navigation').first().waitFor();
    await page.reload();
    await openSecurity();
    const rows = panel('Who is logged in').getByRole('listitem');
    await rows.filter({ hasText: 'this one' }).waitFor();
    expect(await rows.count()).toBe(2);
    await panel('Who is logged in')
      .getByRole('button', { name: /^Log out Chrome/ })
      .click();
    await reported(/was logged out/);
    await expect.poll(() => rows.count()).toBe(1);
    await other.close();
  });

  it('shows what was done and tried, and of it what was refused', async () => {
    await page.reload();
    await openSecurity();
    const activity = panel('Activity');
    await activity.getByText('Passkey added').waitFor();
    await activity.getByLabel('Show').selectOption('What was refused');
    await activity.getByText('Log-in failed').waitFor();
    await activity.getByText('Passkey added').waitFor({ state: 'detached' });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page), colorScheme).toEqual([]);
    }
  });

  it('sets a password with the one before only', async () => {
    const form = panel('Password');
    await form.getByLabel('Present password').fill('wrong');
    await form.getByLabel(/New password/).fill('battery staple');
    await form.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('alert').filter({ hasText: 'not the present password' }).waitFor();
    await form.getByLabel('Present password').fill(stub.password);
    await form.getByRole('button', { name: 'Set password' }).click();
    await reported(/The password was set/);
  });

  it('breaks nothing of the content policy', () => {
    expect(problems).toEqual([]);
  });
});
