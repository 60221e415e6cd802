import AutoIcon from '@mui/icons-material/BrightnessMediumOutlined'
import DarkIcon from '@mui/icons-material/DarkModeOutlined'
import LightIcon from '@mui/icons-material/LightModeOutlined'
import { useColorScheme } from '@mui/material/styles'
import { useText } from '../texts/useText.js'
import { ChoiceMenu } from './ChoiceMenu.js'

const ICONS = { system: AutoIcon, light: LightIcon, dark: DarkIcon }

export function ThemeMenu() {
  const text = useText()
  const { mode = 'system', setMode } = useColorScheme()
  const Icon = ICONS[mode]
  return (
    <ChoiceMenu
      label={text('layout.theme')}
      icon={<Icon />}
      value={mode}
      options={[
        { value: 'system', name: text('layout.themeSystem') },
        { value: 'light', name: text('layout.themeLight') },
        { value: 'dark', name: text('layout.themeDark') },
      ]}
      onChoose={setMode}
    />
  )
}
