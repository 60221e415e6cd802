import { describe, expect, test } from 'vitest'
import { customer, edits } from './records.js'

describe('an edit', () => {
  test('shows what is there until something is typed', () => {
    const editing = edits.begin(customer(1))
    expect(edits.shown(editing, 'phone')).toBe('+1')
    expect(edits.shown(edits.type(editing, 'phone', '+2'), 'phone')).toBe('+2')
    expect(edits.shown(edits.type(editing, 'phone', null), 'phone')).toBeNull()
  })

  test('has nothing unsaved once what was there is typed again', () => {
    const editing = edits.type(edits.type(edits.begin(customer(1)), 'phone', '+2'), 'phone', '+1')
    expect(edits.isDirty(editing)).toBe(false)
  })

  test('takes over what others change where nothing was typed', () => {
    const typed = edits.type(edits.begin(customer(1)), 'phone', '+2')
    const editing = edits.arrive(typed, customer(2, { notes: 'new' }))
    expect(edits.shown(editing, 'notes')).toBe('new')
    expect(edits.shown(editing, 'phone')).toBe('+2')
  })

  test('is saved on the version that it shows, where nobody else touched what was typed', () => {
    const typed = edits.type(edits.begin(customer(1)), 'phone', '+2')
    expect(edits.arrive(typed, customer(2, { notes: 'new' })).base.version).toBe(2)
  })

  test('keeps what was typed, and the version that it was typed into, where others changed the same', () => {
    const typed = edits.type(edits.begin(customer(1)), 'phone', '+2')
    const editing = edits.arrive(typed, customer(2, { phone: '+3' }))
    expect(edits.shown(editing, 'phone')).toBe('+2')
    expect(editing.base.version).toBe(1)
    expect(edits.contested(editing)).toEqual(['phone'])
  })

  test('stays on its version while anything is contested, whatever else happens', () => {
    const typed = edits.type(edits.begin(customer(1)), 'phone', '+2')
    const contested = edits.arrive(typed, customer(2, { phone: '+3' }))
    const editing = edits.arrive(contested, customer(3, { phone: '+3', notes: 'new' }))
    expect(editing.base.version).toBe(1)
    expect(edits.shown(editing, 'notes')).toBe('new')
  })

  test('is contested no longer once others take their change back', () => {
    const typed = edits.type(edits.begin(customer(1)), 'phone', '+2')
    const contested = edits.arrive(typed, customer(2, { phone: '+3' }))
    const editing = edits.arrive(contested, customer(3))
    expect(edits.contested(editing)).toEqual([])
    expect(editing.base.version).toBe(3)
  })

  test('has nothing unsaved where others entered the same', () => {
    const typed = edits.type(edits.begin(customer(1)), 'phone', '+2')
    const editing = edits.arrive(typed, customer(2, { phone: '+2' }))
    expect(edits.isDirty(editing)).toBe(false)
    expect(editing.base.version).toBe(2)
  })

  test('drops what is not newer than what it knows', () => {
    const editing = edits.begin(customer(2))
    expect(edits.arrive(editing, customer(1, { phone: 'old' }))).toBe(editing)
    expect(edits.arrive(editing, customer(2))).toBe(editing)
  })

  test('tells what others changed until that was seen', () => {
    const editing = edits.arrive(edits.begin(customer(1)), customer(2, { phone: '+3' }))
    expect(edits.news(editing)).toEqual([{ field: 'phone', from: '+1', to: '+3' }])
    expect(edits.news(edits.see(editing))).toEqual([])
  })

  test('that was left and is taken up again is saved on the version that it began with', () => {
    const editing = edits.takeUp(customer(1), customer(3, { notes: 'new' }), { phone: '+2' })
    expect(editing.base.version).toBe(1)
    expect(edits.arrive(editing, customer(4, { notes: 'newer' })).base.version).toBe(1)
    expect(edits.news(editing)).toEqual([{ field: 'notes', from: null, to: 'new' }])
  })

  test('that was taken up again goes on from now once its input is given up', () => {
    const editing = edits.takeUp(customer(1), customer(3, { phone: '+3' }), { phone: '+2' })
    expect(edits.discard(editing).base.version).toBe(3)
    expect(edits.type(editing, 'phone', '+3').base.version).toBe(3)
  })
})
