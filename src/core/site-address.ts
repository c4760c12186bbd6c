/** The one spelling of a site's address that keys are made of: lower case, without a slash at its end. */
export const canonicalSite = (address: string): string => address.toLowerCase().replace(/\/+$/, '');

/** Is a protected scope the address of a site? */
export const isSiteAddress = (scope: string): boolean => /^https?:\/\//i.test(scope);

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    // A lone `%` stands for itself.
    return path;
  }
};

/**
 * Where Microsoft Graph keeps the site of an address: `/sites/{host}:/{path}`, the root site under its host alone
 * (source: get a site by path, Microsoft Graph).
 */
export const sitePath = (address: string): string => {
  const [host = '', ...path] = canonicalSite(address)
    .replace(/^https?:\/\//, '')
    .split('/');
  if (path.length === 0) return `/sites/${host}`;
  return `/sites/${host}:/${path.map((part) => encodeURIComponent(decoded(part))).join('/')}`;
};
