import TranslateIcon from '@mui/icons-material/Translate'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../texts/languages.js'
import { useText } from '../texts/useText.js'
import { ChoiceMenu } from './ChoiceMenu.js'

export function LanguageMenu() {
  const text = useText()
  const { i18n } = useTranslation('console')
  return (
    <ChoiceMenu
      label={text('layout.language')}
      icon={<TranslateIcon />}
      value={i18n.language as Language}
      options={LANGUAGES.map((language) => ({
        value: language,
        name: LANGUAGE_NAMES[language],
        lang: language,
      }))}
      onChoose={(language) => void chooseLanguage(language)}
    />
  )
}
