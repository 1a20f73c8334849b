import { Button } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import {
  aboutLink,
  type ProviderId,
  providerName,
  statusLink
} from '../../../shared/catalogue/providers.ts'
import { useApp } from '../../state/use-app.ts'
import { providerWords } from '../../text/provider-words.ts'
import { holdText, megabytesText, secondsText } from '../../text/settings-words.ts'
import { words } from '../../text/words.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { Page } from '../../ui/page.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { ClearHistory } from './clear-history.tsx'
import classes from './settings-screen.module.css'

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={classes['section']}>
    <h2 className={classes['heading']}>{title}</h2>
    {children}
  </section>
)

const Row = ({
  label,
  hint,
  children
}: {
  readonly label: string
  readonly hint?: string
  readonly children: ReactNode
}) => (
  <div className={classes['setting']}>
    <div>
      <p>{label}</p>
      {hint !== undefined && <p className={classes['dim']}>{hint}</p>}
    </div>
    <div className={classes['control']}>{children}</div>
  </div>
)

const Appearance = () => {
  const settings = useApp((state) => state.settings)
  const updateSettings = useApp((state) => state.updateSettings)
  const text = words.settings
  return (
    <Section title={text.appearance}>
      <Row label={text.theme}>
        <FilterChips
          label={text.theme}
          value={settings.theme}
          choices={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: text.themes[value]
          }))}
          onChange={(theme) => void updateSettings({ theme })}
        />
      </Row>
      <Row label={text.view}>
        <FilterChips
          label={text.view}
          value={settings.libraryView}
          choices={(['grid', 'list'] as const).map((value) => ({
            value,
            label: text.views[value]
          }))}
          onChange={(libraryView) => void updateSettings({ libraryView })}
        />
      </Row>
    </Section>
  )
}

/** The usual steps, and the present value if it is none of them. */
const withPresent = (steps: readonly number[], present: number): readonly number[] =>
  steps.includes(present) ? steps : [...steps, present].sort((a, b) => a - b)

interface StepsProps {
  readonly label: string
  readonly steps: readonly number[]
  readonly value: number
  readonly toText: (value: number) => string
  readonly onChange: (value: number) => void
}

const Steps = ({ label, steps, value, toText, onChange }: StepsProps) => (
  <PillSelect
    label={label}
    value={String(value)}
    choices={withPresent(steps, value).map((step) => ({
      value: String(step),
      label: toText(step)
    }))}
    onChange={(chosen) => onChange(Number(chosen))}
  />
)

const Watching = () => {
  const settings = useApp((state) => state.settings)
  const received = useApp((state) => state.health.notifications)
  const updateSettings = useApp((state) => state.updateSettings)
  const text = words.settings
  return (
    <Section title={text.watching}>
      <Row label={text.notifications} hint={text.notificationsHint[received]}>
        <FilterChips
          label={text.notifications}
          value={settings.notifications}
          choices={(['all', 'failures', 'off'] as const).map((value) => ({
            value,
            label: text.notificationChoices[value]
          }))}
          onChange={(notifications) => void updateSettings({ notifications })}
        />
      </Row>
      <Row label={text.interval} hint={text.intervalHint}>
        <Steps
          label={text.interval}
          steps={[30, 60, 120, 300, 600]}
          value={settings.watchIntervalSeconds}
          toText={secondsText}
          onChange={(watchIntervalSeconds) => void updateSettings({ watchIntervalSeconds })}
        />
      </Row>
    </Section>
  )
}

const Deleting = () => {
  const holdSeconds = useApp((state) => state.settings.holdSeconds)
  const updateSettings = useApp((state) => state.updateSettings)
  const text = words.settings
  return (
    <Section title={text.deleting}>
      <Row label={text.hold} hint={holdSeconds === 0 ? text.holdOffHint : text.holdHint}>
        <Steps
          label={text.hold}
          steps={[0, 5, 10, 15, 20, 30, 45, 60]}
          value={holdSeconds}
          toText={holdText}
          onChange={(seconds) => void updateSettings({ holdSeconds: seconds })}
        />
      </Row>
    </Section>
  )
}

/** What the person tells others who check receipts of theirs; nothing until it was looked up. */
const ReceiptKey = () => {
  const key = useApp((state) => state.receiptKey)
  const loadReceiptKey = useApp((state) => state.loadReceiptKey)
  useEffect(() => void loadReceiptKey(), [loadReceiptKey])
  const { receipts, common } = words
  if (key.kind !== 'ready') return null
  return (
    <Row
      label={receipts.fingerprint}
      hint={key.value === null ? receipts.noFingerprint : receipts.fingerprintHint}
    >
      {key.value !== null && (
        <>
          <code>{key.value}</code>
          <CopyButton
            text={key.value}
            label={receipts.copyFingerprint}
            copiedLabel={common.copied}
          />
        </>
      )}
    </Row>
  )
}

const Receipts = () => {
  const verifyReceipt = useApp((state) => state.verifyReceipt)
  const isVerifying = useApp((state) => state.isVerifying)
  return (
    <Section title={words.settings.receipts}>
      <p className={classes['dim']}>{words.settings.receiptsText}</p>
      <ReceiptKey />
      <Button loading={isVerifying} onClick={() => void verifyReceipt()}>
        {words.receipts.verify}
      </Button>
    </Section>
  )
}

const Files = () => {
  const settings = useApp((state) => state.settings)
  const updateSettings = useApp((state) => state.updateSettings)
  const chooseExportFolder = useApp((state) => state.chooseExportFolder)
  const text = words.settings
  return (
    <Section title={text.storage}>
      <Row label={text.thumbnails} hint={text.thumbnailsHint}>
        <Steps
          label={text.thumbnails}
          steps={[50, 100, 200, 500, 1000, 2000, 5000]}
          value={settings.thumbnailCapMegabytes}
          toText={megabytesText}
          onChange={(thumbnailCapMegabytes) => void updateSettings({ thumbnailCapMegabytes })}
        />
      </Row>
      <Row label={text.exportFolder} hint={settings.exportFolder ?? text.exportFolderNone}>
        {settings.exportFolder !== null && (
          <Button onClick={() => void updateSettings({ exportFolder: null })}>
            {text.exportFolderClear}
          </Button>
        )}
        <Button onClick={() => void chooseExportFolder()}>{text.exportFolderChoose}</Button>
      </Row>
    </Section>
  )
}

const History = () => (
  <Section title={words.settings.history}>
    <Row label={words.settings.clearConfirm} hint={words.settings.clearHistoryHint}>
      <ClearHistory />
    </Row>
  </Section>
)

const noProviders: readonly ProviderId[] = []

const useProviders = (): readonly ProviderId[] =>
  useApp((state) => (state.boot.kind === 'ready' ? state.boot.value.providers : noProviders))

const Help = () => {
  const providers = useProviders()
  const saveDiagnostics = useApp((state) => state.saveDiagnostics)
  const openLink = useApp((state) => state.openLink)
  const text = words.settings
  return (
    <Section title={text.help}>
      <p className={classes['dim']}>{text.diagnosticsText}</p>
      <div className={classes['row']}>
        <Button onClick={() => void saveDiagnostics()}>{text.diagnostics}</Button>
        {providers.map((provider) => (
          <Button key={provider} onClick={() => void openLink(statusLink(provider))}>
            {text.statusOf(providerName(provider))}
          </Button>
        ))}
      </div>
    </Section>
  )
}

const Stored = () => {
  const revealData = useApp((state) => state.revealData)
  return (
    <Section title={words.settings.where}>
      <dl className={classes['where']}>
        {words.settings.whereRows.map(([what, where]) => (
          <div key={what} className={classes['whereRow']}>
            <dt>{what}</dt>
            <dd>{where}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={() => void revealData()}>{words.settings.reveal}</Button>
    </Section>
  )
}

const Sample = () => {
  const hasSample = useApp((state) => state.accounts.some((account) => account.isSample))
  const exploreSample = useApp((state) => state.exploreSample)
  const isStartingSample = useApp((state) => state.isStartingSample)
  return (
    <Section title={words.settings.sample}>
      <p className={classes['dim']}>{words.settings.sampleText}</p>
      {!hasSample && (
        <Button loading={isStartingSample} onClick={() => void exploreSample()}>
          {words.settings.sampleStart}
        </Button>
      )}
    </Section>
  )
}

const About = () => {
  const providers = useProviders()
  const version = useApp((state) => (state.boot.kind === 'ready' ? state.boot.value.version : ''))
  const openLink = useApp((state) => state.openLink)
  const openOverlay = useApp((state) => state.openOverlay)
  return (
    <Section title={words.settings.about}>
      <p>
        {words.appName} {version}
      </p>
      <div className={classes['row']}>
        {providers.map((provider) => (
          <Button key={provider} onClick={() => void openLink(aboutLink(provider))}>
            {providerWords[provider].about}
          </Button>
        ))}
        <Button onClick={() => openOverlay('shortcuts')}>{words.settings.shortcuts}</Button>
      </div>
    </Section>
  )
}

export const SettingsScreen = () => (
  <Page title={words.settings.title}>
    <div className={classes['body']}>
      <Appearance />
      <Watching />
      <Deleting />
      <Receipts />
      <Files />
      <History />
      <Stored />
      <Sample />
      <Help />
      <About />
    </div>
  </Page>
)
