// Proves what is told of a request that the browser's own protection of the local network stops.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { declareHtml } from '../situations/situation.js';
import { RawServer } from '../web/raw-server.js';
import { BROWSER, Stage } from './stage.js';

const ADDRESS = '127.0.0.1';

/** Asked at its own port on this machine, not through a proxy: Firefox looks at the address that it connects to. */
const PUBLIC = 'asks-around.test';

/**
 * Has the browser take the test web for a server of the internet, and pages that came in the clear for none that may ask for the
 * local network: Firefox 153 does so where it protects strictly.
 *
 * @param {number} port of the test web
 * @returns {Partial<import('../drive/driver.js').LaunchOptions>}
 */
const protectedFrom = (port) =>
  BROWSER === 'chromium'
    ? { args: [`--ip-address-space-overrides=${ADDRESS}:${port}=public`] }
    : {
        prefs: {
          'network.lna.enabled': true,
          'network.lna.blocking': true,
          'network.lna.block_insecure_contexts': true,
          'network.lna.address_space.public.override': `${ADDRESS}:${port}`,
        },
      };

test('a_request_that_the_protection_of_the_local_network_denies_is_blocked', async (context) => {
  const local = await RawServer.start((socket) => socket.end());
  context.after(() => local.stop());
  const stage = await Stage.open({ elsewhere: [PUBLIC, ADDRESS] });
  context.after(() => stage.close());
  await stage.restart(protectedFrom(stage.web.port));
  const url = `http://${PUBLIC}:${stage.web.port}/`;
  declareHtml(stage.web, url, '<p>page</p>');
  const { page } = await stage.visit(url);
  const became = await page.evaluate(
    (to) =>
      fetch(to, { mode: 'no-cors' }).then(
        () => 'answered',
        () => 'denied',
      ),
    `http://${ADDRESS}:${local.port}/`,
  );
  assert.equal(became, 'denied');
  await stage.quiet();
  assert.deepEqual(local.heard, []);
  const { saved } = await stage.exportAll();
  const told = saved.contacts.filter(({ host }) => host === ADDRESS);
  assert.deepEqual(
    told.map(({ sent, blocked, failed, unknown, pending }) => ({ sent, blocked, failed, unknown, pending })),
    [{ sent: 0, blocked: 1, failed: 0, unknown: 0, pending: 0 }],
  );
});
