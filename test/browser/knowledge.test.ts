import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDemo, startDemoProcess } from './support/running-demo.ts';
import { openWindow, type Window } from './support/window.ts';

/** What a person asks on, what nobody could answer, and an expert who mends it; in one world, in order. */
describe('the articles, in Microsoft 365 Agents Playground', () => {
  let demo: RunningDemo;
  let anna: Window;
  let erik: Window;

  beforeAll(async () => {
    demo = await startDemoProcess(['Anna', 'Erik'], ['--port', '0']);
    anna = await openWindow(demo.urlFor('Anna'));
    erik = await openWindow(demo.urlFor('Erik'));
  });

  afterAll(async () => {
    await Promise.all([anna, erik].map((window) => window.close()));
    await demo.stop();
  });

  it('names a code alone, in any spelling', async () => {
    await erik.say('-2147098080');
    await erik.sees(/UnapprovedMailbox/);
    await erik.screenshot('k1-code');
  });

  it('answers what is asked on, from the article just shown', async () => {
    await erik.say('who can do it?');
    await erik.sees('Who can do it');
    await erik.say('and for on-premises?');
    await erik.sees('Dynamics 365 on-premises');
    await erik.screenshot('k2-follow-up');
  });

  it('takes a vote', async () => {
    await erik.press('Show the whole answer');
    await erik.press(/It solved it/);
    await erik.sees(/You said that it solved it/);
    await erik.screenshot('k3-vote');
  });

  it('gathers what it could not answer, for the administrator', async () => {
    await erik.say('Which colour has the sunset over Kebnekaise?');
    await erik.sees("I don't recognise this");
    await anna.say('unanswered');
    await anna.sees(/One kind of question has no article/);
    await anna.screenshot('k4-unanswered');
  });

  it('lets the administrator edit an article; everybody is answered by it at once', async () => {
    await anna.say('8005E220');
    await anna.sees(/UnapprovedMailbox/);
    await anna.page.getByText('Edit the article').last().click();
    await anna.sees(/Your draft/);
    await anna.page.getByText('Title, meaning, cause').last().click();
    const title = anna.page.getByLabel('Title, English').last();
    await title.fill('An address that nobody has approved yet');
    await anna.screenshot('k5-form');
    await anna.press('Save the draft');
    await anna.sees(/Saved. Nobody but you sees it/);
    await anna.press('Publish');
    await anna.sees(/Published as revision 1/);
    await anna.screenshot('k6-published');
    await erik.say('8005E220');
    await erik.sees('An address that nobody has approved yet');
    expect(await erik.page.getByText('Edit the article').count()).toBe(0);
    await anna.press('Go back to the release');
    await anna.sees(/Gone back, as revision 2/);
  });
});
