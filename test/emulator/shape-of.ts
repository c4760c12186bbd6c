/** Key paths of a body; the rows of a list count as one. */
export const shapeOf = (value: unknown, at = ''): string[] => {
  if (Array.isArray(value)) return value.length === 0 ? [`${at}[]`] : shapeOf(value[0], `${at}[]`);
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, inner]) => shapeOf(inner, `${at}/${key}`));
};
