import type { Json } from '@unlost/client'
import { createContext } from 'react'

/** What the fields of the form around show, for a field that depends on another one. */
export const FormValues = createContext<(field: string) => Json>(() => null)
