/** The console in the browser: its pages, and what they have to know before anybody has signed in. */
@NullMarked
package dev.unlost.console.http;

import org.jspecify.annotations.NullMarked;
