import type { FieldIssue } from '../../shared/errors.ts'
import { messageOf, t } from '../../shared/messages/messages.ts'

/** Codes that mean the same to a person. */
const sameAs: Readonly<Record<string, string>> = {
  missing: 'required',
  empty: 'required',
  'has-query': 'has-path',
  'inner-whitespace': 'whitespace',
  'control-characters': 'hidden-characters',
  'non-ascii': 'not-ascii'
}

/** A provider within a message; `none` picks the wording for one that is not known. */
export const whoValue = (who: string | null): { readonly who: string } => ({ who: who ?? 'none' })

/** A reason we have no sentence for is still a reason; the code is better than silence. */
export const issueText = ({ code, said }: FieldIssue, who: string | null = null): string => {
  if (said !== null) return t('issue.said', { ...whoValue(who), said })
  const [, encoding] = /^read-as:(.+)$/.exec(code) ?? []
  if (encoding !== undefined) return t('issue.readAs', { encoding })
  return messageOf(`issue.${sameAs[code] ?? code}`) ?? t('issue.unknown', { code })
}

/** What stands under a field, or null if nothing is wrong with it. */
export const issueFor = (
  issues: readonly FieldIssue[],
  ...fields: readonly string[]
): string | null => {
  const issue = issues.find((candidate) => fields.includes(candidate.field))
  return issue === undefined ? null : issueText(issue)
}
