import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useApp } from '../../state/use-app.ts'
import { words } from '../../text/words.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { Page } from '../../ui/page.tsx'
import classes from './settings-screen.module.css'

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className={classes['section']}>
    <h2 className={classes['heading']}>{title}</h2>
    {children}
  </section>
)

const Appearance = () => {
  const settings = useApp((state) => state.settings)
  const updateSettings = useApp((state) => state.updateSettings)
  const text = words.settings
  return (
    <>
      <Section title={text.theme}>
        <FilterChips
          label={text.theme}
          value={settings.theme}
          choices={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: text.themes[value]
          }))}
          onChange={(theme) => void updateSettings({ theme })}
        />
      </Section>
      <Section title={text.view}>
        <FilterChips
          label={text.view}
          value={settings.libraryView}
          choices={(['grid', 'list'] as const).map((value) => ({
            value,
            label: text.views[value]
          }))}
          onChange={(libraryView) => void updateSettings({ libraryView })}
        />
      </Section>
    </>
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
  const version = useApp((state) => (state.boot.kind === 'ready' ? state.boot.value.version : ''))
  const openLink = useApp((state) => state.openLink)
  return (
    <Section title={words.settings.about}>
      <p>
        {words.appName} {version}
      </p>
      <div className={classes['row']}>
        <Button onClick={() => void openLink('tavus-portal')}>{words.settings.portal}</Button>
        <Button onClick={() => void openLink('tavus-status')}>{words.settings.status}</Button>
      </div>
    </Section>
  )
}

export const SettingsScreen = () => (
  <Page title={words.settings.title}>
    <div className={classes['body']}>
      <Appearance />
      <Stored />
      <Sample />
      <About />
    </div>
  </Page>
)
