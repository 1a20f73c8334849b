import type { AppError } from '../../shared/errors.ts'

/** The refusal of a form that has no name in this field, before anybody was asked. */
export const missing = (field: string): AppError => ({
  kind: 'invalid-input',
  issues: [{ field, code: 'no-name', said: null }]
})
