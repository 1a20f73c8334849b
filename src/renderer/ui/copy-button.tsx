import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { copyText } from './copy-text.ts'
import { IconButton } from './icon-button.tsx'

interface Props {
  readonly text: string
  readonly label: string
  readonly copiedLabel: string
}

const shownMs = 1_500

export const CopyButton = ({ text, label, copiedLabel }: Props) => {
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <IconButton label={isCopied ? copiedLabel : label} onClick={() => setIsCopied(copyText(text))}>
      {isCopied ? <IconCheck size={15} /> : <IconCopy size={15} />}
    </IconButton>
  )
}
