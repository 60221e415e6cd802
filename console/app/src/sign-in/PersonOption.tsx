import Box from '@mui/material/Box'
import FormControlLabel from '@mui/material/FormControlLabel'
import Radio from '@mui/material/Radio'
import Typography from '@mui/material/Typography'

export function PersonOption({ value, name, about }: { value: string; name: string; about: string | null }) {
  return (
    <FormControlLabel
      value={value}
      control={<Radio size="small" />}
      label={
        <Box component="span" sx={{ display: 'block', minWidth: 0 }}>
          <Typography component="span" sx={{ display: 'block', fontWeight: 600 }}>
            {name}
          </Typography>
          {about !== null && (
            <Typography
              component="span"
              variant="body2"
              sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}
            >
              {about}
            </Typography>
          )}
        </Box>
      }
      sx={{
        m: 0,
        px: 1,
        py: 0.75,
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        '&:has(:checked)': { borderColor: 'primary.main', bgcolor: 'action.hover' },
      }}
    />
  )
}
