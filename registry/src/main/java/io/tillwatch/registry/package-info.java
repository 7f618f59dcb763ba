/**
 * Schemas by the ids of a registry that speaks Confluent's REST API, as Apicurio's does too; and the one place that says
 * in which wire formats topics are read and written.
 */
package io.tillwatch.registry;
