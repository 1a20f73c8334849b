/**
 * Why a new version could not be looked for, downloaded or installed.
 *
 * - `server`: it answered, but not with what was asked for. `redirect`: it names another place, which is not followed.
 * - `cut-off`: the answer ended early. `too-large`: it was longer than it may be.
 * - `unsigned`, `wrong-signature`: what says which version is new does not come from whoever holds the release key.
 * - `unreadable`: signed, and still not what this app reads, or meant for another system.
 * - `wrong-hash`: the download is not the file that was signed for; it was deleted.
 * - `no-file`: the release has no download for this system.
 * - `not-installed`: the new version did not take the place of this one.
 */
export const updateTroubles = [
  'offline',
  'insecure',
  'timed-out',
  'server',
  'redirect',
  'cut-off',
  'too-large',
  'unsigned',
  'wrong-signature',
  'unreadable',
  'wrong-hash',
  'no-file',
  'disk-full',
  'no-access',
  'not-installed'
] as const
export type UpdateTrouble = (typeof updateTroubles)[number]

/** What must be over before the app looks for a new version, downloads or installs one. */
export const updateObstacles = ['deletion', 'upload', 'plan'] as const
export type UpdateObstacle = (typeof updateObstacles)[number]
