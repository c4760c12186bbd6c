/** Version of the knowledge: the day up to which its sources were read. Reports show it. */
export const knowledgeVersion = '2026-11-22';
