import { t } from '../../../shared/messages/messages.ts'
import { useApp } from '../../state/use-app.ts'
import { FilterChips } from '../../ui/filter-chips.tsx'
import { Row, Section } from './section.tsx'

const whenClosed = ['promised', 'always', 'quit'] as const

/** Whether the app goes on without its window. On a Mac closing a window never ends an app. */
export const Background = () => {
  const settings = useApp((state) => state.settings)
  const isMac = useApp(({ boot }) => boot.kind === 'ready' && boot.value.platform === 'mac')
  const updateSettings = useApp((state) => state.updateSettings)
  return (
    <Section title={t('settings.background')}>
      {!isMac && (
        <Row
          label={t('settings.whenClosed')}
          hint={t(`settings.whenClosedHints.${settings.whenClosed}`)}
        >
          <FilterChips
            label={t('settings.whenClosed')}
            value={settings.whenClosed}
            choices={whenClosed.map((value) => ({
              value,
              label: t(`settings.whenClosedChoices.${value}`)
            }))}
            onChange={(choice) => void updateSettings({ whenClosed: choice })}
          />
        </Row>
      )}
      <Row label={t('settings.startsAtLogin')} hint={t('settings.startsAtLoginHint')}>
        <FilterChips
          label={t('settings.startsAtLogin')}
          value={settings.startsAtLogin ? 'on' : 'off'}
          choices={[
            { value: 'off', label: t('settings.off') },
            { value: 'on', label: t('settings.on') }
          ]}
          onChange={(value) => void updateSettings({ startsAtLogin: value === 'on' })}
        />
      </Row>
    </Section>
  )
}
