import { type HistoryEventType, historyEventTypes } from '../../shared/catalogue/history-events.ts'
import { stepModes } from '../../shared/catalogue/kinds.ts'
import { searchPieces } from '../../shared/folded.ts'
import { currentLanguage, messageOf, t } from '../../shared/messages/messages.ts'
import { inBody, ofType } from './history-terms.ts'

/** What a record's sentence can be, and which records say it: those of a type, where `holds` is given with that in them. */
interface Sentence {
  readonly type: HistoryEventType
  readonly text: string
  readonly holds: string | null
}

const who = ''
const modes = stepModes

const say = (
  type: HistoryEventType,
  texts: readonly (string | null)[],
  holds: string | null = null
): readonly Sentence[] => texts.flatMap((text) => (text === null ? [] : [{ type, text, holds }]))

/** Sentences that are chosen by more than the type, as the window chooses them (`text/history-words.ts`). */
const chosen = (): readonly Sentence[] => [
  ...say('key-saved', [t('history.text.key-saved'), t('history.text.keyKeptOnce')]),
  ...say('asset-first-seen', [t('history.text.firstSeen')]),
  ...say('asset-status-changed', [t('history.text.ready', { kind: 'replica' })], 'ready'),
  ...say('asset-status-changed', [t('history.text.ready', { kind: 'video' })], 'ready'),
  ...say('asset-status-changed', [t('history.text.makingFailed', { kind: 'replica' })], 'failed'),
  ...say('asset-status-changed', [t('history.text.makingFailed', { kind: 'video' })], 'failed'),
  ...say('asset-status-changed', [t('history.text.started', { kind: 'replica' })], 'training'),
  ...say('asset-status-changed', [t('history.text.preview')], 'preview'),
  ...say('asset-renamed', [t('history.text.asset-renamed', { from: '' })]),
  ...say('asset-vanished', [t('history.text.vanished'), t('history.text.vanishedUnclear')]),
  ...say('creation-asked', [t('history.text.creationAsked')]),
  ...say('creation-answered', [t('history.text.trainingStarted')]),
  ...say('creation-failed', [t('history.text.notCreated')]),
  ...say('rename-asked', [t('history.text.rename-asked', { who, to: '' })]),
  ...say('rename-answered', [t('history.text.rename-answered', { from: '', to: '' })]),
  ...say('archive-saved', [t('history.text.archived')]),
  ...say('receipt-saved', [t('history.text.receiptSaved')]),
  ...say('asset-assigned', [
    t('history.text.assigned', { name: '' }),
    t('history.text.unassigned')
  ]),
  ...(['consent', 'retention'] as const).flatMap((why) =>
    say('person-due', [t('history.text.person-due', { why })], why)
  ),
  ...(['asset-noted', 'person-noted'] as const).flatMap((type) =>
    say(type, [t('history.text.noted', { note: '' }), t('history.text.noteRemoved')])
  ),
  ...(['asset-tagged', 'person-tagged'] as const).flatMap((type) =>
    say(type, [t('history.text.tagged', { tags: '' }), t('history.text.tagsRemoved')])
  ),
  ...say('deletion-scheduled', [t('history.text.scheduled', { count: 0 })]),
  ...say('deletion-held', [t('history.text.held', { count: 0 })]),
  ...modes.flatMap((mode) => [
    ...say('deletion-asked', [t('history.text.asked', { count: 0, mode })], mode),
    ...say('deletion-tried', [t('history.text.sending', { mode })], mode),
    ...say('deletion-answered', [t('history.text.answered', { who, mode })], mode)
  ]),
  ...say('deletion-paused', [t('history.text.paused', { count: 0 })]),
  ...say('deletion-resumed', [t('history.text.resumed', { count: 0 })]),
  ...say('deletion-not-sent', [t('history.text.notSent')]),
  ...say('deletion-rate-limited', [t('history.text.rateLimited', { who })]),
  ...say('deletion-accepted', [t('history.text.accepted', { who })]),
  ...say('deletion-failed', [t('history.text.notDeleted')]),
  ...say('deletion-unclear', [t('history.text.unknownOutcome', { lost: '' })]),
  ...say('deletion-read-back', [t('history.checked.gone')], 'gone'),
  ...say('deletion-read-back', [t('history.checked.notDeleted')], 'refused'),
  ...say('deletion-read-back', [t('history.checked.unclear')], 'unclear'),
  ...say('deletion-canceled', [t('history.text.undone', { count: 0 }), t('history.text.blocked')]),
  ...(['gone', 'says-deleted', 'still-there', 'reachable', 'unreachable'] as const).flatMap(
    (result) =>
      say(
        'deletion-checked',
        [t('history.text.rechecked', { result: t(`checks.result.${result}`) })],
        result
      )
  ),
  ...say('deletion-drifted', [t('history.text.drifted')])
]

/** What people call what these say: "deleted", "erased", "removed". */
const synonyms = (): readonly Sentence[] =>
  (['deletion-answered', 'deletion-accepted', 'deletion-read-back'] as const).flatMap((type) =>
    say(type, [t('history.search.deletion')])
  )

/** The rest say one sentence each, named by their type. */
const plain = (): readonly Sentence[] =>
  historyEventTypes.flatMap((type) => say(type, [messageOf(`history.text.${type}`)]))

interface Indexed extends Sentence {
  readonly words: readonly string[]
}

let prepared: { readonly language: string; readonly sentences: readonly Indexed[] } | null = null

const sentencesIn = (language: string): readonly Indexed[] => {
  if (prepared?.language !== language) {
    const sentences = [...plain(), ...chosen(), ...synonyms()].map((sentence) => ({
      ...sentence,
      words: searchPieces(sentence.text)
    }))
    prepared = { language, sentences }
  }
  return prepared.sentences
}

/** Shorter ones begin a word of nearly every sentence, so they are taken whole: "by", "no". */
const shortestBeginning = 3
const shortest = 2

const isSaid = (said: string, word: string): boolean =>
  word.length < shortestBeginning ? said === word : said.startsWith(word)

/** Records of a type that say a word, and what finds them in the text index. */
interface Saying extends Pick<Sentence, 'type' | 'holds'> {
  readonly query: string
}

/**
 * What finds the records whose sentence, in the language that is spoken now, has a word that begins so, or is so short a
 * word. The index keeps no sentence: another language needs no other index.
 */
export const saying = (word: string): readonly Saying[] => {
  const language = currentLanguage()
  if (language === null || word.length < shortest) return []
  const found = new Map<string, Saying>()
  for (const { words, type, holds } of sentencesIn(language)) {
    if (!words.some((said) => isSaid(said, word))) continue
    const query = holds === null ? ofType(type) : `(${ofType(type)} AND ${inBody(holds)})`
    found.set(query, { type, holds, query })
  }
  return [...found.values()]
}
