/** The versions of each schema that were ever shipped, and what a new version may change. */
package io.tillwatch.schemas.history;
