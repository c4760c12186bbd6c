import type { Finding } from '../core/finding.ts';
import { nameId, where } from './name-things.ts';
import { sarifPlace, sarifSentence, sarifText } from './sarif-place.ts';
import { sarifLevel } from './sarif-rules.ts';

/** One finding; what the plan doesn't grant is a note, what was accepted carries its suppression. */
export const sarifResult = (finding: Finding, ruleIndex: number) => {
  const { rule, severity, confidence, subject, api, scope, message, help, place, exception, stands } = finding;
  const title = `${nameId(subject)}${where(api, scope)}: ${message}`;
  return {
    ruleId: rule,
    ruleIndex,
    level: stands || exception !== null ? sarifLevel[severity] : 'note',
    message: { text: sarifText(`${sarifSentence(title)} ${sarifSentence(help)}`) },
    locations: [sarifPlace(place)],
    partialFingerprints: { 'backupAccessGuard/v1': finding.fingerprint },
    ...(exception === null
      ? {}
      : {
          suppressions: [
            {
              kind: 'external',
              status: 'accepted',
              justification: sarifText(
                `${exception.reason} (approved by ${exception.approvedBy}, until ${exception.expires})`,
              ),
              location: sarifPlace(exception.place),
            },
          ],
        }),
    properties: {
      severity,
      confidence,
      identity: finding.identity,
      subject,
      api,
      scope,
      policy: finding.policy,
      side: finding.side,
      stands,
    },
  };
};
