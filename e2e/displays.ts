/** The virtual screens that `npm test` made for tests that run side by side, as environments; none on a real desktop. */
export const ownDisplays = (): readonly Readonly<Record<string, string>>[] =>
  JSON.parse(process.env['REPLICA_DESK_DISPLAYS'] ?? '[]')
