/** Numbers and names that explain the value of a protection setting. */
export type SettingDetails = Readonly<Record<string, string | number | boolean | null>>;

/** One protection setting as a resource tells it. */
export interface ToldSetting {
  readonly setting: string;
  readonly value: string;
  readonly details: SettingDetails;
}
