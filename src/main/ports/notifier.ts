import type { AssetRef } from '../../shared/domain/asset.ts'

/** One desktop notification. `ref` is what a click shows; null: a click only brings the window to the front. */
export interface Notice {
  readonly title: string
  readonly body: string
  readonly ref: AssetRef | null
}

/** What the app tells outside its window. Says nothing where the desktop has no means for it; never fails. */
export interface Notifier {
  show(notice: Notice): void
  /** Share of the running work that is done, 0 to 1, beside the app's icon; null: nothing runs. */
  showProgress(share: number | null): void
}
