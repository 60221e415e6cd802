/** The write model of the metahub, and the rules that span its records. */
@NullMarked
package dev.unlost.metahub.command;

import org.jspecify.annotations.NullMarked;
