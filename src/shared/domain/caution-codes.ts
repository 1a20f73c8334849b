/**
 * Reasons to hold back, put into words by `renderer/text`.
 *
 * Ours: `read-only-account`, `pinned`, `still-unclear`, `already-asked`, `not-gone-yet`. Tavus: `stock-replica`, `stock-voice`, `stock-persona`, `training-running`,
 * `failed-recently` (reference/tavus.md 4), `active-conversation`, `voice-in-use` and `perhaps-not-its-voice` (3.5),
 * `pal-in-use` and `no-new-face` (3.4, 3.6). Replicate (reference/replicate.md 2.2):
 * `not-owner` R1, `not-private` R2, `versions-left` R3, `others-ran-it` R4, `base-of-training` R5, `deployed` R6,
 * `overridden` R7, `name-stays-taken` 2.3.
 *
 * Apart from the schemas, which the window does without.
 */
export const cautionCodes = [
  'read-only-account',
  'pinned',
  'still-unclear',
  'already-asked',
  'not-gone-yet',
  'stock-replica',
  'training-running',
  'failed-recently',
  'active-conversation',
  'stock-voice',
  'stock-persona',
  'voice-in-use',
  'perhaps-not-its-voice',
  'pal-in-use',
  'no-new-face',
  'perhaps-not-its-page',
  'not-owner',
  'not-private',
  'versions-left',
  'others-ran-it',
  'base-of-training',
  'deployed',
  'overridden',
  'name-stays-taken'
] as const
