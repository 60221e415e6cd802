/** What every record shares: identity, versions, preconditions, refusals, and how a conflict is explained. */
@NullMarked
package dev.unlost.versioning;

import org.jspecify.annotations.NullMarked;
