package dev.unlost.app.architecture.bad.customer.http;

import dev.unlost.app.architecture.bad.customer.command.SomeRule;

/** An edge that goes past the messages. */
record ShortCut(SomeRule rule) {}
