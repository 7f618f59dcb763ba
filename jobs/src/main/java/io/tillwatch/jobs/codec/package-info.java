/**
 * How the rules' types are written between tasks and into state: by hand, compact, each value beginning with a version, so
 * that a later build reads what an earlier one wrote.
 */
package io.tillwatch.jobs.codec;
