// Owns the letting go of service workers that Chromium holds for a debugger who does not come.

/** @typedef {import('puppeteer-core').CDPSession} CDPSession */

/** Of a worker that starts as it should, Puppeteer lets go sooner, on a busy machine too. */
const LOOK_AGAIN_MS = 500;
const HELD_LOOKS = 3;

/**
 * Puppeteer is attached to each new worker, which waits until it says go. One that is told to end while it starts Chromium 156 starts again at
 * once, and now and then the word was the first one's: the second waits for good, answers nobody, and no event reaches it. Who attaches
 * later can say it too.
 *
 * @param {import('puppeteer-core').Browser} browser Until it ends.
 */
export async function letHeldWorkersGo(browser) {
  const session = await browser.target().createCDPSession();
  /** Of the workers that somebody is attached to, by Chromium's names: how often in a row that was seen. @type {Map<string, number>} */
  let attached = new Map();
  async function look() {
    const { targetInfos } = await session.send('Target.getTargets');
    const those = targetInfos.filter(({ type, attached: isAttached }) => type === 'service_worker' && isAttached);
    attached = new Map(those.map(({ targetId }) => [targetId, (attached.get(targetId) ?? 0) + 1]));
    for (const [targetId, looks] of attached) if (looks % HELD_LOOKS === 0) await letGo(session, targetId);
  }
  // The browser may end meanwhile, and the worker too.
  const timer = setInterval(() => void look().catch(() => {}), LOOK_AGAIN_MS);
  timer.unref();
  browser.once('disconnected', () => clearInterval(timer));
}

/**
 * @param {CDPSession} session of the browser
 * @param {string} targetId
 */
async function letGo(session, targetId) {
  const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: true });
  await session.connection()?.session(sessionId)?.send('Runtime.runIfWaitingForDebugger');
  await session.send('Target.detachFromTarget', { sessionId });
}
