import Avatar from '@mui/material/Avatar'
import Box from '@mui/material/Box'
import Divider from '@mui/material/Divider'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import Tooltip from '@mui/material/Tooltip'
import Typography from '@mui/material/Typography'
import { nameOf } from '@unlost/react'
import { useState } from 'react'
import { initialOf } from './initialOf.js'
import { useSignIn } from '../sign-in/useSignIn.js'
import { useText } from '../texts/useText.js'

/** Who is signed in, where, and how to leave. */
export function AccountMenu() {
  const text = useText()
  const { signIn, identity } = useSignIn()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const name = nameOf(identity.sub, { ...identity, id: identity.sub }) ?? identity.sub
  const label = text('layout.account', { name, factory: identity.factory })
  return (
    <>
      <Tooltip title={label}>
        <IconButton
          aria-label={label}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          onClick={(event) => {
            setAnchor(event.currentTarget)
          }}
        >
          <Avatar
            sx={{
              width: 28,
              height: 28,
              fontSize: 14,
              bgcolor: 'primary.main',
              color: 'primary.contrastText',
            }}
          >
            {initialOf(name)}
          </Avatar>
        </IconButton>
      </Tooltip>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => {
          setAnchor(null)
        }}
      >
        <Box component="li" role="none" sx={{ px: 2, py: 1, maxWidth: 320 }}>
          <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{name}</Typography>
          {identity.email !== null && (
            <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
              {identity.email}
            </Typography>
          )}
          <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {text('layout.factory', { factory: identity.factory })}
          </Typography>
        </Box>
        <Divider component="li" role="none" />
        <MenuItem onClick={() => void signIn.signOut()}>{text('layout.signOut')}</MenuItem>
      </Menu>
    </>
  )
}
