package dev.unlost.app.architecture.bad.customer.http;

import java.util.logging.Logger;

/** Logs past the service's own log. */
record OtherLogging(Logger logger) {}
