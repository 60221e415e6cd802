package dev.unlost.app.architecture.bad.customer.command;

/** Something of the command side. */
public record SomeRule(String name) {}
