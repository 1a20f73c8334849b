import type { FieldIssue } from '../../shared/errors.ts'

const reasons: Readonly<Record<string, string>> = {
  required: 'This is needed.',
  empty: 'This is needed.',
  'too-long': 'This is too long.',
  'too-short': 'This is too short.',
  taken: 'Another account has this name.',
  whitespace: 'There is a space or a line break inside.',
  'has-whitespace': 'There is a space or a line break inside.',
  'control-characters': 'There are hidden characters in it.',
  'hidden-characters': 'There are hidden characters in it.',
  'not-ascii': 'There are characters in it that a key cannot have.',
  'non-ascii': 'There are characters in it that a key cannot have.',
  'looks-like-header': 'Paste the key alone, without the words around it.',
  bearer: 'Paste the key alone, without “Bearer”.',
  'wrong-provider': 'This looks like a key of another service.',
  'not-a-url': 'This is not an address.',
  'not-a-link': 'This is not a link.',
  'not-https': 'It has to begin with https://.',
  'has-user-info': 'There is a user name or password in it. Take it out.',
  'has-path': 'Only the address itself, without anything after it.',
  'has-query': 'Only the address itself, without anything after it.',
  'private-address': 'This address is inside a private network.',
  'bad-host': 'This is not the name of a host.',
  'unusual-port': 'The port is not the usual one.',
  'name-mismatch': 'The name is not the same.',
  unknown: 'This is not known here any more.',
  missing: 'This is needed.',
  invalid: 'This cannot be used.',
  'link-unusable': 'This link cannot work. The reason stands beside it.',
  'link-needed': 'Give the link again; its signature is never stored.',
  'provider-refused': 'Tavus refused this.',
  refused: 'Tavus refused this.'
}

/** A reason we have no sentence for is still a reason; the code is better than silence. */
export const issueText = (issue: FieldIssue): string => {
  if (issue.said !== null) return `Tavus: “${issue.said}”`
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
