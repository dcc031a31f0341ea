// Proves the daily chart against days that are known: its bars are the table's numbers, its address its state, all of it by keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../drive/condition.js';
import { begin, drawn, end, open, page, screen, stage, today } from './day-chart-page.js';

const FIGURES = ['domains', 'requests', 'visits', 'sites'];

before(begin);
after(end);

/**
 * The rows of the table in the order of the bars, by one figure.
 * @param {Awaited<ReturnType<typeof screen>>} shown
 * @param {string} figure
 */
function tableOf({ rows }, figure) {
  return rows.map((row) => [row.day, row.figures[figure]]).reverse();
}

/** @param {Awaited<ReturnType<typeof screen>>} shown */
function barsOf({ bars }) {
  return bars.map(({ day, value }) => [day, value]);
}

/**
 * What is said of a day, by its row of the table.
 * @param {Awaited<ReturnType<typeof screen>>} shown
 * @param {number} day
 */
function wordsOf({ rows }, day) {
  const row = rows.find((one) => one.day === day);
  const nouns = { domains: 'third-party domain', requests: 'request', visits: 'visit', sites: 'site' };
  const counts = Object.entries(nouns).map(([name, noun]) => {
    const count = row?.figures[name];
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
  });
  const end = row?.isIncomplete ? String.raw` · \d+ visits? \w+ an incomplete count: .*` : '';
  return new RegExp(`^\\w+, \\w+ \\d+, \\d+ · ${counts.join(' · ')}${end}$`);
}

test('every_bar_is_the_number_that_the_table_of_days_has_and_as_long', async () => {
  await open('?view=days');
  for (const figure of FIGURES) {
    await page.select('[data-testid="figure"]', figure);
    const shown = await until(figure, async () => {
      const now = await screen();
      return now.shown === figure && now.bars.length > 0 ? now : null;
    });
    assert.deepEqual(barsOf(shown), tableOf(shown, figure), figure);
    const [longest] = [...shown.bars].sort((one, other) => other.value - one.value);
    assert.ok(longest && longest.height > 100);
    for (const { value, height } of shown.bars) {
      assert.ok(Math.abs(height - (longest.height * value) / longest.value) < 0.1, `${figure}: ${value}, ${height}`);
    }
  }
  assert.deepEqual(barsOf(await screen()), [
    [today - 40, 1],
    [today - 4, 1],
    [today - 3, 3],
    [today - 1, 1],
    [today, 4],
  ]);
});

test('a_day_without_anything_is_a_gap_at_its_true_place_in_the_chosen_period', async () => {
  await open('?period=7');
  const { bars } = await screen();
  assert.deepEqual(
    bars.map(({ day, value }) => [day - today, value]),
    [
      [-4, 0],
      [-3, 5],
      [-1, 2],
      [0, 5],
    ],
  );
  const [first, ...others] = bars;
  assert.ok(first);
  const room = ((others.at(-1)?.x ?? 0) - first.x) / 4;
  for (const { day, x } of others) assert.ok(Math.abs(x - first.x - room * (day - first.day)) < 0.1);
  // Two days of the period lie before the first bar.
  assert.ok(first.x > 2 * room);
});

test('what_is_shown_is_part_of_the_address_and_a_reload_shows_the_same', async () => {
  await open('?view=days');
  await page.select('[data-testid="figure"]', 'requests');
  const chosen = await until('requests', async () => {
    const now = await screen();
    return now.shown === 'requests' ? now : null;
  });
  assert.match(chosen.search, /figure=requests/);
  assert.match(chosen.title, /^Requests by day$/);
  await stage.driver.reload(page);
  await drawn();
  const again = await screen();
  assert.deepEqual([again.bars, again.title, again.search], [chosen.bars, chosen.title, chosen.search]);
  await page.evaluate(() => history.back());
  await until('the figure before', async () => (await screen()).shown === 'domains');
});

test('the_chart_is_one_stop_of_the_tab_key_and_its_keys_say_each_bar_and_lead_to_its_day', async () => {
  await open('?view=days');
  await page.focus('[data-testid="figure"]');
  await page.keyboard.press('Tab');
  const shown = await screen();
  const { isSliderFocused, said, readout } = shown;
  assert.ok(isSliderFocused);
  assert.match(said, wordsOf(shown, today));
  assert.equal(readout, said);
  await page.keyboard.press('ArrowLeft');
  assert.match((await screen()).said, / · 2 third-party domains · 4 requests · 1 visit · 1 site$/);
  assert.match((await screen()).said, wordsOf(shown, today - 1));
  await page.keyboard.press('Home');
  assert.match((await screen()).said, / · 3 third-party domains · 4 requests · 1 visit · 1 site$/);
  await page.keyboard.press('End');
  assert.equal((await screen()).said, said);
  await page.keyboard.press('PageDown');
  await page.keyboard.press('ArrowRight');
  const { rows } = await screen();
  await page.keyboard.press('Enter');
  const led = await until('the day', async () => {
    const { search } = await screen();
    return search.includes('from=') ? search : null;
  });
  assert.equal(led, rows.find(({ day }) => day === today - 4)?.address);
  await until('the totals of the day', () =>
    page.evaluate(() => document.querySelector('[data-testid="total-visits"]')?.getAttribute('data-value') === '1'),
  );
  // Of one day its totals say all.
  assert.ok((await screen()).isHidden);
});

test('the_tab_key_goes_on_behind_the_chart', async () => {
  await open('?view=days');
  await page.focus('[data-testid="day-slider"]');
  await page.keyboard.press('Tab');
  const next = await page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
  assert.equal(next, 'picture-svg');
});

test('a_bar_that_is_pointed_at_is_said_and_a_click_leads_to_its_day', async () => {
  await open('?view=days');
  const shown = await screen();
  const { bars, rows } = shown;
  const bar = bars[2];
  assert.ok(bar);
  const at = await page.evaluate(
    (x) => {
      const plot = document.querySelector('.day-plot');
      plot?.scrollIntoView({ block: 'center' });
      const { left = 0, top = 0 } = plot?.getBoundingClientRect() ?? {};
      return { x: left + x, y: top + 100 };
    },
    bar.x + bar.width / 2,
  );
  await page.mouse.move(at.x, at.y);
  assert.match((await screen()).readout, wordsOf(shown, today - 3));
  await page.mouse.click(at.x, at.y);
  const led = await until('the day', async () => {
    const { search } = await screen();
    return search.includes('from=') ? search : null;
  });
  assert.equal(led, rows.find(({ day }) => day === today - 3)?.address);
});

test('days_whose_visits_may_be_incomplete_are_marked_as_in_the_table', async () => {
  await open('?view=days');
  const { marks, rows } = await screen();
  assert.deepEqual(marks, [today - 3, today]);
  assert.deepEqual(
    rows.filter(({ isIncomplete }) => isIncomplete).map(({ day }) => day),
    [today, today - 3],
  );
});

test('the_chart_is_described_by_its_numbers', async () => {
  await open('');
  const { summary, readout } = await screen();
  assert.match(summary, /^Third-party domains by day\. At most 5 third-party domains, on \w+, \w+ \d+, \d+; /);
  assert.ok(summary.endsWith(`3 a day on average, over 5 days with something.`), summary);
  assert.ok(summary.endsWith(readout));
});

test('where_days_have_no_room_bars_are_weeks_and_say_so', async () => {
  const [from, to] = [today - 700, today].map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
  await open(`?view=days&figure=requests&from=${from}&to=${to}`);
  const sums = await screen();
  assert.deepEqual([sums.title, sums.barText], ['Requests by week', 'Each bar is a week: the sum of its days.']);
  const total = sums.bars.reduce((sum, { value }) => sum + value, 0);
  assert.equal(
    total,
    sums.rows.reduce((sum, { figures }) => sum + (figures['requests'] ?? 0), 0),
  );
  await open(`?view=days&from=${from}&to=${to}`);
  const means = await screen();
  assert.match(means.barText, /^Each bar is a week: the mean/);
  const [first] = means.bars;
  assert.ok(first && first.day <= today - 40 && first.value === 3);
  assert.ok(means.bars.every(({ value }) => value <= 5));
});

test('the_page_of_a_site_and_of_a_third_party_have_their_days', async () => {
  await open('?view=site&name=news-site.test');
  const site = await screen();
  assert.deepEqual(barsOf(site), [
    [today - 3, 2],
    [today - 1, 2],
    [today, 2],
  ]);
  assert.deepEqual(barsOf(site), tableOf(site, 'domains'));
  assert.match(site.rows[0]?.address ?? '', /view=site&name=news-site\.test.*from=/);
  await open('?view=third-party&name=ads-third.test&figure=requests');
  const thirdParty = await screen();
  assert.deepEqual(barsOf(thirdParty), [
    [today - 40, 1],
    [today - 3, 4],
    [today - 1, 3],
    [today, 4],
  ]);
  assert.deepEqual(barsOf(thirdParty), tableOf(thirdParty, 'requests'));
});

test('the_chart_of_the_overview_leads_to_the_table_of_its_days', async () => {
  await open('?period=30');
  const address = await page.evaluate(() =>
    document.querySelector('[data-testid="chart-table"]')?.getAttribute('href'),
  );
  assert.deepEqual(Object.fromEntries(new URLSearchParams(address ?? '')), { period: '30', view: 'days' });
});

test('who_goes_to_a_day_by_the_keyboard_is_not_lost_where_that_day_has_no_chart', async () => {
  await open('');
  await page.focus('[data-testid="day-slider"]');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await until('the day, and the heading to have the focus', () =>
    page.evaluate(() => location.search.includes('from=') && document.activeElement?.id === 'title'),
  );
});
