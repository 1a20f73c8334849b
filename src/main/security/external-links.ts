import type { RequestInput } from '../../shared/ipc/contract.ts'

/** The only addresses that leave for the browser; the window sends a name, never an address (security E6). */
export const externalLinks: Readonly<Record<RequestInput<'link:open'>['linkId'], string>> = {
  'tavus-portal': 'https://maker.tavus.io/dev/faces',
  'tavus-keys': 'https://maker.tavus.io/dev/api-keys',
  'tavus-status': 'https://status.tavus.io/',
  'tavus-consent': 'https://docs.tavus.io/sections/troubleshooting/consent-statement',
  'tavus-training': 'https://docs.tavus.io/sections/replica/replica-training',
  'replicate-tokens': 'https://replicate.com/account/api-tokens',
  'replicate-status': 'https://www.replicatestatus.com/',
  'replicate-deletion': 'https://replicate.com/docs/topics/models/delete-a-model'
}
