import { NAMESPACE } from '@unlost/react'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { chosenLanguage, LANGUAGES, type Language } from './languages.js'

/** Begins with the texts of one language; the others are loaded when they are chosen. */
export async function startTexts(): Promise<void> {
  await i18next
    .use({ type: 'backend', init: () => undefined, read: loadTexts })
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      supportedLngs: LANGUAGES,
      fallbackLng: false, // every language has every text
      ns: ['console', NAMESPACE],
      defaultNS: 'console',
      interpolation: { escapeValue: false }, // React escapes already
      react: { useSuspense: false },
    })
  const tell = () => {
    document.documentElement.lang = i18next.language
  }
  tell()
  i18next.on('languageChanged', tell)
}

type Texts = Record<string, unknown>

function loadTexts(
  language: string,
  namespace: string,
  done: (error: Error | null, texts: Texts | null) => void,
) {
  const texts = namespace === NAMESPACE ? parts[language as Language]() : own[language as Language]()
  texts.then(
    ({ default: loaded }) => {
      done(null, loaded)
    },
    (cause: unknown) => {
      done(cause instanceof Error ? cause : new Error(String(cause)), null)
    },
  )
}

type Loaders = Record<Language, () => Promise<{ default: Texts }>>

const own: Loaders = {
  en: () => import('./locales/en.json', { with: { type: 'json' } }),
  ja: () => import('./locales/ja.json', { with: { type: 'json' } }),
  ru: () => import('./locales/ru.json', { with: { type: 'json' } }),
}

const parts: Loaders = {
  en: () => import('@unlost/react/locales/en.json', { with: { type: 'json' } }),
  ja: () => import('@unlost/react/locales/ja.json', { with: { type: 'json' } }),
  ru: () => import('@unlost/react/locales/ru.json', { with: { type: 'json' } }),
}
