/**
 * Puts text on the clipboard. The asynchronous clipboard asks for a permission, and the window gets none (security E4);
 * the old command only needs the person's click.
 */
export const copyText = (text: string): boolean => {
  const before = document.activeElement
  const area = document.createElement('textarea')
  area.value = text
  area.setAttribute('aria-hidden', 'true')
  area.style.position = 'fixed'
  area.style.opacity = '0'
  // Inside the same dialog, or its focus trap takes the focus back before the copy.
  const place = before?.closest('[role="dialog"]') ?? document.body
  place.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  return isCopied
}
