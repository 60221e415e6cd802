package dev.unlost.app.architecture.bad.customer.query;

import dev.unlost.app.architecture.bad.customer.command.SomeRule;

/** A query side that asks the command side. */
public record WritingQuerySide(SomeRule rule) {}
