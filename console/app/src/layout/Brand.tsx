import Box from '@mui/material/Box'
import Typography from '@mui/material/Typography'

export function Brand() {
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mr: { sm: 2 } }}>
      <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={28} height={28} />
      <Typography component="span" sx={{ fontWeight: 700, fontSize: '1.125rem', letterSpacing: '-0.01em' }}>
        Unlost
      </Typography>
    </Box>
  )
}
