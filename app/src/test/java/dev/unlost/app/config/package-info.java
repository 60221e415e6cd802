@NullMarked
package dev.unlost.app.config;

import org.jspecify.annotations.NullMarked;
