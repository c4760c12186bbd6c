import { heldAccess } from './app/held-access.ts';
import { scanCoverage } from './app/judge-strangers.ts';
import { proposePolicy } from './app/propose-policy.ts';
import { parsePolicy } from './core/parse-policy.ts';
import type { Policy } from './core/policy.ts';
import type { Proposal } from './core/proposal.ts';
import type { Coverage } from './core/report.ts';
import type { CheckOptions } from './options.ts';
import { renderProposal } from './report/render-proposal.ts';
import { type RunContext, readOpen } from './run-check.ts';
import { type ScannedTenant, scanTenant } from './run-scan.ts';

/** A policy file to be written: its name without folder, and its text. */
export interface ProposedFile {
  readonly name: string;
  readonly text: string;
  readonly displayName: string | null;
}

/** What `init --from-tenant` found to write, and what it could not read. */
export interface TenantProposals {
  readonly scanned: ScannedTenant;
  readonly files: readonly ProposedFile[];
  readonly gaps: readonly Coverage[];
}

/** The policy that a proposal is the text of. Throws where it is none: that is a mistake of ours. */
const parseProposal = (proposal: Proposal, asOf: Date): Policy => {
  const parsed = parsePolicy(`${proposal.name}.yaml`, renderProposal(proposal), {
    ruleIds: null,
    productIds: null,
    asOf,
  });
  if (parsed.ok) return parsed.value;
  throw new Error(`the proposed policy is not valid: ${parsed.error.map(({ message }) => message).join('; ')}`);
};

/** Reads whom no policy names, and what each of them holds, as policy files that say exactly that. */
export const proposeFromTenant = async (options: CheckOptions, context: RunContext): Promise<TenantProposals> => {
  const scanned = await scanTenant(options, context);
  const { files, tenant, live, products, unmanaged } = scanned;
  const shared = {
    date: options.asOf.toISOString().slice(0, 10),
    tenant: files.config.tenants.length > 1 ? (tenant?.name ?? null) : null,
    products,
  };
  // Without access first: the same reader that will check the policy tells what belongs into it.
  const bare = unmanaged.map((one) => ({ one, policy: parseProposal(proposePolicy(one, null, shared), options.asOf) }));
  const policies = bare.map(({ policy }) => policy);
  const snapshot = policies.length === 0 ? null : await readOpen(live, { files, tenant, policies }, options, context);
  return {
    scanned,
    files: bare.map(({ one, policy }) => {
      const proposal = proposePolicy(one, snapshot === null ? null : heldAccess(policy, snapshot), shared);
      parseProposal(proposal, options.asOf);
      return { name: `${proposal.name}.yaml`, text: renderProposal(proposal), displayName: proposal.displayName };
    }),
    gaps: scanCoverage(scanned.reads).filter(({ state }) => state === 'gap'),
  };
};
