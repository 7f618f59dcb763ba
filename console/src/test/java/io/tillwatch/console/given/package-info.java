/** What tests stand on: real parts, and records as the jobs write them. */
package io.tillwatch.console.given;
