import { useApp } from '../../state/use-app.ts'
import { AddModelDialog } from './add-model-dialog.tsx'
import { CleanupDialog } from './cleanup-dialog.tsx'

/** The questions about models that can be asked from anywhere. */
export const ModelDialogs = () => {
  const adding = useApp((state) => state.addingModel)
  const cleaningUp = useApp((state) => state.cleaningUp)
  return (
    <>
      {adding !== null && <AddModelDialog adding={adding} />}
      {cleaningUp !== null && <CleanupDialog model={cleaningUp} />}
    </>
  )
}
