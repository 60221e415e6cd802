import { isObject, type Customer, type CustomerFields, type Json } from '@unlost/client'
import { useMemo } from 'react'
import { TagsEditor } from '../records/editors/TagsEditor.js'
import { EmailEditor, LongTextEditor, PhoneEditor } from '../records/editors/textEditors.js'
import { TextEditor } from '../records/editors/TextEditor.js'
import type { RecordKind } from '../records/kind.js'
import { useClient } from '../service/useClient.js'
import { useFormats } from '../texts/useFormats.js'
import { useText } from '../texts/useText.js'
import { AddressEditor } from './AddressEditor.js'

/** What the pages of any record need to know of customers. */
export function useCustomerKind(): RecordKind<Customer, CustomerFields> {
  const { customers } = useClient()
  const text = useText()
  const formats = useFormats()
  return useMemo(() => {
    const showText = (value: Json) => (typeof value === 'string' ? value : '')
    const showTags = (value: Json) => (Array.isArray(value) ? formats.list(value as string[]) : '')
    const showAddress = (value: Json) => {
      if (!isObject(value)) return ''
      const { street, postalCode, city, region, country } = value as Record<string, string | null>
      return [
        street,
        [postalCode, city].filter(Boolean).join(' '),
        region,
        country && formats.country(country),
      ]
        .filter(Boolean)
        .join(', ')
    }
    return {
      records: customers,
      path: '/customers',
      listName: text('customers.title'),
      newName: text('customers.new'),
      titleOf: (customer) => customer.name,
      fields: [
        {
          name: 'name',
          label: text('customers.name'),
          Editor: TextEditor,
          show: showText,
          isRequired: true,
          isWide: true,
        },
        { name: 'contactName', label: text('customers.contactName'), Editor: TextEditor, show: showText },
        { name: 'contactTitle', label: text('customers.contactTitle'), Editor: TextEditor, show: showText },
        { name: 'email', label: text('customers.email'), Editor: EmailEditor, show: showText },
        { name: 'phone', label: text('customers.phone'), Editor: PhoneEditor, show: showText },
        {
          name: 'address',
          label: text('customers.address'),
          Editor: AddressEditor,
          show: showAddress,
          isWide: true,
        },
        { name: 'tags', label: text('customers.tags'), Editor: TagsEditor, show: showTags, isWide: true },
        {
          name: 'notes',
          label: text('customers.notes'),
          Editor: LongTextEditor,
          show: showText,
          isWide: true,
        },
      ],
    }
  }, [customers, text, formats])
}
