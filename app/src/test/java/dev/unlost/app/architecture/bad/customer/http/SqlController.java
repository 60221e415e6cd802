package dev.unlost.app.architecture.bad.customer.http;

import javax.sql.DataSource;

/** An edge that knows SQL. */
record SqlController(DataSource database) {}
