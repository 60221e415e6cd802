import CategoryIcon from '@mui/icons-material/CategoryOutlined'
import PeopleIcon from '@mui/icons-material/PeopleAltOutlined'
import type { ComponentType } from 'react'
import type { SvgIconProps } from '@mui/material/SvgIcon'
import type { TextKey } from '../texts/useText.js'

interface Section {
  readonly path: string
  readonly name: TextKey
  readonly Icon: ComponentType<SvgIconProps>
}

export const sections: readonly Section[] = [
  { path: '/customers', name: 'layout.customers', Icon: PeopleIcon },
  { path: '/metahub', name: 'layout.metahub', Icon: CategoryIcon },
]
