import type { Agenda } from '../../shared/domain/agenda.ts'
import type { Bridge } from '../../shared/ipc/bridge.ts'
import type { Slice } from './app-state.ts'
import { type AsyncData, askedAgain, fromResult, idle } from './async-data.ts'

export interface AgendaSlice {
  /** What will happen on its own; `idle` until a screen that shows it asks. */
  readonly agenda: AsyncData<Agenda>
  readonly loadAgenda: () => Promise<void>
  readonly noteAgenda: (agenda: Agenda) => void
  readonly turnAgenda: (turn: 'pause' | 'resume') => Promise<void>
}

export const createAgendaSlice =
  (bridge: Bridge): Slice<AgendaSlice> =>
  (set, get) => ({
    agenda: idle,
    loadAgenda: async () => {
      set({ agenda: askedAgain(get().agenda) })
      set({ agenda: fromResult(await bridge.agendaList({})) })
    },
    noteAgenda: (agenda) => {
      if (get().agenda.kind !== 'idle') set({ agenda: { kind: 'ready', value: agenda } })
    },
    turnAgenda: async (turn) => {
      const answer = await (turn === 'pause' ? bridge.agendaPause({}) : bridge.agendaResume({}))
      if (answer.ok) get().noteAgenda(answer.value)
      else get().tellFailure(turn, answer.error)
    }
  })
