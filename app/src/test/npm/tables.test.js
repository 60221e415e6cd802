// What a front end does with postgrest-js, done to a running service, with two majors of the library.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, test } from 'node:test'
import * as older from 'postgrest-js-1'
import * as current from 'postgrest-js-2'

const address = process.env.UNLOST_URL ?? 'http://localhost:8080'

async function token(sub, factoryId) {
  const answer = await fetch(`${address}/dev/token`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ sub, nickname: sub, email: `${sub}@example.com`, factoryId }),
  })
  return (await answer.json()).access_token
}

for (const [major, { PostgrestClient }] of Object.entries({ 1: older, 2: current })) {
  describe(`postgrest-js ${major}`, () => {
    let ann
    let bob

    const client = async (sub, factory) =>
      new PostgrestClient(`${address}/rest/v1`, {
        headers: { Authorization: `Bearer ${await token(sub, factory)}`, apikey: 'of no use here' },
        schema: 'public',
      })

    beforeEach(async () => {
      const factory = `npm-${randomUUID()}`
      ann = await client('ann', factory)
      bob = await client('bob', factory)
    })

    const created = async (row = { name: 'Acme', phone: '+1' }) => {
      const { data, error, status } = await ann.from('customers').insert(row).select().single()
      assert.equal(error, null)
      assert.equal(status, 201)
      return data
    }

    const three = async () => {
      const { error, status } = await ann.from('customers').insert([
        { name: 'Acme', tags: ['vip'], address: { city: 'Berlin', country: 'DE' } },
        { name: 'Beta', phone: '+2', tags: ['vip', 'new, shiny'] },
        { name: 'Ceta', address: { city: 'Bern', country: 'CH' } },
      ])
      assert.equal(error, null)
      assert.equal(status, 201)
    }

    const names = async (query) => {
      const { data, error } = await query
      assert.equal(error, null)
      return data.map((row) => row.name)
    }

    test('inserts and reads', async () => {
      const row = await created()
      assert.equal(row.version, 1)
      assert.equal(row.created_by, 'ann')
      const { data, error, status } = await bob.from('customers').select('id, name, version').eq('id', row.id).single()
      assert.equal(error, null)
      assert.equal(status, 200)
      assert.deepEqual(data, { id: row.id, name: 'Acme', version: 1 })
    })

    test('inserts without asking for the row', async () => {
      const { data, error, status } = await ann.from('customers').insert({ name: 'Acme' })
      assert.deepEqual([data, error, status], [null, null, 201])
    })

    test('filters', async () => {
      await three()
      const all = () => ann.from('customers').select('name').order('name')
      assert.deepEqual(await names(all()), ['Acme', 'Beta', 'Ceta'])
      assert.deepEqual(await names(all().eq('name', 'Beta')), ['Beta'])
      assert.deepEqual(await names(all().neq('name', 'Beta')), ['Acme', 'Ceta'])
      assert.deepEqual(await names(all().gt('name', 'acme').lte('name', 'beta')), ['Beta'])
      assert.deepEqual(await names(all().gte('version', 1).lt('version', 2)), ['Acme', 'Beta', 'Ceta'])
      assert.deepEqual(await names(all().like('name', '%eta')), ['Beta', 'Ceta'])
      assert.deepEqual(await names(all().ilike('name', 'AC%')), ['Acme'])
      assert.deepEqual(await names(all().is('phone', null)), ['Acme', 'Ceta'])
      assert.deepEqual(await names(all().not('phone', 'is', null)), ['Beta'])
      assert.deepEqual(await names(all().in('name', ['Acme', 'a, b', 'Ceta'])), ['Acme', 'Ceta'])
      assert.deepEqual(await names(all().contains('tags', ['vip'])), ['Acme', 'Beta'])
      assert.deepEqual(await names(all().or('name.eq.Acme,and(phone.eq.+2,tags.cs.{vip})')), ['Acme', 'Beta'])
      assert.deepEqual(await names(all().match({ name: 'Acme', version: 1 })), ['Acme'])
      assert.deepEqual(await names(all().eq('address->>city', 'Bern')), ['Ceta'])
      assert.deepEqual(await names(all().filter('address->>country', 'in', '("DE","CH")')), ['Acme', 'Ceta'])
    })

    test('selects, renames and orders', async () => {
      await three()
      const { data, error } = await ann
        .from('customers')
        .select('label:name, city:address->>city')
        .order('address->>city', { ascending: false, nullsFirst: true })
      assert.equal(error, null)
      assert.deepEqual(data, [
        { label: 'Beta', city: null },
        { label: 'Ceta', city: 'Bern' },
        { label: 'Acme', city: 'Berlin' },
      ])
    })

    test('pages and counts', async () => {
      await three()
      const page = await ann.from('customers').select('name', { count: 'exact' }).order('name').range(1, 1)
      assert.equal(page.error, null)
      assert.deepEqual([page.data, page.count, page.status], [[{ name: 'Beta' }], 3, 206])
      const head = await ann.from('customers').select('*', { count: 'exact', head: true })
      assert.deepEqual([head.error, head.data, head.count], [null, null, 3])
      const planned = await ann.from('customers').select('*', { count: 'planned', head: true })
      assert.equal(planned.error, null)
      assert.equal(planned.count, 3)
      const estimated = await ann.from('customers').select('*', { count: 'estimated', head: true })
      assert.equal(estimated.count, 3)
      assert.deepEqual(await names(ann.from('customers').select().order('name').limit(2)), ['Acme', 'Beta'])
      const beyond = await ann.from('customers').select('*', { count: 'exact' }).range(9, 10)
      assert.deepEqual([beyond.status, beyond.error.code], [416, 'PGRST103'])
    })

    test('one row, none, or several', async () => {
      await three()
      const none = await ann.from('customers').select().eq('name', 'nobody').maybeSingle()
      assert.deepEqual([none.data, none.error], [null, null])
      const noneSingle = await ann.from('customers').select().eq('name', 'nobody').single()
      assert.deepEqual([noneSingle.status, noneSingle.error.code], [406, 'PGRST116'])
      const several = await ann.from('customers').select().single()
      assert.deepEqual([several.status, several.error.code], [406, 'PGRST116'])
      const one = await ann.from('customers').select('name').eq('name', 'Acme').maybeSingle()
      assert.deepEqual(one.data, { name: 'Acme' })
    })

    test('updates on the version that was read', async () => {
      const row = await created()
      const { data, error, status } = await bob
        .from('customers')
        .update({ phone: '+2' })
        .eq('id', row.id)
        .eq('version', row.version)
        .select()
        .single()
      assert.equal(error, null)
      assert.equal(status, 200)
      assert.deepEqual([data.version, data.phone, data.updated_by], [2, '+2', 'bob'])
      const plain = await ann.from('customers').update({ phone: '+3' }, { count: 'exact' }).match({ id: row.id, version: 2 })
      assert.deepEqual([plain.error, plain.status, plain.count], [null, 204, 1])
    })

    const forms = {
      plain: (query) => query,
      select: (query) => query.select(),
      single: (query) => query.select().single(),
      maybeSingle: (query) => query.select().maybeSingle(),
    }

    for (const [form, as] of Object.entries(forms)) {
      test(`a stale update is an error: ${form}`, async () => {
        const row = await created()
        await ann.from('customers').update({ phone: '+2' }).eq('id', row.id).eq('version', 1).throwOnError()
        const mine = await as(bob.from('customers').update({ phone: '+3' }).eq('id', row.id).eq('version', row.version))
        assert.equal(mine.status, 409)
        assert.equal(mine.data, null)
        assert.equal(mine.error.code, 'OPTIMISTIC_LOCK_CONFLICT')
        assert.match(mine.error.message, /was changed by ann since version 1; it is now at version 2/)
        assert.ok(mine.error.hint)
        assert.equal(mine.error.conflict.actualVersion, 2)
        assert.equal(mine.error.conflict.current.phone, '+2')

        const again = await as(
          bob.from('customers').update({ phone: '+3' }).eq('id', row.id).eq('version', mine.error.conflict.actualVersion),
        )
        assert.equal(again.error, null)
        assert.ok(again.status === 200 || again.status === 204)
        const now = await ann.from('customers').select('phone, version').eq('id', row.id).single()
        assert.deepEqual(now.data, { phone: '+3', version: 3 })
      })

      test(`a stale delete is an error: ${form}`, async () => {
        const row = await created()
        await ann.from('customers').update({ phone: '+2' }).eq('id', row.id).eq('version', 1).throwOnError()
        const refused = await as(bob.from('customers').delete().eq('id', row.id).eq('version', 1))
        assert.deepEqual([refused.status, refused.error?.code], [409, 'OPTIMISTIC_LOCK_CONFLICT'])
        const deleted = await as(bob.from('customers').delete().eq('id', row.id).eq('version', 2))
        assert.equal(deleted.error, null)
        const { count } = await ann.from('customers').select('*', { count: 'exact', head: true })
        assert.equal(count, 0)
      })

      test(`an update of what is not there is an error: ${form}`, async () => {
        const absent = await as(ann.from('customers').update({ phone: '+3' }).eq('id', randomUUID()).eq('version', 1))
        assert.deepEqual([absent.status, absent.error?.code, absent.data], [404, 'not-found', null])
      })

      test(`an update of whatever is there is an error: ${form}`, async () => {
        const row = await created()
        const unversioned = await as(ann.from('customers').update({ phone: '+3' }).eq('id', row.id))
        assert.deepEqual([unversioned.status, unversioned.error?.code], [428, 'precondition-required'])
        const all = await as(ann.from('customers').update({ phone: '+3' }).eq('version', 1))
        assert.deepEqual([all.status, all.error?.code], [428, 'precondition-required'])
      })
    }

    test('a stale update throws where errors are thrown', async () => {
      const row = await created()
      await ann.from('customers').update({ phone: '+2' }).eq('id', row.id).eq('version', 1).throwOnError()
      await assert.rejects(
        async () => await bob.from('customers').update({ phone: '+3' }).eq('id', row.id).eq('version', 1).throwOnError(),
        { code: 'OPTIMISTIC_LOCK_CONFLICT' },
      )
    })

    test('a dry run leaves nothing', async () => {
      const row = await created()
      const { data, error } = await ann
        .from('customers')
        .update({ phone: '+2' })
        .eq('id', row.id)
        .eq('version', 1)
        .select()
        .rollback()
        .single()
      assert.equal(error, null)
      assert.deepEqual([data.version, data.phone], [2, '+2'])
      const now = await bob.from('customers').select('version').eq('id', row.id).single()
      assert.equal(now.data.version, 1)
    })

    test('no more rows than wished are touched', async () => {
      const row = await created()
      const within = await ann.from('customers').update({ phone: '+2' }).match({ id: row.id, version: 1 }).maxAffected(1)
      assert.equal(within.error, null)
      const beyond = await ann.from('customers').delete().match({ id: row.id, version: 2 }).maxAffected(0)
      assert.deepEqual([beyond.status, beyond.error.code], [400, 'PGRST124'])
    })

    test('what is not supported says so', async () => {
      const refused = [
        ['0A000', ann.from('customers').upsert({ name: 'Acme' })],
        ['0A000', ann.from('customers').select().textSearch('name', 'acme')],
        ['0A000', ann.from('customers').select().overlaps('tags', ['a'])],
        ['0A000', ann.from('customers').select('name::text')],
        ['PGRST200', ann.from('customers').select('name, orders(id)')],
        ['42703', ann.from('customers').select('nome')],
        ['PGRST204', ann.from('customers').insert({ nome: 'Acme' })],
        ['0A000', ann.from('customers').update({ phone: '+2' }).eq('name', 'Acme')],
      ]
      for (const [code, query] of refused) {
        const { error, status, data } = await query
        assert.deepEqual([status, error?.code, data], [400, code, null])
      }
      const csv = await ann.from('customers').select().csv()
      assert.deepEqual([csv.status, csv.error.code], [406, 'PGRST107'])
      const unknown = await ann.from('suppliers').select()
      assert.deepEqual([unknown.status, unknown.error.code], [404, 'PGRST205'])
      const invalid = await ann.from('customers').insert({ name: '' })
      assert.deepEqual([invalid.status, invalid.error.code], [422, 'validation-failed'])
    })

    test('elements of a catalog are rows with data', async () => {
      const catalog = await ann.from('catalogs').insert({ codename: 'cities', name: { en: 'Cities' } }).select().single()
      assert.equal(catalog.error, null)
      const attribute = await ann
        .from('attributes')
        .insert({ catalog_id: catalog.data.id, codename: 'mayor', name: { en: 'Mayor' }, type: 'STRING', searchable: true })
      assert.equal(attribute.error, null)
      const element = await ann
        .from('elements')
        .insert({ catalog_id: catalog.data.id, data: { mayor: 'Ann' } })
        .select('id, version, metahub_id, mayor:data->>mayor')
        .single()
      assert.equal(element.error, null)
      assert.deepEqual([element.data.version, element.data.metahub_id, element.data.mayor], [1, 'main', 'Ann'])
      const found = await bob.from('elements').select('id').eq('data->>mayor', 'Ann').eq('catalog_id', catalog.data.id)
      assert.deepEqual(found.data, [{ id: element.data.id }])
      const changed = await bob
        .from('elements')
        .update({ data: { mayor: 'Bob' } })
        .eq('id', element.data.id)
        .eq('version', 1)
      assert.equal(changed.error, null)
      const stale = await ann
        .from('elements')
        .update({ data: { mayor: 'Eve' } })
        .eq('id', element.data.id)
        .eq('version', 1)
        .select()
        .maybeSingle()
      assert.deepEqual([stale.status, stale.error.code], [409, 'OPTIMISTIC_LOCK_CONFLICT'])
    })

    test('several rows are inserted all or none', async () => {
      const refused = await ann.from('customers').insert([{ name: 'One' }, { name: '' }])
      assert.equal(refused.status, 422)
      const ten = Array.from({ length: 10 }, (_, i) => ({ name: `N${i}` }))
      const asOne = await ann.from('customers').insert(ten).select().maybeSingle()
      if (major === '1') {
        assert.deepEqual([asOne.status, asOne.error.code], [406, 'PGRST116'])
      }
      const { count } = await ann.from('customers').select('*', { count: 'exact', head: true })
      assert.equal(count, major === '1' ? 0 : 10)
    })
  })
}
