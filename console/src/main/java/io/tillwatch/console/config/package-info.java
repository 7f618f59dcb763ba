/** What the console is told. */
package io.tillwatch.console.config;
