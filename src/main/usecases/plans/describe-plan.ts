import { createHash } from 'node:crypto'
import type { DeletionPlan } from '../../../shared/domain/plan.ts'
import { redact } from '../../../shared/redact.ts'
import type { PlanFacts } from '../../ports/provider.ts'

const said = (text: string | null): string | null => (text === null ? null : redact(text))

const withoutSecrets = (plan: DeletionPlan) => {
  const { token: _token, expiresAt: _expiresAt, ...shown } = plan
  return {
    ...shown,
    title: redact(plan.title),
    steps: plan.steps.map((step) => ({
      ...step,
      name: redact(step.name),
      statusRaw: said(step.statusRaw),
      cautions: step.cautions.map((caution) => ({
        ...caution,
        evidence: caution.evidence.map((one) => ({ ...one, name: said(one.name) }))
      }))
    })),
    survives: plan.survives.map((one) => ({ ...one, name: said(one.name) }))
  }
}

export const digestOfFacts = (facts: PlanFacts): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex')

/** A plan as a file: everything that is shown of it, and a digest of what it was made of, but nothing to run it with. */
export const describePlan = (plan: DeletionPlan, facts: PlanFacts): string =>
  `${JSON.stringify(
    {
      format: 'replica-desk-plan',
      version: 1,
      ...withoutSecrets(plan),
      factsSha256: digestOfFacts(facts)
    },
    null,
    2
  )}\n`
