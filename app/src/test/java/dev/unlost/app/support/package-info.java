/** What tests of the whole service stand on: databases and nodes. */
@NullMarked
package dev.unlost.app.support;

import org.jspecify.annotations.NullMarked;
