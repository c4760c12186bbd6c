/** Fails the whole run where the Node of the lock file is not the one that runs: the Action's runtime is Node 24. */
export const setup = (): void => {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 24)
    throw new Error(`tests need Node 24, this is ${process.version}: run them with \`npm test\` after \`npm ci\``);
};
