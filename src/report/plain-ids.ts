import { nameId } from './name-things.ts';

/** Sentences with Azure's long ids by name: `/subscriptions/…/resourceGroups/rg-app` in backticks as resource group rg-app. */
export const plainIds = (text: string): string => text.replace(/`(\/[^`]+)`/g, (_, id: string) => nameId(id));
