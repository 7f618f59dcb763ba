/**
 * The journal: what was asked of us, how far it got, and what must still be told, in PostgreSQL. Everything that must
 * survive a crash is here, and each change of it is one transaction. Times are the database's: no decision rests on the
 * clock of an instance.
 */
package io.tillwatch.responder.journal;
