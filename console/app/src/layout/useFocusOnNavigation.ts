import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** Moves the focus to the page's main part when another page is shown, so that screen readers begin there. */
export function useFocusOnNavigation() {
  const main = useRef<HTMLDivElement>(null)
  const { pathname } = useLocation()
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    main.current?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [pathname])
  return main
}
