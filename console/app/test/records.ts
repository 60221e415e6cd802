import { customers, type Customer } from '@unlost/client'
import { Edits } from '../src/records/editing.js'

export const edits = new Edits(customers)

export function customer(version: number, fields: Partial<Customer> = {}): Customer {
  return {
    id: '3f2c1d5e-0000-4000-8000-000000000001',
    factoryId: 'f',
    version,
    name: 'Ana Trujillo',
    contactName: null,
    contactTitle: null,
    email: null,
    phone: '+1',
    address: null,
    tags: [],
    notes: null,
    createdAt: '2026-11-22T10:15:30.123456Z',
    createdBy: 'ann',
    updatedAt: '2026-11-22T10:15:30.123456Z',
    updatedBy: 'ann',
    ...fields,
  }
}
