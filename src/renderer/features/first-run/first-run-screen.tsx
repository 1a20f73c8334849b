import { Button } from '@mantine/core'
import { IconKey, IconSparkles } from '@tabler/icons-react'
import { useApp } from '../../state/use-app.ts'
import { words } from '../../text/words.ts'
import classes from './first-run-screen.module.css'

/** Two ways in, and nothing else. */
export const FirstRunScreen = () => {
  const openAccountForm = useApp((state) => state.openAccountForm)
  const exploreSample = useApp((state) => state.exploreSample)
  const isStartingSample = useApp((state) => state.isStartingSample)
  const openLink = useApp((state) => state.openLink)
  const { firstRun } = words
  return (
    <div className={classes['screen']}>
      <div className={classes['inner']}>
        <h1 className={classes['title']}>{firstRun.title}</h1>
        <p className={classes['lead']}>{firstRun.lead}</p>
        <div className={classes['ways']}>
          <section className={classes['way']}>
            <IconKey size={26} stroke={1.6} aria-hidden="true" className={classes['icon']} />
            <h2>{firstRun.connectTitle}</h2>
            <p>{firstRun.connectText}</p>
            <Button variant="filled" onClick={() => openAccountForm(null)}>
              {firstRun.connectButton}
            </Button>
          </section>
          <section className={classes['way']}>
            <IconSparkles size={26} stroke={1.6} aria-hidden="true" className={classes['icon']} />
            <h2>{firstRun.sampleTitle}</h2>
            <p>{firstRun.sampleText}</p>
            <Button loading={isStartingSample} onClick={() => void exploreSample()}>
              {firstRun.sampleButton}
            </Button>
          </section>
        </div>
        <button
          type="button"
          className={classes['where']}
          onClick={() => void openLink('tavus-keys')}
        >
          {firstRun.whereKey}
        </button>
      </div>
    </div>
  )
}
