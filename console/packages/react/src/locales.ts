import en from './locales/en.json' with { type: 'json' }
import ja from './locales/ja.json' with { type: 'json' }
import ru from './locales/ru.json' with { type: 'json' }

/** The namespace of i18next in which these parts look their texts up. */
export const NAMESPACE = 'unlost'

/** What to add to the resources of i18next. */
export const locales = { en: { [NAMESPACE]: en }, ja: { [NAMESPACE]: ja }, ru: { [NAMESPACE]: ru } }

/** Every text, in English. */
export const english = en
