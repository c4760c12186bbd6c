import { countDays, daysBetween } from '../core/duration.ts';
import { defineRule } from '../core/rule.ts';

/** See docs/rules/review-overdue.md */
export const reviewOverdue = defineRule({
  id: 'review-overdue',
  summary: 'The policy is past the day by which somebody wanted to review it',
  severity: 'low',
  confidence: 'certain',
  kinds: [],
  since: '0.1.0',
  *check({ policy: { policy }, now }) {
    const [first] = policy.identities;
    if (policy.reviewBy === null || first === undefined || policy.state === 'retired') return;
    // The day itself still counts.
    const days = daysBetween(new Date(policy.reviewBy), now);
    if (days < 1) return;
    yield {
      at: null,
      about: { identity: first.id, subject: 'reviewBy', place: policy.place },
      message: `policy \`${policy.name}\` was to be reviewed by ${policy.reviewBy}, ${countDays(days)} ago`,
      help: `go through it with \`${policy.owner}\`: does the product still need all of this? then set \`metadata.reviewBy\` to a new date`,
      evidence: { reviewBy: policy.reviewBy, days, owner: policy.owner },
    };
  },
});
