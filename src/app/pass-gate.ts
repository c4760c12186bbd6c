import type { GateQuestion, GateVerdict } from '../core/gate.ts';
import type { Hash } from '../core/ports.ts';
import { judgeGate } from '../guard/gate.ts';
import { unreadable } from '../guard/refusals.ts';
import { type GatePorts, gatherEvidence } from './gather-evidence.ts';

/** May this job write, and what? Whatever can't be read closes the gate. */
export const passGate = async (
  question: GateQuestion,
  ports: GatePorts & { readonly hash: Hash },
): Promise<GateVerdict> => {
  const evidence = await gatherEvidence(question, ports);
  if (!evidence.ok) return { open: false, pull: null, refusals: [unreadable(evidence.error)] };
  return judgeGate(question, evidence.value, ports);
};
