/** Questions in SQL over the topics, and the management report: a program of its own beside the launcher. */
package io.tillwatch.query;
