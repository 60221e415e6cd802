package dev.unlost.app.architecture.bad.customer.command;

import org.springframework.http.HttpStatus;

/** A command side that knows HTTP. */
record AnsweringCommandSide(HttpStatus status) {}
