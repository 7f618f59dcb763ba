/** What people see, decide and keep: approvals, cases, switches, budgets. Nothing here knows of HTTP. */
package io.tillwatch.responder.people;
