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
      <Snackbar
        key={notice?.number}
        open={isOpen}
        autoHideDuration={STAYS}
        message={notice?.message}
        onClose={(_, reason) => {
          if (reason !== 'clickaway') setOpen(false)
        }}
        anchorOrigin={{ vertical: 'top', horizontal: 'center' }}
        sx={{ mt: 7 }}
        slotProps={{ content: { role: 'status' } }}
      />
    </NoticesContext>
  )
}
