export { ConflictResolutionDialog, type ConflictResolutionDialogProps } from './ConflictResolutionDialog.js'
export { locales, NAMESPACE } from './locales.js'
export { canResend, decided, mergeOf, resultOf, type Choice, type Choices, type FieldMerge } from './merge.js'
export { nameOf } from './people.js'
export { readAgain } from './readAgain.js'
export { recordKey, useLiveRecord, type LiveRecord, type LiveRecordOptions } from './useLiveRecord.js'
export {
  useOptimisticLock,
  type OptimisticLock,
  type OptimisticLockOptions,
  type PendingConflict,
  type UpdateOutcome,
} from './useOptimisticLock.js'
