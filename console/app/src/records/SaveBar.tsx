import Button from '@mui/material/Button'
import Box from '@mui/material/Box'
import CircularProgress from '@mui/material/CircularProgress'
import Paper from '@mui/material/Paper'
import Typography from '@mui/material/Typography'
import { useText } from '../texts/useText.js'
import { SaveProblem } from './SaveProblem.js'

interface SaveBarProps {
  /** How many fields have unsaved input. */
  readonly count: number
  readonly isSaving: boolean
  readonly isNew?: boolean
  readonly onDiscard: () => void
  /** Why the last save did not work. */
  readonly cause: Error | null
}

/** Stays in sight while there is something to save. */
export function SaveBar({ count, isSaving, isNew = false, onDiscard, cause }: SaveBarProps) {
  const text = useText()
  const isDirty = count > 0
  const canSave = (isDirty || isNew) && !isSaving
  return (
    <Paper
      variant="outlined"
      sx={{
        position: isDirty || isNew ? 'sticky' : 'static',
        bottom: { xs: 'calc(64px + env(safe-area-inset-bottom))', sm: 16 },
        zIndex: 2,
        mt: 2,
        px: 2,
        py: 1.25,
        borderColor: isDirty ? 'secondary.main' : 'divider',
      }}
    >
      <SaveProblem cause={cause} />
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography role="status" variant="body2" sx={{ flexGrow: 1, color: 'text.secondary' }}>
          {isDirty ? text('records.unsaved', { count }) : isNew ? '' : text('records.allSaved')}
        </Typography>
        <Button
          aria-disabled={!isDirty || isSaving}
          sx={{ visibility: isDirty ? 'visible' : 'hidden', flexShrink: 0 }}
          onClick={() => {
            if (isDirty && !isSaving) onDiscard()
          }}
        >
          {text('records.discard')}
        </Button>
        {/* never disabled, as it would lose the focus */}
        <Button
          type="submit"
          variant="contained"
          aria-disabled={!canSave}
          startIcon={isSaving ? <CircularProgress size={16} color="inherit" aria-hidden /> : undefined}
          onClick={(event) => {
            if (!canSave) event.preventDefault()
          }}
          sx={{ flexShrink: 0, '&[aria-disabled="true"]': { opacity: 0.55, cursor: 'default' } }}
        >
          {text(isNew ? 'records.create' : 'records.save')}
        </Button>
      </Box>
    </Paper>
  )
}
