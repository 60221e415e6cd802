package dev.unlost.app.architecture.bad.customer.command;

import dev.unlost.app.architecture.bad.customer.query.WritingQuerySide;

/** A command side that asks the query side. */
record ReadingCommandSide(WritingQuerySide querySide) {}
