/** What the topics hold, as tables in a file of an embedded database: read once, brought up to date at each question. */
package io.tillwatch.query.snapshot;
