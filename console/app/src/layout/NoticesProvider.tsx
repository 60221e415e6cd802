import Snackbar from '@mui/material/Snackbar'
import { useCallback, useState, type ReactNode } from 'react'
import { NoticesContext } from './useNotices.js'

/** How long a notice stays, in milliseconds. */
const STAYS = 5_000

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notice, setNotice] = useState<{ message: string; number: number } | null>(null)
  const [isOpen, setOpen] = useState(false)
  const notify = useCallback((message: string) => {
    setNotice((before) => ({ message, number: (before?.number ?? 0) + 1 }))
    setOpen(true)
  }, [])
  return (
    <NoticesContext value={notify}>
      {children}
      {/* there from the beginning, as screen readers say only what comes into what they know */}
      <div role="status">
        <Snackbar
          key={notice?.number}
          open={isOpen}
          autoHideDuration={STAYS}
          message={notice?.message}
          onClose={(_, reason) => {
            if (reason !== 'clickaway') setOpen(false)
          }}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
          sx={{ mb: { xs: 17, sm: 10 } }}
          slotProps={{ content: { role: 'none' } }}
        />
      </div>
    </NoticesContext>
  )
}
