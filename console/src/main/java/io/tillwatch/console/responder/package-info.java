/** The responder's API, as a person who has signed in uses it. */
package io.tillwatch.console.responder;
