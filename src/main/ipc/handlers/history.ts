import { ok } from '../../../shared/result.ts'
import type { Store } from '../../ports/store.ts'
import type { History } from '../../usecases/history.ts'
import type { NewsDesk } from '../../usecases/news.ts'
import type { Handlers } from '../dispatcher.ts'

export const historyHandlers = (
  store: Store,
  history: History,
  news: NewsDesk
): Pick<
  Handlers,
  | 'history:list'
  | 'history:timeline'
  | 'news:take'
  | 'history:check'
  | 'history:acceptEnd'
  | 'history:export'
  | 'history:clear'
> => ({
  'history:list': (query) => ok(store.read.history(query)),
  'history:timeline': (query) => ok(store.read.historyTimeline(query)),
  'news:take': () => ok(news.take()),
  'history:check': () => history.check(),
  'history:acceptEnd': async () => {
    const accepted = await history.acceptEnd()
    return accepted.ok ? ok({}) : accepted
  },
  'history:export': ({ format }) => history.exportTo(format),
  'history:clear': ({ headSeq }) => history.clear(headSeq)
})
