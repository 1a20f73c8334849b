import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { isLanguage, languages, languageTags } from '../../../shared/catalogue/languages.ts'
import {
  aboutLink,
  type ProviderId,
  providerName,
  statusLink
} from '../../../shared/catalogue/providers.ts'
import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { holdText, megabytesText } from '../../text/settings-words.ts'
import { secondsWords } from '../../text/time-words.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { Page } from '../../ui/page.tsx'
import { PillSelect } from '../../ui/pill-select.tsx'
import { Background } from './background-section.tsx'
import { Backup } from './backup-section.tsx'
import { ClearHistory } from './clear-history.tsx'
import { Keeping } from './keeping-section.tsx'
import { Planned } from './planned-section.tsx'
import { Row, Section } from './section.tsx'
import { SectionList } from './section-list.tsx'
import classes from './settings-screen.module.css'
import { Updates } from './updates.tsx'

const Appearance = () => {
  const settings = useApp((state) => state.settings)
  const updateSettings = useApp((state) => state.updateSettings)
  return (
    <Section title={t('settings.appearance')}>
      <Row label={t('settings.language')}>
        <PillSelect
          label={t('settings.language')}
          value={settings.language}
          choices={[
            { value: 'system', label: t('settings.languageOfSystem') },
            ...languageTags.map((value) => ({ value, label: languages[value].name }))
          ]}
          onChange={(value) =>
            void updateSettings({ language: isLanguage(value) ? value : 'system' })
          }
        />
      </Row>
      <Row label={t('settings.theme')}>
        <FilterChips
          label={t('settings.theme')}
          value={settings.theme}
          choices={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`settings.themes.${value}`)
          }))}
          onChange={(theme) => void updateSettings({ theme })}
        />
      </Row>
      <Row label={t('settings.view')}>
        <FilterChips
          label={t('settings.view')}
          value={settings.libraryView}
          choices={(['grid', 'list'] as const).map((value) => ({
            value,
            label: t(`settings.views.${value}`)
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
  return (
    <Section title={t('settings.watching')}>
      <Row label={t('settings.notifications')} hint={t(`settings.notificationsHint.${received}`)}>
        <FilterChips
          label={t('settings.notifications')}
          value={settings.notifications}
          choices={(['all', 'failures', 'off'] as const).map((value) => ({
            value,
            label: t(`settings.notificationChoices.${value}`)
          }))}
          onChange={(notifications) => void updateSettings({ notifications })}
        />
      </Row>
      <Row label={t('settings.interval')} hint={t('settings.intervalHint')}>
        <Steps
          label={t('settings.interval')}
          steps={[30, 60, 120, 300, 600]}
          value={settings.watchIntervalSeconds}
          toText={secondsWords}
          onChange={(watchIntervalSeconds) => void updateSettings({ watchIntervalSeconds })}
        />
      </Row>
    </Section>
  )
}

const Deleting = () => {
  const holdSeconds = useApp((state) => state.settings.holdSeconds)
  const updateSettings = useApp((state) => state.updateSettings)
  return (
    <Section title={t('settings.deleting')}>
      <Row
        label={t('settings.hold')}
        hint={holdSeconds === 0 ? t('settings.holdOffHint') : t('settings.holdHint')}
      >
        <Steps
          label={t('settings.hold')}
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
  if (key.kind !== 'ready') return null
  return (
    <Row
      label={t('receipts.fingerprint')}
      hint={key.value === null ? t('receipts.noFingerprint') : t('receipts.fingerprintHint')}
    >
      {key.value !== null && (
        <>
          <code>{key.value}</code>
          <CopyButton
            text={key.value}
            label={t('receipts.copyFingerprint')}
            copiedLabel={t('common.copied')}
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
    <Section title={t('settings.receipts')}>
      <p className={classes['dim']}>{t('settings.receiptsText')}</p>
      <ReceiptKey />
      <Button loading={isVerifying} onClick={() => void verifyReceipt()}>
        {t('receipts.verify')}
      </Button>
    </Section>
  )
}

const Files = () => {
  const settings = useApp((state) => state.settings)
  const updateSettings = useApp((state) => state.updateSettings)
  const chooseExportFolder = useApp((state) => state.chooseExportFolder)
  return (
    <Section title={t('settings.storage')}>
      <Row label={t('settings.thumbnails')} hint={t('settings.thumbnailsHint')}>
        <Steps
          label={t('settings.thumbnails')}
          steps={[50, 100, 200, 500, 1000, 2000, 5000]}
          value={settings.thumbnailCapMegabytes}
          toText={megabytesText}
          onChange={(thumbnailCapMegabytes) => void updateSettings({ thumbnailCapMegabytes })}
        />
      </Row>
      <Row
        label={t('settings.exportFolder')}
        hint={settings.exportFolder ?? t('settings.exportFolderNone')}
      >
        {settings.exportFolder !== null && (
          <Button onClick={() => void updateSettings({ exportFolder: null })}>
            {t('settings.exportFolderClear')}
          </Button>
        )}
        <Button onClick={() => void chooseExportFolder()}>
          {t('settings.exportFolderChoose')}
        </Button>
      </Row>
    </Section>
  )
}

const History = () => (
  <Section title={t('settings.history')}>
    <Row label={t('settings.clearConfirm')} hint={t('settings.clearHistoryHint')}>
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
  return (
    <Section title={t('settings.help')}>
      <p className={classes['dim']}>{t('settings.diagnosticsText')}</p>
      <div className={classes['row']}>
        <Button onClick={() => void saveDiagnostics()}>{t('settings.diagnostics')}</Button>
        {providers.map((provider) => (
          <Button key={provider} onClick={() => void openLink(statusLink(provider))}>
            {t('settings.statusOf', { who: providerName(provider) })}
          </Button>
        ))}
      </div>
    </Section>
  )
}

const stored = ['keys', 'library', 'links', 'thumbnails', 'sent'] as const

const Stored = () => {
  const revealData = useApp((state) => state.revealData)
  return (
    <Section title={t('settings.where')}>
      <dl className={classes['where']}>
        {stored.map((what) => (
          <div key={what} className={classes['whereRow']}>
            <dt>{t(`settings.stored.${what}.what`)}</dt>
            <dd>{t(`settings.stored.${what}.where`)}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={() => void revealData()}>{t('settings.reveal')}</Button>
    </Section>
  )
}

const Sample = () => {
  const hasSample = useApp((state) => state.accounts.some((account) => account.isSample))
  const exploreSample = useApp((state) => state.exploreSample)
  const isStartingSample = useApp((state) => state.isStartingSample)
  return (
    <Section title={t('settings.sample')}>
      <p className={classes['dim']}>{t('settings.sampleText')}</p>
      {!hasSample && (
        <Button loading={isStartingSample} onClick={() => void exploreSample()}>
          {t('settings.sampleStart')}
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
    <Section title={t('settings.about')}>
      <p>
        {t('app.name')} {version}
      </p>
      <div className={classes['row']}>
        {providers.map((provider) => (
          <Button key={provider} onClick={() => void openLink(aboutLink(provider))}>
            {t(`provider.${provider}.about`)}
          </Button>
        ))}
        <Button onClick={() => openOverlay('shortcuts')}>{t('settings.shortcuts')}</Button>
      </div>
    </Section>
  )
}

export const SettingsScreen = () => {
  const body = useRef<HTMLDivElement>(null)
  return (
    <Page title={t('settings.title')}>
      <div className={classes['columns']}>
        <SectionList body={body} />
        <div ref={body} className={classes['body']} data-scroller>
          <Appearance />
          <Watching />
          <Background />
          <Planned />
          <Deleting />
          <Receipts />
          <Files />
          <Backup />
          <Keeping />
          <History />
          <Stored />
          <Sample />
          <Updates />
          <Help />
          <About />
        </div>
      </div>
    </Page>
  )
}
