/** True while keys belong to a field, a menu or a dialog. */
export const isTyping = (event: Event): boolean => {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.closest('input, textarea, select, [contenteditable], [role="menu"]') !== null
}

export const isDialogOpen = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], dialog[open]') !==
  null
