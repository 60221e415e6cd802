import IconButton from '@mui/material/IconButton'
import ListItemText from '@mui/material/ListItemText'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import Tooltip from '@mui/material/Tooltip'
import { useId, useState, type ReactNode } from 'react'

interface ChoiceMenuProps<V extends string> {
  readonly label: string
  readonly icon: ReactNode
  readonly value: V
  readonly options: readonly { readonly value: V; readonly name: string; readonly lang?: string }[]
  readonly onChoose: (value: V) => void
}

/** A button of the top bar that opens a menu of which one thing is chosen. */
export function ChoiceMenu<V extends string>({ label, icon, value, options, onChoose }: ChoiceMenuProps<V>) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const menu = useId()
  const close = () => {
    setAnchor(null)
  }
  return (
    <>
      <Tooltip title={label}>
        <IconButton
          aria-label={label}
          aria-haspopup="menu"
          aria-expanded={anchor !== null}
          aria-controls={anchor === null ? undefined : menu}
          onClick={(event) => {
            setAnchor(event.currentTarget)
          }}
        >
          {icon}
        </IconButton>
      </Tooltip>
      <Menu
        id={menu}
        anchorEl={anchor}
        open={anchor !== null}
        onClose={close}
        slotProps={{ list: { 'aria-label': label } }}
      >
        {options.map((option) => (
          <MenuItem
            key={option.value}
            role="menuitemradio"
            aria-checked={option.value === value}
            selected={option.value === value}
            lang={option.lang}
            onClick={() => {
              close()
              onChoose(option.value)
            }}
          >
            <ListItemText>{option.name}</ListItemText>
          </MenuItem>
        ))}
      </Menu>
    </>
  )
}
