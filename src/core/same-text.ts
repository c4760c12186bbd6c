/** Are two texts one but for case? Ids and names of Microsoft and GitHub compare so. */
export const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
