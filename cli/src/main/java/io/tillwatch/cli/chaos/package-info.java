/**
 * The proof of what the responder promises (R1 to R8): it is killed at every moment there is, against acquirers that go wrong in every way
 * there is, and what comes of it is held against the acquirers' own ledger. What is here knows the records, the tables and
 * the acquirer's protocol, and none of the responder's classes.
 */
package io.tillwatch.cli.chaos;
