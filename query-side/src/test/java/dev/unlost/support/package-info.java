/** What tests of several contexts need. */
@NullMarked
package dev.unlost.support;

import org.jspecify.annotations.NullMarked;
