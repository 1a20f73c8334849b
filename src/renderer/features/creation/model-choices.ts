/** The same as `knownModels` of the domain, which cannot be imported here without its schemas; a test holds them together. */
export const modelChoices = ['phoenix-4', 'phoenix-3', 'phoenix-4.5'] as const
