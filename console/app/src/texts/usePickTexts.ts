import { useText } from './useText.js'

/** What a field says of itself from which something is picked. */
export function usePickTexts() {
  const text = useText()
  return {
    noOptionsText: text('editors.noOption'),
    loadingText: text('layout.loading'),
    openText: text('editors.open'),
    closeText: text('editors.close'),
    clearText: text('editors.clear'),
  }
}
