// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest'
import { Drafts } from '../src/records/drafts.js'

const ann = { sub: 'ann', factory: 'northwind' }
const at = '2026-11-22T10:31:00.000Z'

beforeEach(() => {
  sessionStorage.clear()
})

describe('a draft', () => {
  test('is there again after a reload, with the version that it began with', () => {
    new Drafts(sessionStorage, ann).keep('/api/customers/1', { version: 7, input: { phone: '+2' }, at })
    const read = new Drafts(sessionStorage, ann).read('/api/customers/1')
    expect(read).toEqual({ version: 7, input: { phone: '+2' }, at })
  })

  test('belongs to one person, one factory and one record', () => {
    new Drafts(sessionStorage, ann).keep('/api/customers/1', { version: 7, input: { phone: '+2' }, at })
    expect(new Drafts(sessionStorage, { ...ann, sub: 'bob' }).read('/api/customers/1')).toBeNull()
    expect(new Drafts(sessionStorage, { ...ann, factory: 'other' }).read('/api/customers/1')).toBeNull()
    expect(new Drafts(sessionStorage, ann).read('/api/customers/2')).toBeNull()
  })

  test('is gone where nothing is unsaved any more', () => {
    const drafts = new Drafts(sessionStorage, ann)
    drafts.keep('/api/customers/1', { version: 7, input: { phone: '+2' }, at })
    drafts.keep('/api/customers/1', { version: 8, input: {}, at })
    expect(sessionStorage).toHaveLength(0)
  })

  test('says when something was typed last, not when it was read', () => {
    const drafts = new Drafts(sessionStorage, ann)
    drafts.keep('/api/customers/1', { version: 7, input: { phone: '+2' }, at })
    drafts.keep('/api/customers/1', { version: 7, input: { phone: '+2' }, at: '2026-11-22T11:00:00.000Z' })
    expect(drafts.read('/api/customers/1')?.at).toBe(at)
  })

  test('that cannot be read is none', () => {
    const drafts = new Drafts(sessionStorage, ann)
    drafts.keep('/api/customers/1', { version: 7, input: { phone: '+2' }, at })
    const key = sessionStorage.key(0) ?? ''
    for (const damaged of ['{', '[]', '{"version":"7","input":{},"at":""}']) {
      sessionStorage.setItem(key, damaged)
      expect(drafts.read('/api/customers/1')).toBeNull()
    }
  })
})
