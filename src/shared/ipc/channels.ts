import type { RequestName } from './contract.ts'
import type { EventName } from './events.ts'

type AllOf<Names extends string, List extends readonly Names[]> =
  Exclude<Names, List[number]> extends never ? List : never

const allRequests = <const List extends readonly RequestName[]>(list: AllOf<RequestName, List>) =>
  list
const allEvents = <const List extends readonly EventName[]>(list: AllOf<EventName, List>) => list

/** The bare request names for the preload, which holds no schemas. A missing or unknown name does not compile. */
export const requestNames = allRequests([
  'app:bootstrap',
  'account:save',
  'account:check',
  'account:remove',
  'account:exploreSample',
  'key:forget',
  'key:deleteUnused',
  'asset:list',
  'asset:place',
  'asset:get',
  'asset:count',
  'asset:rename',
  'asset:copyLink',
  'asset:startDrag',
  'library:refresh',
  'library:stop',
  'plan:make',
  'plan:choose',
  'plan:local',
  'plan:export',
  'plan:archive',
  'deletion:start',
  'batch:list',
  'batch:past',
  'batch:items',
  'batch:undo',
  'batch:pause',
  'batch:resume',
  'batch:cancel',
  'batch:retry',
  'batch:dismiss',
  'asset:deletions',
  'asset:pin',
  'asset:openPage',
  'asset:add',
  'receipt:save',
  'receipt:verify',
  'receiptKey:get',
  'receiptKey:renew',
  'person:list',
  'person:save',
  'person:remove',
  'person:assign',
  'draft:add',
  'draft:again',
  'draft:reopen',
  'draft:update',
  'draft:mendLink',
  'draft:discard',
  'draft:create',
  'video:check',
  'video:preview',
  'bucket:list',
  'bucket:save',
  'bucket:remove',
  'history:list',
  'history:timeline',
  'news:take',
  'history:check',
  'history:acceptEnd',
  'history:export',
  'history:clear',
  'keychain:stopWaiting',
  'settings:update',
  'settings:chooseExportFolder',
  'diagnostics:save',
  'link:open',
  'data:reveal',
  'data:restore'
])

/** The bare event names, likewise. */
export const eventNames = allEvents([
  'account:changed',
  'library:changed',
  'sync:changed',
  'draft:changed',
  'batch:changed',
  'bucket:changed',
  'person:changed',
  'history:appended',
  'health:changed',
  'settings:changed',
  'asset:opened',
  'command:chosen'
])
