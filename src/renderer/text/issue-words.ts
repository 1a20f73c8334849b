import type { AppError, FieldIssue } from '../../shared/errors.ts'
import { capital } from './capital.ts'

const reasons: Readonly<Record<string, string>> = {
  missing: 'This is needed.',
  empty: 'This is needed.',
  'bad-name': 'This cannot be a name: too long, empty, or with hidden characters in it.',
  'bad-model': 'This cannot be the name of a model.',
  required: 'This is needed.',
  'no-name': 'Enter a name.',
  'no-model': 'Enter the name or address of a model.',
  'too-short': 'Use at least 2 characters.',
  'not-a-link': 'This is not an address. One begins with https://.',
  'not-https':
    'The address must begin with https://. Only this computer may be reached by http://.',
  'has-user-info': 'The address must not hold a user name or password.',
  'has-path': 'The address ends after the host; take away what follows it.',
  'has-query': 'The address ends after the host; take away what follows it.',
  'bad-host': 'There is no such host.',
  'unusual-port': 'No API answers at this port.',
  'hidden-characters': 'There are hidden characters in it.',
  'bearer-prefix': 'Paste the key alone, without the word in front of it.',
  'other-provider': 'This looks like a key of another service.',
  'not-r8': 'A token of Replicate begins with r8_.',
  'needed-for-new-address': 'The address is another one, so the key has to be given again.',
  'draft-damaged': 'Part of this draft could not be read. Check every field before you send it.',
  'used-by-other-account':
    'Another account already uses this key at this address. Two would show and delete the same things twice.',
  'too-long': 'This is too long.',
  'too-large': 'This is too much at once.',
  whitespace: 'There is a space or a line break inside.',
  'inner-whitespace': 'There is a space or a line break inside.',
  'control-characters': 'There are hidden characters in it.',
  'not-ascii': 'There are characters in it that a key cannot have.',
  'non-ascii': 'There are characters in it that a key cannot have.',
  'unusable-link': 'This link cannot work. The reason stands beside it.',
  'give-again': 'Give the link again; its signature is never stored.',
  'already-asked': 'This was asked already. Wait for the answer.',
  'unknown-file': 'Drop a .url, .webloc, .txt or .csv file, or the link itself.',
  'binary-shortcut':
    'This shortcut is stored in a form that cannot be read here. Open it in the browser and drop the address.',
  'binary-file': 'There is no text in this file.',
  'bad-table': 'This table cannot be read: a quotation mark is not closed.',
  'nothing-in-file': 'There is no link in this file.',
  'too-many-rows': 'There are more than 200 rows. Divide the file and drop the parts.',
  'too-many-drafts': 'There are too many drafts. Create or discard some first.',
  'not-understood': 'The file says something here that is none of the choices.',
  'cut-short': 'This was too long and has been cut short.',
  'does-not-match': 'The name is not the same.',
  'not-a-name':
    'This names no model. A name looks like owner/name; an address like https://replicate.com/owner/name.',
  'not-replicate':
    'This address is not on replicate.com. Paste the address of a model, or its name as owner/name.',
  'site-page':
    'This page of replicate.com is not the page of a model. A model’s address looks like https://replicate.com/owner/name.',
  'deployment-page':
    'This is the page of a deployment. Paste the address of the model that it runs, or its name as owner/name.',
  'prediction-page':
    'This is the page of a prediction. Paste the address of the model that it was run with, or its name as owner/name.',
  'not-local': 'This folder is on another computer. Choose one on this computer.',
  'not-offered': 'The provider does not offer this.',
  'trains-nothing':
    'Nothing can be trained with this account: its provider does not offer that here.',
  'not-in-this-build': 'This build of the app does not have this provider.',
  blocked: 'Something stands in the way now that was not there when you confirmed.',
  stays: 'Something that has to go first is still there, so this was not sent.',
  pinned: 'It is pinned. Unpin it first if it may go.',
  twin: 'Another account with the same key already asks for this deletion. It is sent once.',
  'too-many': 'These are more than can be deleted in one go.',
  'refused-by-provider': 'The provider refused this.'
}

/** The refusal of a form that has no name in this field, before anybody was asked. */
export const missing = (field: string): AppError => ({
  kind: 'invalid-input',
  issues: [{ field, code: 'no-name', said: null }]
})

/** A reason we have no sentence for is still a reason; the code is better than silence. */
export const issueText = (issue: FieldIssue, who = 'the provider'): string => {
  if (issue.said !== null) return `${capital(who)}: “${issue.said}”`
  return reasons[issue.code] ?? `This cannot be used (${issue.code}).`
}

/** What stands under a field, or null if nothing is wrong with it. */
export const issueFor = (
  issues: readonly FieldIssue[],
  ...fields: readonly string[]
): string | null => {
  const issue = issues.find((candidate) => fields.includes(candidate.field))
  return issue === undefined ? null : issueText(issue)
}
