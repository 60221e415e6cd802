import { locales, NAMESPACE } from '@unlost/react'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { chosenLanguage, LANGUAGES, type Language } from './languages.js'

/** Begins with the texts of one language; the others are loaded when they are chosen. */
export async function startTexts(): Promise<void> {
  await i18next
    .use({ type: 'backend', init: () => undefined, read })
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

const loaders: Record<Language, () => Promise<{ default: Texts }>> = {
  en: () => import('./locales/en.json', { with: { type: 'json' } }),
  ja: () => import('./locales/ja.json', { with: { type: 'json' } }),
  ru: () => import('./locales/ru.json', { with: { type: 'json' } }),
}

async function textsOf(language: Language, namespace: string): Promise<Texts> {
  if (namespace === NAMESPACE) return locales[language][NAMESPACE]
  return (await loaders[language]()).default
}

function read(language: string, namespace: string, done: (error: Error | null, texts: Texts | null) => void) {
  textsOf(language as Language, namespace).then(
    (texts) => {
      done(null, texts)
    },
    (cause: unknown) => {
      done(cause instanceof Error ? cause : new Error(String(cause)), null)
    },
  )
}
