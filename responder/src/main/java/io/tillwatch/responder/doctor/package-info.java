/** Looks whether a responder's database and acquirers are as its configuration says, before it is started. */
package io.tillwatch.responder.doctor;
