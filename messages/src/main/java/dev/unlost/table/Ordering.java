package dev.unlost.table;

/**
 * What rows are ordered by.
 *
 * @param nullsFirst whether rows without a value come before all others
 */
public record Ordering(Operand operand, boolean descending, boolean nullsFirst) {}
