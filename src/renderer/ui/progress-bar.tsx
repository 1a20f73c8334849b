import classes from './progress-bar.module.css'

interface Props {
  readonly percent: number
  readonly label: string
}

export const ProgressBar = ({ percent, label }: Props) => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuenow={Math.round(percent)}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuetext={`${Math.round(percent)}%`}
    className={classes['track']}
  >
    <div className={classes['bar']} style={{ width: `${percent}%` }} />
  </div>
)
