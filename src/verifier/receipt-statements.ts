import { inSeries, isLoopback, isOrigin, placeText, sampleMark } from './claims.ts'
import { ForgottenRecords } from './forgotten.ts'
import { fingerprintOf } from './keys.ts'
import { isVersion1, type Receipt, type ReceiptItem, type Witness } from './receipt-shape.ts'
import { cut } from './shown.ts'
import type { Finding, Options } from './verdict.ts'

const countedOutcomes = ({ items }: Receipt) => {
  const counts: Map<string, number> = new Map()
  for (const { answer } of items) {
    const outcome = answer?.outcome ?? 'without an answer'
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  }
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}

const mostNames = 8
const mostPlaces = 20

const deletionsWere = (count: number) =>
  count === 1 ? 'One deletion was' : `${count} deletions were`

const namesOf = (items: readonly ReceiptItem[]) => {
  const names = items.slice(0, mostNames).map(({ target }) => `“${cut(target.name || target.id)}”`)
  const more = items.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : inSeries(names)
}

/** Where the deletions went: only what the records say. */
const placesOf = ({ items, accounts }: Receipt): Finding[] => {
  const places: Map<string, { place: string; items: ReceiptItem[] }> = new Map()
  const providerOf = new Map(accounts.map(({ id, provider }) => [id, provider]))
  for (const item of items) {
    for (const { origin, provider } of item.requests) {
      const place = placeText(origin, provider ?? providerOf.get(item.target.accountId) ?? null)
      const there = places.get(place)
      if (there === undefined) places.set(place, { place, items: [item] })
      else if (there.items.at(-1) !== item) there.items.push(item)
    }
  }
  const unsent = items.filter(({ requests }) => requests.length === 0)
  const found = [...places.values()].slice(0, mostPlaces).map((there) => ({
    code: 'sent-to',
    text: `${deletionsWere(there.items.length)} sent to ${there.place}: ${namesOf(there.items)}.`
  }))
  if (places.size > mostPlaces) {
    found.push({
      code: 'sent-to',
      text: `${places.size - mostPlaces} more addresses are in the file.`
    })
  }
  if (unsent.length > 0) {
    found.push({
      code: 'never-sent',
      text: `${deletionsWere(unsent.length)} never sent: ${namesOf(unsent)}.`
    })
  }
  const perhaps = items.filter(({ requests }) => requests.some(({ left }) => left === 'unknown'))
  if (perhaps.length > 0) {
    found.push({
      code: 'perhaps-sent',
      text: `Whether each request left is not known, because no answer came: ${namesOf(perhaps)}.`
    })
  }
  const unrecorded = items.filter(({ requests }) => requests.some(({ origin }) => origin === null))
  if (unrecorded.length > 0) {
    found.push({
      code: 'address-not-recorded',
      text: 'Where it went was not recorded for requests of an earlier version of the app.'
    })
  }
  return found
}

const goodOfVersion2 = (receipt: Receipt): Finding[] => {
  const mark = sampleMark(receipt)
  return [
    ...(mark === null ? [] : [{ code: 'sample-data', text: mark }]),
    ...placesOf(receipt),
    {
      code: 'signers-statement',
      text: 'The plan and its title, what stays, what cannot be known and the files saved before are the statement of whoever signed; the records of the deletions do not show them.'
    }
  ]
}

/** What a receipt of version 1 cannot show. */
const goodOfVersion1 = ({ accounts }: Receipt): Finding[] => [
  { code: 'earlier-version', text: 'It has the format of an earlier version of the app (1).' },
  {
    code: 'address-not-recorded',
    text: 'Where it went was not recorded, nor whether this is sample data. The provider and the address it names are those of the account when the receipt was made.'
  },
  ...accounts.flatMap((account) => {
    const address = 'apiAddress' in account ? String(account.apiAddress) : ''
    return isOrigin(address) && isLoopback(new URL(address).hostname)
      ? [
          {
            code: 'address-on-this-computer',
            text: `When it was made, account “${cut(account.name)}” had the address ${address}, on this computer (loopback).`
          }
        ]
      : []
  }),
  {
    code: 'signers-statement',
    text: 'Provider, address, plan and title, what stays, what cannot be known and the files saved before are the statement of whoever signed; the records do not show them.'
  }
]

export const goodOf = (receipt: Receipt, { key, ownKey, against }: Options): Finding[] => {
  const { publicKey } = receipt.signature
  const fingerprint = fingerprintOf(publicKey)
  const isKnown = Boolean(key) || publicKey === ownKey
  const count = receipt.items.length
  const contents = new ForgottenRecords()
  for (const record of receipt.records) contents.take(record)
  const statements = isVersion1(receipt) ? goodOfVersion1(receipt) : goodOfVersion2(receipt)
  return [
    ...statements.filter(({ code }) => code === 'sample-data'),
    {
      code: 'signature-good',
      text: `The signature of key ${fingerprint} fits: nothing was changed after it was signed.`
    },
    {
      code: 'records-good',
      text: `${receipt.records.length - contents.count} records of the history carry their right hashes, and neighbours follow on one another.`
    },
    ...contents.findings(),
    {
      code: 'claims-good',
      text: `What it says of ${count === 1 ? 'one deletion is what its' : `${count} deletions is what their`} records say: ${countedOutcomes(receipt)}.`
    },
    ...statements.filter(({ code }) => code !== 'sample-data'),
    ...(against ? [agreesWith(against)] : []),
    isKnown
      ? { code: 'key-as-expected', text: 'The key is the one expected.' }
      : {
          code: 'key-to-compare',
          text: 'Whose key it is, the file cannot tell: compare the fingerprint with one you got in another way.'
        }
  ]
}

export const agreesWith = (against: Witness): Finding => ({
  code: 'receipt-agrees',
  text: `The records of the history that receipt ${against.id} holds too are the same in both.`
})
