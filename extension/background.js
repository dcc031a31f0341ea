// Owns the background: what is listened to, what counts, what stores, wired in the first turn.

import { AccessWatch } from './access-watch.js';
import { wakeTimings } from './wake-timings.js';
import { clearUnavailable, drawBadges, drawUnavailable, prepareBadge } from './badge.js';
import { api } from './browser.js';
import { ChangedBroadcast } from './changed-broadcast.js';
import { ClosingDays } from './closing-days.js';
import { CommitClock } from './commit-clock.js';
import { newCounterModule } from './counter-instance.js';
import { Counting } from './counting.js';
import { days } from './days-instance.js';
import { listen } from './events.js';
import { dispatch, isOwnPage } from './messages.js';
import { OpenTabs } from './open-tabs.js';
import { PrivateTabs } from './private-tabs.js';
import { Problems } from './problems.js';
import { RecentUrls } from './recent-urls.js';
import { newSession, noteStarting, readSession } from './session.js';
import { Store } from './store.js';
import { Throttle } from './throttle.js';
import { UnstoredTabs } from './unstored-tabs.js';

/** Often enough for the eye; each drawing costs the browser more than a hundred requests cost here. */
const BADGE_INTERVAL_MS = 250;

const now = () => Date.now();
const store = new Store(days);
// The slowest part of a wake: it runs while the core is decoded.
store.open();
const session = readSession();
const urls = new RecentUrls();
const privateTabs = new PrivateTabs();
const broadcast = new ChangedBroadcast();
const problems = new Problems(now, () => broadcast.changed());
const badges = new Throttle(() => drawBadges(counting.badges()), BADGE_INTERVAL_MS);
const clock = new CommitClock(
  (options) => counting.commit(options),
  () => performance.now(),
);

const closingDays = new ClosingDays({ store, ...days, onChange: () => broadcast.changed() });

const counting = new Counting({
  newCounterModule: () => {
    const module = newCounterModule();
    wakeTimings.coreReadyMs ||= performance.now();
    return module;
  },
  store,
  session,
  newSession,
  urls,
  privateTabs,
  unstoredTabs: new UnstoredTabs(),
  closingDays,
  problems,
  now,
  onChange: () => {
    clock.changed();
    badges.request();
    broadcast.changed();
  },
  onRestored: (isNew) => {
    wakeTimings.restoredMs ||= performance.now();
    if (isNew) prepareBadge();
    void clearUnavailable();
    // Also where the background only slept: it may have been killed before it stored that a page began. The core knows the
    // documents that it knows.
    void openTabs.adopt();
    void accessWatch.tell();
  },
  onUp: () => noteStarting(false),
  onUnavailable: () => {
    void drawUnavailable();
    broadcast.changed();
  },
});
const openTabs = new OpenTabs(counting, privateTabs);
const accessWatch = new AccessWatch(counting, problems, now);

listen({ counting, privateTabs, openTabs, onLastMoment: () => void clock.flush() });
accessWatch.listen();

api.runtime.onMessage.addListener((message, sender, sendReply) => {
  if (!isOwnPage(sender)) return false;
  broadcast.pageAsked();
  void dispatch({ counting, openTabs, clock, urls, problems, wakeTimings }, message).then(sendReply);
  // The reply comes later.
  return true;
});

counting.start();
