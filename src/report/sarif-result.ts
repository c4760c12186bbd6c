import type { Finding } from '../core/finding.ts';
import { isNowhere } from '../core/nowhere.ts';
import { nameId, where } from './name-things.ts';
import { sarifPlace, sarifSentence, sarifText } from './sarif-place.ts';
import { sarifLevel } from './sarif-rules.ts';

/** Code scanning takes no result without a file: the one in which a policy would be. */
const proposedPlace = ({ evidence }: Finding) => {
  const file = evidence['proposedFile'];
  return sarifPlace({
    file: typeof file === 'string' && file !== '' ? file : 'policies',
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
  });
};

/** One finding; what the plan doesn't grant is a note, what was accepted carries its suppression. */
export const sarifResult = (finding: Finding, ruleIndex: number) => {
  const { rule, severity, confidence, subject, api, scope, message, help, place, exception, stands } = finding;
  const title = `${nameId(subject)}${where(api, scope)}: ${message}`;
  return {
    ruleId: rule,
    ruleIndex,
    level: stands || exception !== null ? sarifLevel[severity] : 'note',
    message: { text: sarifText(`${sarifSentence(title)} ${sarifSentence(help)}`) },
    locations: [isNowhere(place) ? proposedPlace(finding) : sarifPlace(place)],
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
      policy: finding.policy === '' ? null : finding.policy,
      side: finding.side,
      stands,
    },
  };
};
