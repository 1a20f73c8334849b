import { type FirstScreen, firstScreenElement } from '../../shared/first-screen.ts'

/** What main put into the page to be drawn before anything is asked for; null: nothing is known. */
export const readFirstScreen = (): FirstScreen | null => {
  const text = document.getElementById(firstScreenElement)?.textContent ?? 'null'
  return JSON.parse(text) as FirstScreen | null
}
