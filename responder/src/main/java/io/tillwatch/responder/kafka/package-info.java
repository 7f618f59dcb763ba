/** Where commands come from, and where it is told what became of them. */
package io.tillwatch.responder.kafka;
