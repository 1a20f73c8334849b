import { type ProviderId, providers } from './providers.ts'

/**
 * What a plan changes and does not delete. `offline`: a public page is taken offline, which the provider can undo.
 * `repoint`: a PAL shows another face or speaks with another voice from then on.
 */
export const stepChanges = ['offline', 'repoint'] as const
export type StepChange = (typeof stepChanges)[number]

/** Everything that a step of a plan can do. */
export const stepModes = ['soft', 'permanent', ...stepChanges] as const

export const isStepChange = (mode: string | null): mode is StepChange =>
  stepChanges.some((change) => change === mode)

interface KindFacts {
  readonly provider: ProviderId
  /** The sign that stands for it. */
  readonly icon:
    | 'face'
    | 'film'
    | 'wave'
    | 'talk'
    | 'character'
    | 'box'
    | 'stack'
    | 'upload'
    | 'globe'
  /** The place that lists it; null: it is not kept in the library. */
  readonly place: string | null
  /** The kind that its `parentId` points at; null: it has none. */
  readonly parent: string | null
  readonly canBeRenamed: boolean
  /** The provider has some for everyone, which are looked at apart from one's own. */
  readonly hasStock: boolean
  /** Whether it can be deleted in a way that the provider may still undo, and for good. */
  readonly hasSoftDelete: boolean
  readonly hasPermanentDelete: boolean
  /** Its states (training, ready, failed) are worth a filter of their own. */
  readonly hasStates: boolean
  /** What forbids a deletion stands at the provider alone, so every plan asks there. */
  readonly isCheckedAtProvider: boolean
  /** The provider may be at its deletion for minutes. */
  readonly isDeletedSlowly: boolean
  /** Its page is shown to everybody, so a look without a key tells whether it is there. */
  readonly hasPublicPage: boolean
  /** The provider's website has a page for each one, where its visibility is set too. */
  readonly hasPageOfItsOwn: boolean
  /** What a plan can do with it in place of deleting it; null: nothing. */
  readonly change: StepChange | null
}

/**
 * Everything that a deletion can be aimed at, with what is known of it. Tavus: `replica` (lately also "face"), `video`,
 * `voice`, `persona` (lately "PAL"), `conversation` and `page`
 * (Tavus: deployment), a public page that shows a PAL; Replicate: `model`, `version`, and a `file` that was uploaded to train one.
 *
 * Sources: seeds/000-004; reference/tavus.md; https://replicate.com/docs/reference/http
 */
export const kinds = {
  replica: {
    provider: 'tavus',
    icon: 'face',
    place: 'replicas',
    parent: null,
    canBeRenamed: true,
    hasStock: true,
    hasSoftDelete: true,
    hasPermanentDelete: true,
    hasStates: true,
    isCheckedAtProvider: false,
    isDeletedSlowly: false,
    hasPublicPage: true,
    hasPageOfItsOwn: false,
    change: null
  },
  video: {
    provider: 'tavus',
    icon: 'film',
    place: 'videos',
    parent: 'replica',
    canBeRenamed: true,
    hasStock: false,
    hasSoftDelete: true,
    hasPermanentDelete: true,
    hasStates: true,
    isCheckedAtProvider: false,
    isDeletedSlowly: false,
    hasPublicPage: true,
    hasPageOfItsOwn: false,
    change: null
  },
  voice: {
    provider: 'tavus',
    icon: 'wave',
    place: 'voices',
    parent: null,
    canBeRenamed: false,
    hasStock: true,
    hasSoftDelete: false,
    hasPermanentDelete: true,
    hasStates: true,
    isCheckedAtProvider: true,
    isDeletedSlowly: false,
    hasPublicPage: false,
    hasPageOfItsOwn: false,
    change: null
  },
  persona: {
    provider: 'tavus',
    icon: 'character',
    place: 'pals',
    parent: 'replica',
    canBeRenamed: false,
    hasStock: true,
    hasSoftDelete: false,
    hasPermanentDelete: true,
    hasStates: false,
    isCheckedAtProvider: true,
    isDeletedSlowly: false,
    hasPublicPage: false,
    hasPageOfItsOwn: false,
    change: 'repoint'
  },
  conversation: {
    provider: 'tavus',
    icon: 'talk',
    place: 'conversations',
    parent: 'replica',
    canBeRenamed: false,
    hasStock: false,
    hasSoftDelete: true,
    hasPermanentDelete: true,
    hasStates: false,
    isCheckedAtProvider: false,
    isDeletedSlowly: false,
    hasPublicPage: true,
    hasPageOfItsOwn: false,
    change: null
  },
  model: {
    provider: 'replicate',
    icon: 'box',
    place: 'models',
    parent: null,
    canBeRenamed: false,
    hasStock: false,
    hasSoftDelete: false,
    hasPermanentDelete: true,
    hasStates: false,
    isCheckedAtProvider: true,
    isDeletedSlowly: true,
    hasPublicPage: false,
    hasPageOfItsOwn: true,
    change: null
  },
  version: {
    provider: 'replicate',
    icon: 'stack',
    place: 'versions',
    parent: 'model',
    canBeRenamed: false,
    hasStock: false,
    hasSoftDelete: false,
    hasPermanentDelete: true,
    hasStates: false,
    isCheckedAtProvider: true,
    isDeletedSlowly: true,
    hasPublicPage: false,
    hasPageOfItsOwn: true,
    change: null
  },
  file: {
    provider: 'replicate',
    icon: 'upload',
    place: null,
    parent: 'model',
    canBeRenamed: false,
    hasStock: false,
    hasSoftDelete: false,
    hasPermanentDelete: true,
    hasStates: false,
    isCheckedAtProvider: true,
    isDeletedSlowly: false,
    hasPublicPage: false,
    hasPageOfItsOwn: false,
    change: null
  },

  page: {
    provider: 'tavus',
    icon: 'globe',
    place: null,
    parent: 'persona',
    canBeRenamed: false,
    hasStock: false,
    hasSoftDelete: false,
    hasPermanentDelete: true,
    hasStates: false,
    isCheckedAtProvider: true,
    isDeletedSlowly: false,
    hasPublicPage: true,
    hasPageOfItsOwn: false,
    change: 'offline'
  }
} as const satisfies Readonly<Record<string, KindFacts>>

/** Everything a deletion can be aimed at. */
export type TargetKind = keyof typeof kinds

/** What can be owned and is kept in the library. */
export type AssetKind = {
  [Kind in TargetKind]: (typeof kinds)[Kind]['place'] extends string ? Kind : never
}[TargetKind]

/** What a provider keeps. */
export type KindAt<P extends ProviderId> = {
  [Kind in TargetKind]: (typeof kinds)[Kind]['provider'] extends P ? Kind : never
}[TargetKind]

/** The places that show a part of the library. */
export type LibraryPlace = (typeof kinds)[AssetKind]['place']

export const targetKinds = Object.keys(kinds) as readonly TargetKind[]

export const isTargetKind = (word: string): word is TargetKind => Object.hasOwn(kinds, word)

export const isAssetKind = (kind: TargetKind): kind is AssetKind => kinds[kind].place !== null

/** In the order that the window offers them. */
export const assetKinds: readonly AssetKind[] = targetKinds.filter(isAssetKind)

export const assetKindsOf = (provider: ProviderId): readonly AssetKind[] =>
  assetKinds.filter((kind) => kinds[kind].provider === provider)

/** What a place lists; null for the places that are not of the library. */
export const kindAt = (place: string): AssetKind | null =>
  assetKinds.find((kind) => kinds[kind].place === place) ?? null

export const isLibraryPlace = (place: string): place is LibraryPlace => kindAt(place) !== null

/** The kind that is made from things of a kind; null if none is. */
export const childKindOf = (kind: AssetKind): AssetKind | null =>
  assetKinds.find((child) => kinds[child].parent === kind) ?? null

/** Who keeps things of a kind. */
export const keeperName = (kind: TargetKind): string => providers[kinds[kind].provider].name
