/** Options of Node.js by which other code runs before, or instead of, ours. */
const loads = /(^|[\s"'])(-r|--require|--import|--loader|--experimental-loader)(?=$|[\s="'])/;

/**
 * What in the environment would let something else than this program decide what is written, as a sentence without full
 * stop; `null`: nothing. An earlier step of a job can set it.
 */
export const unsafeEnvironment = (environment: NodeJS.ProcessEnv): string | null => {
  if (loads.test(environment['NODE_OPTIONS'] ?? ''))
    return '`NODE_OPTIONS` has other code loaded into this program, which writes to a tenant: take that out of the job';
  if ((environment['NODE_TLS_REJECT_UNAUTHORIZED'] ?? '') !== '')
    return '`NODE_TLS_REJECT_UNAUTHORIZED` says whom to believe to be Microsoft: take it out of the job, and trust a proxy by `NODE_EXTRA_CA_CERTS`';
  return null;
};
